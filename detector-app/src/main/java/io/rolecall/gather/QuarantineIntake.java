package io.rolecall.gather;

import io.rolecall.replay.Counted;
import io.rolecall.replay.Kept;
import io.rolecall.replay.KeptForms;
import io.rolecall.replay.PartWriter;
import io.rolecall.source.split.Reason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The quarantine of the running service: of it the positions of what came too late. */
final class QuarantineIntake implements Intake {

    private static final String REASON = "rolecall.reason";

    private final KeptForms forms = new KeptForms();

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, PartWriter out) {
        out.tally().add(Counted.ELEMENTS, 1);
        Header reason = record.headers().lastHeader(REASON);
        boolean late = reason != null
                && new String(reason.value(), StandardCharsets.UTF_8).equals(Reason.LATE.label())
                && record.key() != null;
        out.tally().add(late ? Counted.KEPT : Counted.SKIPPED, 1);
        if (late) {
            String position = new String(record.key(), StandardCharsets.UTF_8);
            out.keep(new Kept(Kept.What.LATE, record.offset(), 0, record.timestamp(), forms.late(position)));
        }
    }
}
