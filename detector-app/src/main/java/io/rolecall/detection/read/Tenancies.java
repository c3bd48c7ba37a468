package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.TenancyChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tenancy an application had when: as registered, and as each update changed it. The profile keeps the latest changes, of
 * which the history may no longer hold the acts.
 */
public final class Tenancies {

    public static final String SINGLE = "single";

    private static final String MULTI = "multi";

    /** Most changes kept in a profile; the latest stay, whatever the order they come in. */
    public static final int MOST = 8;

    private static final Comparator<TenancyChange> BY_TIME =
            Comparator.comparing(TenancyChange::getAt).thenComparing(TenancyChange::getTenancy);

    private final Optional<Registered> registered;
    private final Optional<String> logged;
    private final List<Change> changes;

    /**
     * A tenancy and since when.
     *
     * @param act the update that made it so; empty for the registration, and when only the profile tells
     */
    public record Change(Instant at, String tenancy, Optional<AppEvent> act) {

        public boolean isSingle() {
            return tenancy.equals(SINGLE);
        }

        /** Whether users of other tenants may sign in; personal accounts alone are of no tenant. */
        public boolean isMulti() {
            return Tenancies.isMulti(tenancy);
        }
    }

    private Tenancies(Optional<Registered> registered, Optional<String> logged, List<Change> changes) {
        this.registered = registered;
        this.logged = logged;
        this.changes = changes;
    }

    public static Tenancies of(SubjectHistory history, Optional<Registered> registered) {
        List<Change> changes = new ArrayList<>();
        history.acts().stream().filter(Facts::succeeded).sorted(Facts.ORDER).forEach(act -> changed(act)
                .ifPresent(tenancy -> changes.add(new Change(act.getEventTime(), tenancy, Optional.of(act)))));
        // A change that the history holds is known there more exactly.
        List<Change> older = history.profile().getTenancyChanges().stream()
                .filter(known -> changes.stream()
                        .noneMatch(change -> change.tenancy().equals(known.getTenancy())
                                && Math.abs(change.at().getEpochSecond() - known.getAt()) <= 1))
                .map(known -> new Change(Instant.ofEpochSecond(known.getAt()), known.getTenancy(), Optional.empty()))
                .toList();
        changes.addAll(older);
        changes.sort(Comparator.comparing(Change::at).thenComparing(Change::tenancy));
        Optional<String> logged = registered
                .flatMap(Registered::act)
                .flatMap(act -> Details.of(act, Registration.class))
                .flatMap(Registration::getTenancy)
                .or(() -> history.profile().getRegistration().flatMap(RegistrationSummary::getTenancy));
        return new Tenancies(registered, logged, List.copyOf(changes));
    }

    /** The known changes with what an event tells; the same list when it tells nothing new. */
    public static List<TenancyChange> merge(List<TenancyChange> known, AppEvent event) {
        Optional<String> tenancy = Facts.succeeded(event) ? changed(event) : Optional.empty();
        if (tenancy.isEmpty()) {
            return known;
        }
        TenancyChange change = new TenancyChange(event.getEventTime().getEpochSecond(), tenancy.orElseThrow());
        if (known.contains(change)) {
            return known;
        }
        List<TenancyChange> all =
                Stream.concat(known.stream(), Stream.of(change)).sorted(BY_TIME).toList();
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }

    /** Whether a tenancy lets users of other tenants in. */
    public static boolean isMulti(String tenancy) {
        return tenancy.startsWith(MULTI);
    }

    /** Every change that an update made, by time. */
    public List<Change> changes() {
        return changes;
    }

    /** The latest of them. */
    public Optional<Change> latest() {
        return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
    }

    /**
     * The tenancy before a change: by the change before it, else as a log states it for the registration, else as the
     * change itself states what was; empty when none does. An import tells the tenancy of its own day.
     */
    public Optional<String> before(Change change) {
        int place = changes.indexOf(change);
        return place > 0
                ? Optional.of(changes.get(place - 1).tenancy())
                : logged.or(() -> change.act()
                        .flatMap(act -> Details.of(act, Registration.class))
                        .flatMap(Registration::getPreviousTenancy));
    }

    /** Whether it was single-tenant as registered. */
    public boolean singleAsRegistered() {
        return registered.flatMap(Registered::tenancy).filter(SINGLE::equals).isPresent();
    }

    /**
     * Whether it was single-tenant at a time. Of a change whose order with that time the logs do not tell, the reading that makes
     * it single counts.
     */
    public boolean singleAt(Instant time) {
        List<Change> all = new ArrayList<>(changes);
        registered.ifPresent(
                app -> app.tenancy().ifPresent(tenancy -> all.add(new Change(app.at(), tenancy, Optional.empty()))));
        return all.stream()
                .filter(change -> change.isSingle() && Facts.mayPrecede(change.at(), time))
                .anyMatch(single -> all.stream()
                        .noneMatch(other -> !other.isSingle()
                                && Facts.surelyBefore(single.at(), other.at())
                                && (other.at().equals(time) || Facts.surelyBefore(other.at(), time))));
    }

    /** Whether it counts as single-tenant for a grant: when registered, or when the permission was granted. */
    public boolean countsAt(Instant time) {
        return singleAsRegistered() || singleAt(time);
    }

    /** Whether any event tells a tenancy. */
    public boolean known() {
        return !changes.isEmpty() || registered.flatMap(Registered::tenancy).isPresent();
    }

    /** Changes of what counts, to or from single, that may lie before a time. */
    public List<Change> flipsBefore(Instant time) {
        List<Change> flips = new ArrayList<>();
        boolean single = singleAsRegistered();
        boolean first = registered.flatMap(Registered::tenancy).isEmpty();
        for (Change change : changes) {
            if (Facts.mayPrecede(change.at(), time) && !first && change.isSingle() != single) {
                flips.add(change);
            }
            single = change.isSingle();
            first = false;
        }
        return flips;
    }

    private static Optional<String> changed(AppEvent act) {
        return Facts.is(act, Operations.UPDATE_APPLICATION)
                        && act.getDetails().orElse(null) instanceof Registration registration
                ? registration.getTenancy()
                : Optional.empty();
    }
}
