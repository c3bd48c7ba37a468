package io.rolecall.topology;

import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Positions;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The first step: splits a record into elements, skips what no detection needs, and sends facts, identities, sightings and
 * rejected elements on. Content decides the log source, never the topic's name.
 */
final class DecodeProcessor implements Processor<byte[], byte[], String, Routed> {

    private static final byte[] EMPTY = new byte[0];

    private final LogDecoder decoder;
    private final FactReaders readers;
    private final RecentNames recent = new RecentNames();
    private final AddressRequests asking;
    private final DetectorObserver observer;
    private final Optional<LocalRun> local;
    private @Nullable ProcessorContext<String, Routed> context;
    private @Nullable Counts counts;
    private @Nullable StoreFormats formats;

    /**
     * One task's step.
     *
     * @param readers which facts some detection reads
     * @param asking which acts ask for an address
     * @param observer told of records and events
     * @param local reads the chunks of a run over files, whose headers tell their elements' places; empty for the service
     */
    DecodeProcessor(
            DecodeSettings settings,
            FactReaders readers,
            AddressRequests asking,
            DetectorObserver observer,
            Optional<LocalRun> local) {
        this.decoder = new LogDecoder(settings);
        this.readers = readers;
        this.asking = asking;
        this.observer = observer;
        this.local = local;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        this.context = processorContext;
        recent.forget();
        this.formats = StoreFormats.ofCounters(processorContext, Names.DECODE_COUNTS);
        this.counts = new Counts(processorContext.getStateStore(Names.DECODE_COUNTS));
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka calls init first
    public void process(Record<byte[], byte[]> record) {
        formats.write();
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        observer.recordRead(metadata.topic(), appended);
        DecodedBatch batch = new DecodedBatch(readers, recent, asking, observer);
        byte[] value = record.value() == null ? EMPTY : record.value();
        decode(value, record, metadata, batch);
        batch.forward(context, record.timestamp());
        if (local.isEmpty()) {
            batch.leftOut(SkippedRecords.read(record.headers()));
        }
        batch.count(counts, metadata.topic());
    }

    /** Of a record from a broker, nothing that its producer wrote into the headers counts. */
    private void decode(byte[] value, Record<byte[], byte[]> record, RecordMetadata metadata, DecodedBatch batch) {
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        Chunk chunk = local.flatMap(run -> run.chunk(value, record.headers())).orElse(null);
        if (chunk != null) {
            decoder.decode(chunk, appended, batch);
            return;
        }
        Positions positions = Positions.ofRecord(metadata.topic(), metadata.partition(), metadata.offset());
        decoder.decode(value, positions, appended, batch);
    }
}
