package io.rolecall.state;

import io.rolecall.detection.Question;
import io.rolecall.detection.Reply;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Inquiry;
import io.rolecall.schema.InquiryAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;

/**
 * Between subjects: the questions that others ask of a subject, what it last told them, and what it was told itself. One entry an
 * asker and question, however many acts ask; its time is that of the latest of them, exact to the day, until when it is kept.
 */
public final class InquiryStore {

    static final char ASKED = 'q';
    static final char RECEIVED = 'w';
    private static final char TOLD = 'v';

    /** The day of the latest event of which an evaluation has sent a question. */
    private static final char WANTED = 'o';

    private static final int HASH = 8;

    static final AvroSerde<AppEvent> FACTS = AvroSerde.stored(AppEvent.class);

    /** Of two answerers of one question, the application stands before what it was known as before its App ID was. */
    private static final Comparator<InquiryAnswer> NEWER = Comparator.<InquiryAnswer, Boolean>comparing(
                    answer -> !Subject.ofKey(answer.getBy(), "").isUnresolved())
            .thenComparing(InquiryAnswer::getNumber);

    private final EntryStore store;

    InquiryStore(EntryStore store) {
        this.store = store;
    }

    /**
     * What taking an answer did.
     *
     * @param taken whether it is the newest
     * @param changed whether it tells another thing than the one before, or the first
     */
    public record Received(boolean taken, boolean changed) {}

    /** Whether anybody asks anything of a subject. */
    public boolean isAsked(Subject subject) {
        return !store.withPrefix(prefix(subject, TOLD), 1).isEmpty();
    }

    /**
     * Takes a question.
     *
     * @return whether it is new, or of a later day than the same question before
     */
    public boolean ask(Subject subject, AppEvent question) {
        Inquiry inquiry = InquiryFacts.inquiry(question);
        byte[] key = StoreKeys.join(
                about(subject, ASKED, inquiry),
                StoreKeys.hash(Hashes.sha256(inquiry.getAskedBy(), inquiry.getAskedOf()), HASH));
        byte[] known = store.get(key);
        if (known != null && !isLaterDay(question, FACTS.fromBytes(known))) {
            return false;
        }
        store.put(key, FACTS.toBytes(question));
        byte[] told = about(subject, TOLD, inquiry);
        if (store.get(told) == null) {
            store.put(told, FACTS.toBytes(InquiryFacts.answer(question, nothing(subject))));
        }
        return true;
    }

    /**
     * Whether an evaluation's question is to be sent: it was not, or for an event of an earlier day. It has been from now on.
     *
     * @param subject who asks
     */
    public boolean isToBeAsked(Subject subject, Question question, AppEvent act) {
        byte[] key = StoreKeys.join(
                prefix(subject, WANTED),
                StoreKeys.hash(
                        Hashes.sha256(InquiryFacts.topic(
                                question.kind(), question.askedOf().key(), question.about())),
                        HASH));
        byte[] day = StoreKeys.day(act.getEventTime());
        byte[] known = store.get(key);
        if (known != null && Arrays.compareUnsigned(known, day) >= 0) {
            return false;
        }
        store.put(key, day);
        return true;
    }

    /** What a subject last told of what a question asks, which has been taken. */
    public AppEvent told(Subject subject, AppEvent question) {
        byte[] value = store.get(about(subject, TOLD, InquiryFacts.inquiry(question)));
        if (value == null) {
            throw new IllegalStateException("The question has not been taken");
        }
        return FACTS.fromBytes(value);
    }

    /** What a subject last told, one a topic that it is asked about. */
    public List<AppEvent> told(Subject subject) {
        return read(prefix(subject, TOLD));
    }

    /** Remembers what a subject tells from now on. */
    public void tell(Subject subject, AppEvent answer) {
        store.put(about(subject, TOLD, InquiryFacts.inquiry(answer)), FACTS.toBytes(answer));
    }

    /** The questions to a subject that one answer answers: one an asker. */
    public List<AppEvent> asked(Subject subject, AppEvent answer) {
        return read(about(subject, ASKED, InquiryFacts.inquiry(answer)));
    }

    /** Takes an answer to a subject's question. A copy, or an answer that came before the one that is known, changes nothing. */
    public Received receive(Subject subject, AppEvent answer) {
        Inquiry inquiry = InquiryFacts.inquiry(answer);
        byte[] key = received(subject, InquiryFacts.topic(inquiry) + "\n" + inquiry.getAskedOf());
        byte[] value = store.get(key);
        AppEvent known = value == null ? null : FACTS.fromBytes(value);
        if (known != null && NEWER.compare(answer(answer), answer(known)) <= 0) {
            return new Received(false, false);
        }
        store.put(key, FACTS.toBytes(answer));
        Reply before = known == null ? Reply.NOT_YET_KNOWN : Reply.of(known);
        return new Received(true, !before.equals(Reply.of(answer)));
    }

    /** The answer to a subject's question. */
    Optional<AppEvent> answer(Subject subject, Question question) {
        byte[] value = store.get(received(
                subject, InquiryFacts.topic(question.kind(), question.askedOf().key(), question.about())));
        return value == null ? Optional.empty() : Optional.of(FACTS.fromBytes(value));
    }

    /** Deletes questions and answers of acts before the horizon. */
    void expire(Subject subject, Instant horizon) {
        boolean asked = false;
        byte[] day = StoreKeys.day(horizon);
        store.withPrefix(prefix(subject, WANTED), Integer.MAX_VALUE).stream()
                .filter(entry -> Arrays.compareUnsigned(entry.value, day) < 0)
                .forEach(entry -> store.delete(entry.key));
        for (char group : new char[] {ASKED, RECEIVED}) {
            for (KeyValue<byte[], byte[]> entry : store.withPrefix(prefix(subject, group), Integer.MAX_VALUE)) {
                boolean expired = FACTS.fromBytes(entry.value).getEventTime().isBefore(horizon);
                asked |= group == ASKED && !expired;
                if (expired) {
                    store.delete(entry.key);
                }
            }
        }
        if (!asked) {
            store.deleteWithPrefix(prefix(subject, TOLD));
        }
    }

    private static InquiryAnswer nothing(Subject subject) {
        return InquiryAnswer.newBuilder()
                .setBy(subject.key())
                .setNumber(0)
                .setKnown(false)
                .build();
    }

    private static InquiryAnswer answer(AppEvent fact) {
        return InquiryFacts.inquiry(fact).getAnswer().orElseThrow();
    }

    private static boolean isLaterDay(AppEvent question, AppEvent known) {
        return EventDays.day(question.getEventTime()) > EventDays.day(known.getEventTime());
    }

    private List<AppEvent> read(byte[] prefix) {
        List<AppEvent> facts = new ArrayList<>();
        store.withPrefix(prefix, Integer.MAX_VALUE).forEach(entry -> facts.add(FACTS.fromBytes(entry.value)));
        return facts;
    }

    private static byte[] received(Subject subject, String topic) {
        return StoreKeys.join(prefix(subject, RECEIVED), StoreKeys.hash(Hashes.sha256(topic), 2 * HASH));
    }

    private static byte[] about(Subject subject, char group, Inquiry inquiry) {
        return StoreKeys.join(prefix(subject, group), StoreKeys.hash(Hashes.sha256(InquiryFacts.topic(inquiry)), HASH));
    }

    private static byte[] prefix(Subject subject, char group) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(group));
    }
}
