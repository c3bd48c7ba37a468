package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Interval;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.AzureObjects;
import io.rolecall.event.Details;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Successful acts of an application in Azure that give data away, run code or destroy: those of ten minutes, of one operation, caller
 * and address together. A request that was only started or accepted is none.
 *
 * @param kind what was done
 * @param act the first of them
 * @param slot start of the ten minutes, UTC
 * @param last time of the last of them
 * @param objects hashes of what they were done to; of very many some
 * @param events how many there were
 */
public record AzureUse(AzureAbuseKind kind, AppEvent act, Instant slot, Instant last, Set<Long> objects, long events) {

    /** The ten minutes by which acts are kept together. */
    private static final Duration SLOT = Duration.ofMinutes(10);

    private static final Comparator<AzureUse> ORDER = Comparator.comparing(AzureUse::act, Facts.ORDER);

    public AzureUse {
        objects = Set.copyOf(objects);
    }

    /**
     * What was read.
     *
     * @param uses by time of their first acts
     * @param covered the span in which they are complete, and everything within the span of a burst after
     */
    public record Read(List<AzureUse> uses, Interval covered) {

        public Read {
            uses = List.copyOf(uses);
        }
    }

    /**
     * Reads a history.
     *
     * @param focus what changed of it
     * @param burst longest time over which acts are counted together
     */
    public static Read of(ApplicationHistory history, Interval focus, Duration burst) {
        SubjectProfile profile = history.profile();
        Instant first = profile.getFirstSeen();
        Instant last = profile.getLastSeen();
        if (history.subject().isUnresolved() || first.isAfter(last)) {
            // Until the App ID is known, each is kept as an act.
            return new Read(ofActs(history.acts()), Interval.ALL);
        }
        List<AzureSlot> all = history.azureActivity(first, last, SubjectHistory.MOST_FACTS / 2);
        if (all.size() < SubjectHistory.MOST_FACTS / 2) {
            return new Read(ofSlots(all), Interval.ALL);
        }
        // Of a busy application, what lies around the change, as far as it can be read at once.
        boolean begins = focus.from().isBefore(first.plus(burst));
        Instant from = begins ? first : focus.from().minus(burst);
        List<AzureSlot> near = history.azureActivity(from, last, SubjectHistory.MOST_FACTS / 2);
        Instant to = near.size() < SubjectHistory.MOST_FACTS / 2
                ? Instant.MAX
                : near.get(near.size() - 1).getSlot().minus(burst).minusNanos(1);
        return new Read(ofSlots(near), new Interval(begins ? Instant.MIN : from, to));
    }

    private static List<AzureUse> ofSlots(Collection<AzureSlot> slots) {
        return slots.stream()
                .filter(slot -> counts(slot.getFirst()))
                .flatMap(slot -> AzureAbuseKind.of(slot.getFirst()).stream()
                        .map(kind -> new AzureUse(
                                kind,
                                slot.getFirst(),
                                slot.getSlot(),
                                slot.getLast(),
                                Set.copyOf(slot.getObjects()),
                                slot.getEvents())))
                .sorted(ORDER)
                .toList();
    }

    private static List<AzureUse> ofActs(Collection<AppEvent> acts) {
        return acts.stream()
                .filter(AzureUse::counts)
                .flatMap(act -> AzureAbuseKind.of(act).stream().map(kind -> of(kind, act)))
                .sorted(ORDER)
                .toList();
    }

    private static AzureUse of(AzureAbuseKind kind, AppEvent act) {
        Optional<Long> object = Details.of(act, Activity.class).flatMap(AzureObjects::hash);
        return new AzureUse(
                kind,
                act,
                start(act.getEventTime()),
                act.getEventTime(),
                object.stream().collect(Collectors.toSet()),
                1);
    }

    private static boolean counts(AppEvent act) {
        return Facts.succeeded(act) && !AzureRequests.begun(act);
    }

    private static Instant start(Instant time) {
        long seconds = SLOT.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /**
     * Those that lie in consecutive ten-minute slots in which enough different objects were touched, by time.
     *
     * @param uses of one kind
     * @param within how long they may take; as many whole slots as it holds are looked at together
     * @param atLeast how many objects
     */
    public static List<AzureUse> inBursts(Collection<AzureUse> uses, Duration within, int atLeast) {
        Duration span = SLOT.multipliedBy(within.dividedBy(SLOT));
        Set<AzureUse> kept = uses.stream()
                .map(AzureUse::slot)
                .distinct()
                .map(start -> uses.stream()
                        .filter(use -> !use.slot().isBefore(start) && use.slot().isBefore(start.plus(span)))
                        .collect(Collectors.toSet()))
                .filter(window -> objects(window.stream()) >= atLeast)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return uses.stream().filter(kept::contains).sorted(ORDER).toList();
    }

    /** How many different objects they touched. */
    public static long objects(Stream<AzureUse> uses) {
        return uses.flatMap(use -> use.objects().stream()).distinct().count();
    }

    /** For {@code explain}. */
    public String label() {
        return kind.label() + " at " + Facts.time(act.getEventTime());
    }
}
