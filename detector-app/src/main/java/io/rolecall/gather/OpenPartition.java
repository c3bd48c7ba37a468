package io.rolecall.gather;

import io.rolecall.replay.Counted;
import io.rolecall.replay.PartWriter;
import io.rolecall.replay.PlannedPartition;
import io.rolecall.replay.Tally;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A partition that is being read. */
final class OpenPartition {

    private final PlannedPartition planned;
    private final PartWriter writer;
    private final Intake intake;
    private final GatherProgress progress;

    OpenPartition(PlannedPartition planned, PartWriter writer, Intake intake, GatherProgress progress) {
        this.planned = planned;
        this.writer = writer;
        this.intake = intake;
        this.progress = progress;
    }

    TopicPartition name() {
        return new TopicPartition(planned.topic(), planned.partition());
    }

    long next() {
        return writer.next();
    }

    long end() {
        return planned.end();
    }

    boolean isRead() {
        return writer.next() >= planned.end();
    }

    /** Takes records that were fetched; what lies at the plan's end or behind it is not looked at. */
    void take(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        long count = 0;
        long bytes = 0;
        Tally tally = writer.tally();
        long kept = tally.get(Counted.KEPT);
        long from = writer.next();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= planned.end()) {
                break;
            }
            long size = Math.max(0L, record.serializedKeySize()) + Math.max(0L, record.serializedValueSize());
            count++;
            bytes += size;
            tally.add(Counted.RECORDS, 1);
            tally.add(Counted.BYTES, size);
            intake.take(record, writer);
            writer.readTo(record.offset() + 1);
        }
        progress.add(writer.next() - from, count, bytes, tally.get(Counted.KEPT) - kept);
    }

    /** Takes account of where the consumer stands: behind markers of transactions, which are no records, too. */
    void standsAt(long position) throws IOException {
        long next = Math.min(position, planned.end());
        if (next > writer.next()) {
            progress.add(next - writer.next(), 0, 0, 0);
            writer.readTo(next);
        }
    }

    /** What lies before this offset was deleted before it could be read. */
    void deletedBefore(long offset) throws IOException {
        writer.tally().add(Counted.NOT_RETAINED, Math.min(offset, planned.end()) - writer.next());
        standsAt(offset);
    }

    void sync() throws IOException {
        writer.sync();
    }

    void close() throws IOException {
        writer.close();
    }
}
