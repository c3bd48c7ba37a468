package io.rolecall.detection.memory;

import java.time.Instant;
import java.util.List;

/**
 * Successful use of mail in ten UTC minutes; an event id counts once.
 *
 * @param start start of the slot
 * @param reads events that read mail
 * @param items items that those stand for; one an event where the log gives no number
 * @param sends events that sent mail
 * @param senders mailboxes that mail was sent from, as the first eight bytes of SHA-256 of their owners, ascending; at most
 *     {@value #MOST_SENDERS}
 * @param moreSenders whether there were more
 */
public record MailSlot(Instant start, long reads, long items, long sends, List<Long> senders, boolean moreSenders) {

    /** Most senders told apart in one slot; the smallest hashes win, so that order leaves no trace. */
    public static final int MOST_SENDERS = 32;

    public MailSlot {
        senders = List.copyOf(senders);
    }
}
