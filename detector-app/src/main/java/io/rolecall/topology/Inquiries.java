package io.rolecall.topology;

import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reply;
import io.rolecall.event.Subject;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Inquiry;
import io.rolecall.schema.InquiryAnswer;
import io.rolecall.schema.Told;
import io.rolecall.state.Counts;
import io.rolecall.state.InquiryFacts;
import io.rolecall.state.InquiryStore;
import io.rolecall.state.Retention;
import io.rolecall.state.StoredHistory;
import io.rolecall.state.SubjectStores;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Answers what other subjects ask of those of one task, and takes the answers to their own questions. An answer is a function of the
 * history of the subject that is asked; it is told when it is known, and again when it is another. Neither a question nor an answer
 * is ever late: the acts that ask were evaluated when they came.
 */
final class Inquiries {

    private final ProcessorContext<String, Routed> context;
    private final SubjectStores stores;
    private final Counts counts;
    private final Policy policy;
    private final Retention retention;
    private final boolean anybodyAsks;

    /** @param anybodyAsks whether a detection asks anything: without one nothing is read, kept or sent */
    Inquiries(
            ProcessorContext<String, Routed> context,
            SubjectStores stores,
            Counts counts,
            Policy policy,
            Retention retention,
            boolean anybodyAsks) {
        this.context = context;
        this.stores = stores;
        this.counts = counts;
        this.policy = policy;
        this.retention = retention;
        this.anybodyAsks = anybodyAsks;
    }

    /**
     * Takes a question or an answer.
     *
     * @return the question whose answer is another now
     */
    Optional<QuestionKind> take(Subject subject, AppEvent fact, long timestamp) {
        Optional<QuestionKind> kind =
                QuestionKind.ofLabel(InquiryFacts.inquiry(fact).getKind());
        if (!anybodyAsks || kind.isEmpty()) {
            return Optional.empty();
        }
        if (InquiryFacts.isAnswer(fact)) {
            InquiryStore.Received received = stores.inquiries().receive(subject, fact);
            if (received.taken()) {
                index(subject, fact);
            }
            return kind.filter(any -> received.changed());
        }
        if (stores.inquiries().ask(subject, fact)) {
            index(subject, fact);
            answer(subject, fact, timestamp);
        }
        return Optional.empty();
    }

    /** Whether anybody asks anything of a subject. */
    boolean isAsked(Subject subject) {
        return anybodyAsks && stores.inquiries().isAsked(subject);
    }

    /** Tells those who ask what has become another answer, after a fact. */
    void update(Subject subject, long timestamp) {
        if (isAsked(subject)) {
            stores.view(subject)
                    .ifPresent(history ->
                            stores.inquiries().told(subject).forEach(told -> update(history, told, timestamp)));
        }
    }

    /**
     * Takes back what was told under a subject that moves, to its App ID or to a better name: there it is answered from now on, when
     * anything is known.
     */
    void leave(Subject subject, long timestamp) {
        if (isAsked(subject)) {
            for (AppEvent told : stores.inquiries().told(subject)) {
                if (answer(told).getKnown()) {
                    tellAll(subject, told, false, List.of(), timestamp);
                }
            }
        }
    }

    private void answer(Subject subject, AppEvent question, long timestamp) {
        Optional<StoredHistory> history = stores.view(subject);
        if (history.isEmpty()) {
            return;
        }
        AppEvent told = stores.inquiries().told(subject, question);
        if (!update(history.orElseThrow(), told, timestamp) && answer(told).getKnown()) {
            tell(question, answer(told), timestamp);
        }
    }

    /** @return whether it was another answer, and everybody has been told */
    private boolean update(StoredHistory history, AppEvent told, long timestamp) {
        Inquiry inquiry = InquiryFacts.inquiry(told);
        Optional<QuestionKind> kind = QuestionKind.ofLabel(inquiry.getKind());
        if (kind.isEmpty()) {
            return false;
        }
        List<Told> now = kind.orElseThrow().answer(history, inquiry.getAbout(), policy);
        if (Reply.of(told).equals(new Reply(true, now))) {
            return false;
        }
        tellAll(history.subject(), told, true, now, timestamp);
        return true;
    }

    private void tellAll(Subject subject, AppEvent before, boolean known, List<Told> now, long timestamp) {
        InquiryAnswer answer = InquiryAnswer.newBuilder()
                .setBy(subject.key())
                .setNumber(0)
                .setKnown(known)
                .setTold(now)
                .build();
        stores.inquiries().tell(subject, InquiryFacts.answer(before, answer));
        stores.inquiries().asked(subject, before).forEach(question -> tell(question, answer, timestamp));
    }

    private void tell(AppEvent question, InquiryAnswer answer, long timestamp) {
        InquiryAnswer numbered =
                InquiryAnswer.newBuilder(answer).setNumber(nextNumber()).build();
        context.forward(new Record<>(
                InquiryFacts.inquiry(question).getAskedBy(),
                new Routed.Fact(InquiryFacts.answer(question, numbered)),
                timestamp));
    }

    /**
     * Rises with every answer of the task, whose stores have one writer. It begins with the wall clock, so that the answers of state
     * that was thrown away, which may still lie on the topic, are older than those of the state that takes its place.
     */
    private long nextNumber() {
        long last = counts.get(Counts.ANSWER_NUMBER);
        long next = last == 0 ? context.currentSystemTimeMs() : last + 1;
        counts.set(Counts.ANSWER_NUMBER, next);
        return next;
    }

    private void index(Subject subject, AppEvent fact) {
        if (retention.bounded()) {
            stores.indexHistory(subject, fact.getEventTime());
        }
    }

    private static InquiryAnswer answer(AppEvent told) {
        return InquiryFacts.inquiry(told).getAnswer().orElseThrow();
    }
}
