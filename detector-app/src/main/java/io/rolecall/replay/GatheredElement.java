package io.rolecall.replay;

import io.rolecall.source.split.Positions;
import java.time.Instant;
import java.util.Comparator;

/**
 * One element that was kept.
 *
 * @param time the earliest time among its events
 * @param topic where it came from
 * @param partition where it came from
 * @param offset where it came from
 * @param index number in its record, from 0
 * @param millis timestamp of its record
 * @param events its events, as {@link KeptForms#events(byte[])} reads them
 */
public record GatheredElement(
        Instant time, String topic, int partition, long offset, int index, long millis, byte[] events) {

    /** In which they are decided: by the time of the event, and where that is equal by place, so that there is one order. */
    static final Comparator<GatheredElement> ORDER = Comparator.comparing(GatheredElement::time)
            .thenComparing(GatheredElement::topic)
            .thenComparingInt(GatheredElement::partition)
            .thenComparingLong(GatheredElement::offset)
            .thenComparingInt(GatheredElement::index);

    /** Position of the element (contract section 3). */
    public String position() {
        return Positions.ofRecord(topic, partition, offset).position(index);
    }
}
