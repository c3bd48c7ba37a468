package io.rolecall.topology;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Reason;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.Names;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads the records of the facts' topic. It is public, so anybody may write to it: a record that is no fact goes to the quarantine
 * and is counted. This is a step and no deserialization exception handler, because a handler cannot count under exactly-once.
 */
final class FactProcessor extends OpenedProcessor<String, byte[], String, Routed, CountedTask> {

    private final TopicSerdes serdes;
    private final Duration maxFuture;

    /**
     * One task's step.
     *
     * @param maxFuture how far a fact may lie after its record: the decode step sends none on that lies further, and the progress
     *     that another writer tells would move the low watermark, and make every later fact late
     */
    FactProcessor(TopicSerdes serdes, Duration maxFuture) {
        this.serdes = serdes;
        this.maxFuture = maxFuture;
    }

    @Override
    CountedTask open(ProcessorContext<String, Routed> context) {
        return CountedTask.of(context, Names.HISTORY_COUNTS);
    }

    @Override
    void process(CountedTask task, Record<String, byte[]> record) {
        task.formats().write();
        RecordMetadata metadata = task.context().recordMetadata().orElseThrow();
        AppEvent event;
        try {
            event = read(metadata.topic(), record);
        } catch (RuntimeException e) {
            if (!serdes.isBadRecord(e)) {
                throw e;
            }
            refuse(task, record, metadata, Reason.NOT_AN_EVENT, String.valueOf(e.getMessage()));
            return;
        }
        // A fact that waited, moved or tells an address has the time of what released it, which may be older than the
        // fact. This only keeps a clock from being moved by what no log says, so whichever is later will do.
        Instant written =
                Instant.ofEpochMilli(Math.max(record.timestamp(), task.context().currentSystemTimeMs()));
        if (event.getEventTime().isAfter(EventDays.plus(written, maxFuture))) {
            String message = "The fact of " + event.getEventTime() + " lies after its record, of " + written + ".";
            refuse(task, record, metadata, Reason.FUTURE, message);
            return;
        }
        task.context().forward(record.withValue(new Routed.Fact(event)));
    }

    /** @throws IllegalArgumentException when it is no fact of the subject that the key names */
    private AppEvent read(String topic, Record<String, byte[]> record) {
        if (record.key() == null || record.value() == null) {
            throw new IllegalArgumentException("a fact needs a key, its subject, and a value");
        }
        AppEvent event = serdes.events().deserializer().deserialize(topic, record.value());
        if (ProgressRecords.isOne(event)) {
            return event;
        }
        Subject subject = Subject.ofKey(record.key(), event.getTenantId());
        boolean pairs = subject.kind() == SubjectKind.ACTOR
                ? IdentityPairs.betterName(event).isPresent()
                : subject.isUnresolved() && event.getAppId().isPresent();
        if (event.getOperation().equals(Operations.IDENTITY_LEARNED) && !pairs) {
            throw new IllegalArgumentException(
                    "a learned identity needs an unresolved application as its key, and an App ID;"
                            + " or one name of a person as its key, and another of its actor");
        }
        return event;
    }

    private static void refuse(
            CountedTask task, Record<String, byte[]> record, RecordMetadata metadata, Reason reason, String message) {
        String position = QuarantineRecords.positionOf(metadata);
        byte[] value = record.value() == null ? new byte[0] : record.value();
        task.counts().add(Counts.UNREADABLE, 1);
        task.context()
                .forward(QuarantineRecords.of(
                        QuarantineRecords.rejected(reason, position, value, message),
                        QuarantineRemedies.HISTORY,
                        record.timestamp()));
    }
}
