package io.rolecall.detection.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Successful use of mailboxes in one UTC hour.
 *
 * @param hour start of the hour
 * @param minutes by mailbox, as the first eight bytes of SHA-256 of its owner, one bit for each minute in which it was used, the
 *     first minute of the hour in the lowest bit; at most {@value #MOST_MAILBOXES} mailboxes
 * @param moreMailboxes whether there were more: what is counted from the minutes is then a lower bound
 * @param slots ten-minute slots with use, ascending
 */
public record MailHour(Instant hour, Map<Long, Long> minutes, boolean moreMailboxes, List<MailSlot> slots) {

    /** Most mailboxes told apart in one hour; the smallest hashes win, so that order leaves no trace. */
    public static final int MOST_MAILBOXES = 128;

    public MailHour {
        minutes = Collections.unmodifiableMap(new TreeMap<>(minutes));
        slots = List.copyOf(slots);
    }
}
