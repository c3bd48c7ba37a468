package io.rolecall.topology;

import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads the records of the inventory's topic: the pairs of ids they show, and the facts by their application. A record that is no
 * imported fact goes to the quarantine; a null value, which only takes the record out of the compacted topic, means nothing.
 */
final class ImportProcessor extends OpenedProcessor<byte[], byte[], String, Routed, CountedTask> {

    private final TopicSerdes serdes;

    ImportProcessor(TopicSerdes serdes) {
        this.serdes = serdes;
    }

    @Override
    CountedTask open(ProcessorContext<String, Routed> context) {
        return CountedTask.of(context, Names.DECODE_COUNTS);
    }

    @Override
    void process(CountedTask task, Record<byte[], byte[]> record) {
        task.formats().write();
        RecordMetadata metadata = task.context().recordMetadata().orElseThrow();
        task.counts().add(Counts.IN + metadata.topic(), 1);
        if (record.value() == null) {
            task.counts().add(Counts.SKIPPED + metadata.topic(), 1);
            return;
        }
        AppEvent fact;
        try {
            fact = ImportedFacts.valid(serdes.events().deserializer().deserialize(metadata.topic(), record.value()));
        } catch (RuntimeException e) {
            if (!serdes.isBadRecord(e)) {
                throw e;
            }
            refuse(task, record, metadata, String.valueOf(e.getMessage()));
            return;
        }
        task.counts().add(Counts.FACTS + metadata.topic(), 1);
        IdentityPairs.of(fact).forEach(pair -> task.context()
                .forward(new Record<>(pair.key(), new Routed.Identity(pair.fact()), record.timestamp())));
        task.context()
                .forward(new Record<>(
                        Subjects.application(fact).orElseThrow().key(),
                        new Routed.Fact(fact),
                        record.timestamp(),
                        IngestTime.headers(record.timestamp())));
    }

    private static void refuse(
            CountedTask task, Record<byte[], byte[]> record, RecordMetadata metadata, String reason) {
        String position = QuarantineRecords.positionOf(metadata);
        Rejected rejected = QuarantineRecords.unreadable(position, record.value(), reason);
        task.counts().add(Counts.QUARANTINED + Reason.NOT_AN_EVENT.label() + " " + metadata.topic(), 1);
        task.context().forward(QuarantineRecords.of(rejected, QuarantineRemedies.IMPORT, record.timestamp()));
    }
}
