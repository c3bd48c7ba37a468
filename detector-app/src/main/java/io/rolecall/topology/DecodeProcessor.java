package io.rolecall.topology;

import io.rolecall.source.DecodedElements;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Positions;
import io.rolecall.state.Names;
import io.rolecall.state.RecentSightings;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The first step: splits a record into elements, skips what no detection needs, and sends facts, identities, sightings and
 * rejected elements on. Content decides the log source, never the topic's name.
 */
final class DecodeProcessor extends OpenedProcessor<byte[], byte[], String, Routed, DecodeProcessor.Task> {

    private static final byte[] EMPTY = new byte[0];

    /** What one task works with. */
    record Task(CountedTask counted, ReadingProgress progress) {}

    private final LogDecoder decoder;
    private final FactReaders readers;
    private final RecentNames recent = new RecentNames();
    private final RecentConsents consents = new RecentConsents();
    private final RecentSightings sightings = new RecentSightings();
    private final AddressRequests asking;
    private final Questions questions;
    private final DetectorObserver observer;
    private final Watermarks watermarks;
    private final Optional<LocalRun> local;

    /**
     * One task's step.
     *
     * @param decoder of its own
     * @param readers which facts somebody reads
     * @param asking which acts ask for an address
     * @param questions which acts ask something of another subject
     * @param observer told of records and events
     * @param watermarks take how far it has read
     * @param local reads the chunks of a run over files, whose headers tell their elements' places; empty for the service
     */
    DecodeProcessor(
            LogDecoder decoder,
            FactReaders readers,
            AddressRequests asking,
            Questions questions,
            DetectorObserver observer,
            Watermarks watermarks,
            Optional<LocalRun> local) {
        this.decoder = decoder;
        this.readers = readers;
        this.asking = asking;
        this.questions = questions;
        this.observer = observer;
        this.watermarks = watermarks;
        this.local = local;
    }

    @Override
    Task open(ProcessorContext<String, Routed> context) {
        recent.forget();
        consents.forget();
        sightings.forget();
        CountedTask counted = CountedTask.of(context, Names.DECODE_COUNTS);
        Task task = new Task(counted, watermarks.reading(context, counted.counts()));
        if (watermarks.areUsed()) {
            every(context, Watermarks.TELL_EVERY, now -> tellProgress(task, now));
        }
        return task;
    }

    private static void tellProgress(Task task, long nowMillis) {
        task.progress().news(nowMillis).ifPresent(progress -> {
            task.counted().formats().write();
            ProgressRecords.forward(task.counted().context(), "decode", progress, nowMillis);
        });
    }

    @Override
    void process(Task task, Record<byte[], byte[]> record) {
        CountedTask counted = task.counted();
        counted.formats().write();
        RecordMetadata metadata = counted.context().recordMetadata().orElseThrow();
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        observer.recordRead(metadata.topic(), appended);
        DecodedBatch batch = new DecodedBatch(readers, recent, asking, questions, observer);
        byte[] value = record.value() == null ? EMPTY : record.value();
        decode(value, record, metadata, batch);
        batch.forward(counted.context(), consents, sightings, record.timestamp());
        if (local.isEmpty()) {
            batch.leftOut(SkippedRecords.read(record.headers()));
        }
        batch.count(counted.counts(), metadata.topic());
        task.progress()
                .read(
                        metadata.topic(),
                        metadata.offset(),
                        batch.newest(),
                        counted.context().currentSystemTimeMs());
    }

    /** Of a record from a broker, nothing that its producer wrote into the headers counts. */
    private void decode(byte[] value, Record<byte[], byte[]> record, RecordMetadata metadata, DecodedBatch batch) {
        DecodedElements decoded = local.flatMap(LocalRun::decoded).orElse(null);
        if (decoded != null) {
            decoded.tell(batch);
            return;
        }
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
