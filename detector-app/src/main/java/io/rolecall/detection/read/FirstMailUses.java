package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Baseline;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.event.Details;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.UseHour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first successful uses that an application made of mailboxes: when, by its memory, and by which event, by the roll-up of that hour. Of
 * hours with very many mailboxes some are not found.
 */
public final class FirstMailUses {

    /** Most roll-ups that are read for them. */
    private static final int BUDGET = SubjectHistory.MOST_FACTS / 2;

    private final ApplicationHistory history;
    private final Map<Instant, List<UseHour>> hours = new HashMap<>();
    private int left = BUDGET;

    /**
     * The first use of one mailbox.
     *
     * @param mailbox owner of the mailbox, lower case
     * @param act the event
     */
    public record Use(String mailbox, AppEvent act) {

        public Instant at() {
            return act.getEventTime();
        }

        public boolean isSend() {
            return Details.of(act, MailboxUse.class)
                    .filter(use -> use.getAction().equals("send"))
                    .isPresent();
        }

        /** For sentences. */
        public String label() {
            return mailbox + " at " + Facts.time(at());
        }
    }

    private FirstMailUses(ApplicationHistory history) {
        this.history = history;
    }

    /** Of each mailbox, as far as they are remembered, by time. */
    public static List<Use> ofMailboxes(ApplicationHistory history) {
        FirstUses known = history.memory().firstUses(ActivitySource.MAIL_USE, Dimension.MAILBOX);
        FirstMailUses firsts = new FirstMailUses(history);
        List<Use> uses = new ArrayList<>();
        for (FirstUse first : known.uses()) {
            firsts.act(first.at(), first.eventId()).ifPresent(act -> uses.add(new Use(first.value(), act)));
        }
        return List.copyOf(uses);
    }

    /** The first of all, whatever the mailbox; empty text where the log names none. */
    public static Optional<Use> ofAll(ApplicationHistory history) {
        Baseline mail = history.memory().baseline(ActivitySource.MAIL_USE);
        return mail.first()
                .flatMap(at -> mail.firstEventId().flatMap(id -> new FirstMailUses(history).act(at, id)))
                .map(act -> new Use(
                        Details.of(act, MailboxUse.class)
                                .flatMap(MailboxUse::getMailbox)
                                .orElse("")
                                .toLowerCase(Locale.ROOT),
                        act));
    }

    private Optional<AppEvent> act(Instant at, String eventId) {
        return hours.computeIfAbsent(at.truncatedTo(ChronoUnit.HOURS), this::read).stream()
                .flatMap(hour -> hour.getFirstEvent().stream())
                .filter(act -> act.getEventId().equals(eventId))
                .findFirst();
    }

    private List<UseHour> read(Instant hour) {
        if (left == 0) {
            return List.of();
        }
        List<UseHour> read = history.uses(hour, hour, left);
        left -= read.size();
        return read;
    }
}
