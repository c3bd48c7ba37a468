package io.rolecall.state;

import io.rolecall.detection.Question;
import io.rolecall.detection.QuestionKind;
import io.rolecall.event.DerivedFacts;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Inquiry;
import io.rolecall.schema.InquiryAnswer;

/** Questions and answers as facts on their way from one subject to another. */
public final class InquiryFacts {

    private InquiryFacts() {}

    /** Whether a fact is a question or an answer. */
    public static boolean isOne(AppEvent fact) {
        return fact.getInquiry().isPresent();
    }

    /** The question or answer in a fact that is one. */
    public static Inquiry inquiry(AppEvent fact) {
        return fact.getInquiry().orElseThrow();
    }

    /** Whether a fact that is one of the two is an answer. */
    public static boolean isAnswer(AppEvent fact) {
        return inquiry(fact).getAnswer().isPresent();
    }

    /**
     * The question of an act, at the time of the act: a fact of the subject that is asked. Where that is an application whose App ID
     * the act does not state, it names the service principal, as any fact of it would.
     *
     * @param askedBy subject of the act
     */
    public static AppEvent question(Question question, Subject askedBy, AppEvent act) {
        Subject asked = question.askedOf();
        AppEvent.Builder fact = DerivedFacts.of(act, Operations.QUESTION)
                .setEventId("question:" + question.kind().label() + ":" + act.getEventId())
                .setInquiry(Inquiry.newBuilder()
                        .setKind(question.kind().label())
                        .setAskedBy(askedBy.key())
                        .setAskedOf(asked.key())
                        .setAbout(question.about())
                        .build());
        if (asked.isUnresolved()) {
            fact.setServicePrincipalId(asked.id().substring(asked.id().indexOf('/') + 1));
        }
        return fact.build();
    }

    /** The answer to a question that was asked. */
    public static AppEvent answer(AppEvent question, InquiryAnswer answer) {
        return AppEvent.newBuilder(question)
                .setEventId("answer:" + answer.getNumber() + ":" + answer.getBy())
                .setOperation(Operations.ANSWER)
                .setInquiry(
                        Inquiry.newBuilder(inquiry(question)).setAnswer(answer).build())
                .build();
    }

    /** What a question asks, apart from who asks it and of whom. */
    static String topic(Inquiry inquiry) {
        return inquiry.getKind() + "\n" + inquiry.getAbout();
    }

    /** What a question asks of whom, as the act that asks states it. */
    static String topic(QuestionKind kind, String askedOf, String about) {
        return kind.label() + "\n" + about + "\n" + askedOf;
    }
}
