package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.ActingApplication.Tenure;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When an application held the permissions of a set: by the grants of its history, and before these by its profile. */
final class Tenures {

    private static final Comparator<Tenure> BY_TIME = Comparator.comparing(Tenure::since)
            .thenComparing(tenure -> tenure.until().orElse(Instant.MAX))
            .thenComparing(tenure -> key(tenure.permission()));

    private Tenures() {}

    /** The tenures, ordered by time; those of one permission do not meet. */
    static List<Tenure> of(SubjectHistory history, PermissionSets sets, String set) {
        Map<String, List<Tenure>> byPermission = new TreeMap<>();
        for (Grant grant : history.grants()) {
            if (sets.contains(set, grant.permission())) {
                add(
                        byPermission,
                        new Tenure(
                                grant.permission(),
                                grant.time(),
                                grant.undoneBy().map(act -> act.getEventTime())));
            }
        }
        for (Held held : HeldPermissions.of(history.profile(), sets, List.of(set))) {
            beforeHistory(held, byPermission.getOrDefault(key(held.permission()), List.of()))
                    .ifPresent(tenure -> add(byPermission, tenure));
        }
        return byPermission.values().stream()
                .flatMap(tenures -> united(tenures).stream())
                .sorted(BY_TIME)
                .toList();
    }

    /** What the profile adds: the time before the first grant of the history, which tells more exactly. */
    private static Optional<Tenure> beforeHistory(Held held, List<Tenure> inHistory) {
        Optional<Instant> first = inHistory.stream().map(Tenure::since).min(Comparator.naturalOrder());
        // The profile knows whole seconds only, and the earliest time of all copies of the grant.
        Optional<Instant> ends =
                first.map(at -> at.truncatedTo(ChronoUnit.SECONDS).minus(Facts.CLOCK_SKEW));
        if (ends.filter(end -> !held.since().isBefore(end)).isPresent()) {
            return Optional.empty();
        }
        Optional<Instant> until =
                held.taken().filter(taken -> first.filter(taken::isAfter).isEmpty());
        return Optional.of(new Tenure(held.permission(), held.since(), until.or(() -> first)));
    }

    /** Tenures that meet become one; the later of two ends counts. */
    private static List<Tenure> united(List<Tenure> tenures) {
        List<Tenure> united = new ArrayList<>();
        for (Tenure next : tenures.stream().sorted(BY_TIME).toList()) {
            Tenure last = united.isEmpty() ? null : united.get(united.size() - 1);
            if (last == null || last.until().filter(next.since()::isAfter).isPresent()) {
                united.add(next);
            } else {
                united.set(united.size() - 1, new Tenure(last.permission(), last.since(), later(last, next)));
            }
        }
        return united;
    }

    private static Optional<Instant> later(Tenure one, Tenure other) {
        return one.until().flatMap(end -> other.until().map(next -> next.isAfter(end) ? next : end));
    }

    private static void add(Map<String, List<Tenure>> byPermission, Tenure tenure) {
        byPermission
                .computeIfAbsent(key(tenure.permission()), key -> new ArrayList<>())
                .add(tenure);
    }

    private static String key(Permission permission) {
        return permission.resourceAppId() + "/" + permission.type().label() + "/"
                + permission.value().toLowerCase(Locale.ROOT);
    }
}
