package io.rolecall.topology;

import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.GuidBytes;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the inventory's topic: the pairs of ids they show, and the facts by their application. A record that is no
 * imported fact goes to the quarantine; a null value, which only takes the record out of the compacted topic, means nothing.
 */
final class ImportProcessor implements Processor<byte[], byte[], String, Routed> {

    private static final String STAGE = "import";

    private final TopicSerdes serdes;
    private @Nullable ProcessorContext<String, Routed> context;
    private @Nullable Counts counts;
    private @Nullable StoreFormats formats;

    ImportProcessor(TopicSerdes serdes) {
        this.serdes = serdes;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
        this.formats = StoreFormats.ofCounters(processorContext, Names.DECODE_COUNTS);
        this.counts = new Counts(processorContext.getStateStore(Names.DECODE_COUNTS));
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<byte[], byte[]> record) {
        formats.write();
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        counts.add(Counts.IN + metadata.topic(), 1);
        if (record.value() == null) {
            counts.add(Counts.SKIPPED + metadata.topic(), 1);
            return;
        }
        AppEvent fact;
        try {
            fact = read(metadata.topic(), record.value());
        } catch (RuntimeException e) {
            if (!serdes.isBadRecord(e)) {
                throw e;
            }
            refuse(record, metadata, String.valueOf(e.getMessage()));
            return;
        }
        counts.add(Counts.FACTS + metadata.topic(), 1);
        IdentityPairs.of(fact)
                .forEach(pair -> context.forward(
                        new Record<>(pair.key(), new Routed.Identity(pair.fact()), record.timestamp())));
        context.forward(new Record<>(
                Subjects.application(fact).orElseThrow().key(),
                new Routed.Fact(fact),
                record.timestamp(),
                IngestTime.headers(record.timestamp())));
    }

    /** @throws IllegalArgumentException when it is no imported fact: a log's fact would count as an act here, beside the logs */
    private AppEvent read(String topic, byte[] value) {
        AppEvent fact = serdes.events().deserializer().deserialize(topic, value);
        if (!ImportedFacts.isImported(fact)) {
            throw new IllegalArgumentException("the source of an imported fact is " + ImportedFacts.SOURCE);
        }
        if (fact.getAppId().filter(GuidBytes::isCanonical).isEmpty()) {
            throw new IllegalArgumentException(
                    "an imported fact needs the App ID of its application, a lower-case GUID");
        }
        return fact;
    }

    @SuppressWarnings("NullAway") // as above
    private void refuse(Record<byte[], byte[]> record, RecordMetadata metadata, String reason) {
        String position = QuarantineRecords.positionOf(metadata);
        Rejected rejected = QuarantineRecords.unreadable(position, record.value(), reason);
        counts.add(Counts.QUARANTINED + Reason.NOT_AN_EVENT.label() + " " + metadata.topic(), 1);
        context.forward(QuarantineRecords.of(rejected, STAGE, record.timestamp()));
    }
}
