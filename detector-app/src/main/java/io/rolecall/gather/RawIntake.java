package io.rolecall.gather;

import io.rolecall.replay.Counted;
import io.rolecall.replay.Kept;
import io.rolecall.replay.KeptForms;
import io.rolecall.replay.PartWriter;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.ElementSink;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.EarlySkip;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Rejected;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Raw logs: what no detection of the catalogue needs is left out early and counted, the rest is decoded as the service decodes it, with
 * the time of the record as the present.
 */
final class RawIntake implements Intake {

    private static final byte[] EMPTY = new byte[0];

    private final EarlySkip skip;
    private final LogDecoder decoder;
    private final Instant present;
    private final Sink sink = new Sink();

    /** @param present stands in for the time of records that have none */
    RawIntake(DecodeSettings settings, NeededOperations needed, Instant present) {
        this.skip = new EarlySkip(needed);
        this.decoder = new LogDecoder(settings, needed);
        this.present = present;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, PartWriter out) {
        if (skip.skips(record.value())) {
            out.tally().add(Counted.ELEMENTS, 1);
            out.tally().add(Counted.SKIPPED, 1);
            return;
        }
        Positions positions = Positions.ofRecord(record.topic(), record.partition(), record.offset());
        Instant reference = record.timestamp() < 0 ? present : Instant.ofEpochMilli(record.timestamp());
        byte[] value = record.value() == null ? EMPTY : record.value();
        sink.begin(record, out);
        decoder.decode(value, positions, reference, sink);
    }

    private static final class Sink implements ElementSink {

        private @Nullable ConsumerRecord<byte[], byte[]> record;
        private @Nullable PartWriter out;

        void begin(ConsumerRecord<byte[], byte[]> next, PartWriter to) {
            record = next;
            out = to;
        }

        @Override
        public void decoded(List<AppEvent> events) {
            keep(Kept.What.EVENTS, Counted.KEPT, events.get(0).getPosition(), KeptForms.events(events));
        }

        @Override
        public void skipped() {
            count(Counted.SKIPPED);
        }

        @Override
        public void rejected(Rejected rejected) {
            keep(Kept.What.REFUSED, Counted.REFUSED, rejected.position(), KeptForms.refused(rejected));
        }

        private void keep(Kept.What what, Counted counted, String position, byte[] payload) {
            ConsumerRecord<byte[], byte[]> from = record;
            PartWriter to = out;
            if (from != null && to != null) {
                int index = Integer.parseInt(position.substring(position.lastIndexOf('/') + 1));
                to.keep(new Kept(what, from.offset(), index, from.timestamp(), payload));
            }
            count(counted);
        }

        private void count(Counted counted) {
            PartWriter to = out;
            if (to != null) {
                to.tally().add(Counted.ELEMENTS, 1);
                to.tally().add(counted, 1);
            }
        }
    }
}
