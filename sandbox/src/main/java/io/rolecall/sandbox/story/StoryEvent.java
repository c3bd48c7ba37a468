package io.rolecall.sandbox.story;

import java.time.Instant;

/**
 * One record as it is delivered.
 *
 * @param envelope source and envelope
 * @param json the record alone, one JSON object; for the CSV envelopes the Log Analytics row, or what column {@code AuditData} holds
 * @param time event time
 * @param order position in the order of delivery, from 0; late and repeated deliveries come after their time
 */
public record StoryEvent(Envelope envelope, String json, Instant time, long order) {

    /** The log source as the contract names it. */
    public String source() {
        return envelope.source();
    }
}
