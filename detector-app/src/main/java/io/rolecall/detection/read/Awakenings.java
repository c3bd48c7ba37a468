package io.rolecall.detection.read;

import io.rolecall.detection.Answer;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The acts by which a dormant application comes to life: the first after a silence, and the first after it was restored. */
public final class Awakenings {

    private static final Set<String> RESTORES =
            Set.of(Operations.RESTORE_APPLICATION, Operations.RESTORE_SERVICE_PRINCIPAL);

    private final ApplicationHistory history;
    private final SignsOfLife signs;
    private final Duration silence;

    /**
     * One of them.
     *
     * @param act a credential, grant or sign-in
     * @param restoredBy the latest restoration that it follows in time; empty where a silence alone may make it one
     */
    public record Awakening(AppEvent act, Optional<AppEvent> restoredBy) {

        /** For sentences: {@code a sign-in at 2026-01-01T00:00:00Z}. */
        public String label() {
            String what = act.getDetails().orElse(null) instanceof SignIn ? "a sign-in" : "a credential or grant";
            return what + " at " + Facts.time(act.getEventTime());
        }
    }

    /**
     * Those of an application.
     *
     * @param silence length of the silence, at least a day
     * @param from event time from which on they have to be found, or {@link Instant#MIN}
     */
    public Awakenings(ApplicationHistory history, Duration silence, Instant from) {
        this.history = history;
        this.signs = new SignsOfLife(history, from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from.minus(silence));
        this.silence = silence;
    }

    /**
     * Candidates, by time: the first act of each UTC day before which there were as many days without any as the silence has, and the first
     * act after each restoration.
     *
     * @param acts the acts of the history
     * @param afterRestore how long after a restoration
     * @param from event time from which on they are wanted
     */
    public List<Awakening> candidates(List<AppEvent> acts, Duration afterRestore, Instant from) {
        Map<String, Awakening> found = new HashMap<>();
        for (AppEvent act : signs.afterDaysWithout(silence.toDays(), from)) {
            found.put(act.getEventId(), new Awakening(act, Optional.empty()));
        }
        acts.stream()
                .filter(act -> Facts.succeeded(act) && RESTORES.contains(act.getOperation()))
                .sorted(Facts.ORDER)
                .forEach(restore -> signs.firstAfter(restore.getEventTime(), afterRestore)
                        .filter(act -> !act.getEventTime().isBefore(from))
                        .ifPresent(act -> found.put(act.getEventId(), new Awakening(act, Optional.of(restore)))));
        return found.values().stream()
                .sorted((one, other) -> Facts.ORDER.compare(one.act(), other.act()))
                .toList();
    }

    /** Whether a silence came before, or a restoration. */
    public Answer isAfterSilence(Awakening one) {
        return one.restoredBy().map(Awakenings::restored).orElseGet(() -> signs.within(silence, one.act())
                .map(activity -> Answer.no("before " + one.label() + " there was " + activity))
                .orElseGet(() -> Answer.yes("before " + one.label() + " it was " + lastSeen(one))));
    }

    /** Whether there was a baseline before the silence; a restored application needs none. */
    public Answer hasBaseline(Awakening one) {
        return one.restoredBy()
                .map(Awakenings::restored)
                .orElseGet(() -> signs.hasBaselineBefore(silence, one.act())
                        ? Answer.yes("there was one before " + one.label())
                        : Answer.no("no baseline before " + one.label()));
    }

    /** Whether the credentials and grants that some of them gave are all gone again; a sign-in gave none. */
    public boolean areUndone(List<Awakening> some) {
        List<Keys.AddedKey> keys = Keys.added(history.acts());
        List<Grant> grants = history.grants();
        return some.stream().allMatch(one -> {
            String id = one.act().getEventId();
            List<Boolean> gone = Stream.concat(
                            keys.stream()
                                    .filter(key -> key.act().getEventId().equals(id))
                                    .map(key -> key.removedBy().isPresent()),
                            grants.stream()
                                    .filter(grant -> grant.act().getEventId().equals(id))
                                    .map(Grant::undone))
                    .toList();
            return !gone.isEmpty() && !gone.contains(false);
        });
    }

    /** When it was last seen alive, for sentences. */
    public String lastSeen(Awakening one) {
        Optional<LocalDate> day = signs.lastDayBefore(one.act());
        return day.map(last -> "last seen alive on " + last).orElse("never seen alive");
    }

    private static Answer restored(AppEvent restore) {
        return Answer.yes("it was restored at " + Facts.time(restore.getEventTime()))
                .by(List.of(restore));
    }
}
