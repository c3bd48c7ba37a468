package io.rolecall.audit;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.ConsentRemovals;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What single users let an application do, and still do: by their consents in the history, and by exported grants. */
final class ConsentsHeld {

    private static final String UNKNOWN_API = "-";

    private final Map<Permission, Map<String, Click>> clicks = new LinkedHashMap<>();
    private final Map<Permission, Set<String>> exported = new LinkedHashMap<>();
    private final Map<String, Consenting> users = new TreeMap<>();

    /** One user: the earliest consent that stands, and under which name. */
    private record Consenting(String name, Instant since) {}

    /**
     * A scope that users granted.
     *
     * @param users how many
     * @param by the first of them, where a log tells
     * @param since when that was
     */
    record UserScope(
            Permission permission,
            long users,
            @Nullable String by,
            @Nullable Instant since) {}

    private ConsentsHeld() {}

    static ConsentsHeld of(ApplicationHistory history, Imported imported) {
        ConsentsHeld held = new ConsentsHeld();
        held.read(history);
        imported.facts().forEach(held::read);
        return held;
    }

    /** Each scope with its users. */
    List<UserScope> scopes() {
        return Stream.concat(clicks.keySet().stream(), exported.keySet().stream())
                .distinct()
                .map(this::scope)
                .toList();
    }

    private UserScope scope(Permission permission) {
        Map<String, Click> by = clicks.getOrDefault(permission, Map.of());
        Set<String> all = new TreeSet<>(by.keySet());
        all.addAll(exported.getOrDefault(permission, Set.of()));
        Optional<Click> first = by.values().stream().min(Comparator.comparing(Click::at));
        return new UserScope(
                permission,
                all.size(),
                first.map(Click::label).orElse(null),
                first.map(Click::at).orElse(null));
    }

    /** Names of the users, by the time of their first consent. */
    List<String> names() {
        return users.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Consenting> user) ->
                                user.getValue().since())
                        .thenComparing(Map.Entry::getKey))
                .map(user -> user.getValue().name())
                .toList();
    }

    private void read(ApplicationHistory history) {
        List<UserDay> days = history.userDays(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS);
        List<AppEvent> acts = days.stream()
                .flatMap(day -> day.getActs().stream())
                .sorted(Facts.ORDER)
                .toList();
        List<Click> consents =
                Clicks.of(days, history).stream().filter(Click::consents).toList();
        ConsentRemovals removals =
                new ConsentRemovals(history, consents, acts, days.size() < SubjectHistory.MOST_FACTS);
        for (Click click : consents) {
            for (Permission permission : scopes(click)) {
                if (!removals.tookAll(click.user(), List.of(permission), click.main())) {
                    clicks.computeIfAbsent(permission, any -> new TreeMap<>()).putIfAbsent(click.user(), click);
                    users.merge(
                            click.user(),
                            new Consenting(click.label(), click.at()),
                            (one, other) -> one.since().isAfter(other.since()) ? other : one);
                }
            }
        }
    }

    private static List<Permission> scopes(Click click) {
        Map<String, Set<String>> apis = click.apisByScope();
        return click.scopes().stream()
                .flatMap(scope -> apis.getOrDefault(scope, Set.of(UNKNOWN_API)).stream()
                        .map(api -> new Permission(api, scope, Permission.Type.DELEGATED)))
                .toList();
    }

    private void read(AppEvent fact) {
        Details.of(fact, DelegatedGrant.class)
                .filter(grant ->
                        grant.getConsentType().filter("principal"::equals).isPresent())
                .ifPresent(grant -> grant.getPrincipalId().ifPresent(user -> {
                    users.putIfAbsent(user, new Consenting(user, Instant.MAX));
                    grant.getAdded().forEach(scope -> exported.computeIfAbsent(
                                    new Permission(api(grant), scope, Permission.Type.DELEGATED),
                                    any -> new TreeSet<>())
                            .add(user));
                }));
    }

    private static String api(DelegatedGrant grant) {
        return grant.getResourceName()
                .flatMap(name -> Resources.appIdOfDisplayName(name.strip()))
                .orElse(UNKNOWN_API);
    }
}
