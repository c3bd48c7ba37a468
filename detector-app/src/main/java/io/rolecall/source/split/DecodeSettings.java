package io.rolecall.source.split;

import java.time.Duration;

/**
 * Bounds and defaults of decoding.
 *
 * @param tenantId tenant of events that name none
 * @param maxFuture how far an event may lie after the reference time before it is rejected as {@code future}
 * @param maxDepth deepest nesting of JSON accepted, in levels
 * @param maxElementBytes largest element accepted, in bytes
 * @param everything true to decode events that no detection needs too, as {@code decode} does; false to skip them early
 */
public record DecodeSettings(
        String tenantId, Duration maxFuture, int maxDepth, int maxElementBytes, boolean everything) {

    /** The defaults of the contract: tenant {@code unknown}, one hour, 64 levels, 8 MiB, early rejection on. */
    public static final DecodeSettings DEFAULT =
            new DecodeSettings("unknown", Duration.ofHours(1), 64, 8 * 1024 * 1024, false);

    public DecodeSettings withEverything(boolean value) {
        return new DecodeSettings(tenantId, maxFuture, maxDepth, maxElementBytes, value);
    }
}
