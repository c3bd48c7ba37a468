package io.rolecall.gather;

import io.rolecall.replay.Counted;
import io.rolecall.replay.Kept;
import io.rolecall.replay.KeptForms;
import io.rolecall.replay.PartWriter;
import io.rolecall.source.split.Reason;
import io.rolecall.topology.QuarantineRecords;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The quarantine of the running service: of it the positions of what came too late. */
final class QuarantineIntake implements Intake {

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, PartWriter out) {
        out.tally().add(Counted.ELEMENTS, 1);
        boolean late = QuarantineRecords.isFor(Reason.LATE, record.headers()) && record.key() != null;
        out.tally().add(late ? Counted.KEPT : Counted.SKIPPED, 1);
        if (late) {
            String position = new String(record.key(), StandardCharsets.UTF_8);
            out.keep(new Kept(Kept.What.LATE, record.offset(), 0, record.timestamp(), KeptForms.late(position)));
        }
    }
}
