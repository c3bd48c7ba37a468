package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.state.SignInHour;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When an application was last used, by itself and by users, and what the logs tell of its tenant through it. Days are remembered for
 * 400 days; the exact time of the last of them is read from the roll-ups of that day while the history holds them.
 */
final class UseKnown {

    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    private static final Set<ActivitySource> USERS =
            EnumSet.of(ActivitySource.USER_SIGN_INS, ActivitySource.UNIFIED_USER_SIGN_INS);
    private static final Set<ActivitySource> ITS_OWN = EnumSet.of(
            ActivitySource.SERVICE_PRINCIPAL_SIGN_INS,
            ActivitySource.MANAGED_IDENTITY_SIGN_INS,
            ActivitySource.MAIL_USE,
            ActivitySource.FILE_USE,
            ActivitySource.AZURE_ACTIVITY);

    private final ApplicationHistory history;
    private final LocalDate lastDay;
    private final Map<ActivitySource, SortedSet<LocalDate>> days = new TreeMap<>();
    private boolean remembered;

    /** @param until the time of the audit; later days are left out */
    UseKnown(ApplicationHistory history, Instant until) {
        this.history = history;
        this.lastDay = until.equals(Instant.MAX)
                ? LAST_DAY
                : until.atOffset(ZoneOffset.UTC).toLocalDate();
        // Nothing is remembered of an application whose App ID is not known.
        this.remembered = !history.subject().isUnresolved();
        Stream.concat(USERS.stream(), ITS_OWN.stream()).forEach(this::read);
    }

    private void read(ActivitySource source) {
        try {
            days.put(source, history.memory().activeDays(Set.of(source), FIRST_DAY, lastDay));
        } catch (IllegalStateException notRemembered) {
            remembered = false;
        }
    }

    /** Whether days are remembered of all kinds of use; not where the policy turns off what reads them. */
    boolean isRemembered() {
        return remembered;
    }

    /** The last use by the application itself, its acts in the directory included. */
    @Nullable
    Use itself() {
        Optional<Use> acted = history.initiated().stream()
                .filter(Facts::succeeded)
                .map(AppEvent::getEventTime)
                .max(Comparator.naturalOrder())
                .map(at -> new Use(at, false));
        return Stream.of(acted, last(ITS_OWN))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Use::at))
                .orElse(null);
    }

    /** The last sign-in of a user to it. */
    @Nullable
    Use byUsers() {
        return last(USERS).orElse(null);
    }

    private Optional<Use> last(Set<ActivitySource> sources) {
        Optional<LocalDate> day = sources.stream()
                .flatMap(source -> days.getOrDefault(source, new TreeSet<>()).stream())
                .max(Comparator.naturalOrder());
        return day.map(found -> exact(sources, found)
                .map(at -> new Use(at, false))
                .orElseGet(() -> new Use(found.atStartOfDay(ZoneOffset.UTC).toInstant(), true)));
    }

    private Optional<Instant> exact(Set<ActivitySource> sources, LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1);
        int most = SubjectHistory.MOST_FACTS;
        boolean ofUsers = sources.equals(USERS);
        Stream<Instant> signIns = (ofUsers ? history.signIns(from, to, most) : history.ownSignIns(from, to, most))
                .stream()
                        .filter(hour -> hour.getSuccesses() > 0 && isOfUser(hour) == ofUsers)
                        .map(SignInHour::getLast);
        if (ofUsers) {
            return signIns.max(Comparator.naturalOrder());
        }
        Stream<Instant> uses = history.uses(from, to, most).stream()
                .filter(use -> use.getFirstEvent().filter(Facts::succeeded).isPresent())
                .map(use -> use.getLast());
        Stream<Instant> azure = history.azureActivity(from, to, most).stream()
                .filter(slot -> slot.getOutcome().equals("success"))
                .map(slot -> slot.getLast());
        return Stream.of(signIns, uses, azure).flatMap(all -> all).max(Comparator.naturalOrder());
    }

    private static boolean isOfUser(SignInHour hour) {
        return hour.getKind().equals("interactive") || hour.getKind().equals("non-interactive");
    }

    /** What the logs told of the tenant through this application. */
    Watched watched() {
        List<AppEvent> acts = history.acts();
        Set<String> kinds = new TreeSet<>();
        if (acts.stream().anyMatch(act -> Operations.OWNER_CHANGES.contains(act.getOperation()))) {
            kinds.add(Watched.OWNERS);
        }
        if (acts.stream()
                .anyMatch(act -> Details.of(act, CredentialChange.class).isPresent())) {
            kinds.add(Watched.CREDENTIALS);
        }
        boolean unattended = !of(ActivitySource.USER_SIGN_INS).isEmpty() && anyUnattended();
        return new Watched(
                of(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS),
                of(ActivitySource.MANAGED_IDENTITY_SIGN_INS),
                of(ActivitySource.USER_SIGN_INS),
                unattended,
                toldKey(),
                kinds);
    }

    private boolean anyUnattended() {
        return history.signIns(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS).stream()
                .anyMatch(hour -> hour.getKind().equals("non-interactive"));
    }

    private boolean toldKey() {
        return !of(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS).isEmpty()
                && history.ownSignIns(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS).stream()
                        .anyMatch(hour -> hour.getCredentialKeyId().isPresent());
    }

    private SortedSet<LocalDate> of(ActivitySource source) {
        return days.getOrDefault(source, new TreeSet<>());
    }
}
