package io.rolecall.topology;

import io.rolecall.schema.Alert;
import io.rolecall.state.LowWatermark;
import java.time.Duration;
import java.time.Instant;

/**
 * Is told what happens while events are processed. What it is told lives in memory only and is lost with the process: it is for
 * metrics, never for results. Called by stream threads, several at once; must not block or throw.
 */
public interface DetectorObserver {

    /** Takes no notice. */
    DetectorObserver NONE = new DetectorObserver() {};

    /**
     * A record of raw logs was read.
     *
     * @param topic its topic
     * @param timestamp its timestamp in Kafka
     */
    default void recordRead(String topic, Instant timestamp) {}

    /**
     * An event was decoded.
     *
     * @param source log source as the contract names it
     * @param eventTime when it happened
     */
    default void eventDecoded(String source, Instant eventTime) {}

    /**
     * A revision of an alert was sent out.
     *
     * @param alert the revision, of any status
     */
    default void alertPublished(Alert alert) {}

    /**
     * A fact led to a revision of an alert at once.
     *
     * @param sinceIngest from the raw record's timestamp in Kafka until the revision was handed to the producer, at least zero
     */
    default void alertDelay(Duration sinceIngest) {}

    /**
     * The low watermark of a history was measured anew.
     *
     * @param task number of the task, which is that of its partition of the facts' topic
     * @param standing where it stands, and why
     */
    default void watermarkStands(int task, LowWatermark.Standing standing) {}

    /**
     * A history has left this process.
     *
     * @param task as above
     */
    default void watermarkLeft(int task) {}

    /**
     * An entry of the network topic was refused; the table keeps what it had under the key.
     *
     * @param position {@code topic/partition/offset/index}
     * @param reason why
     */
    default void networkRefused(String position, String reason) {}

    /**
     * The network table changed.
     *
     * @param entries number of entries
     */
    default void networksChanged(int entries) {}
}
