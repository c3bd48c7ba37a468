package io.rolecall.detection;

import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Consents of single users. One click is several events with one correlation id: the consent, a delegated grant for each API, an
 * app role grant to the user. An assignment is no consent.
 */
final class Clicks {

    private Clicks() {}

    /**
     * What one user was asked at once, granted or not.
     *
     * @param user object id where any act of the click states it, else user principal name, lower case
     * @param acts all its acts, by time
     */
    record Click(String user, List<AppEvent> acts) {

        Instant at() {
            return acts.get(0).getEventTime();
        }

        /** Its successful acts: what was really granted. */
        List<AppEvent> granted() {
            return acts.stream().filter(Facts::succeeded).toList();
        }

        boolean succeeded() {
            return acts.stream().anyMatch(Facts::succeeded);
        }

        /** The act that shows who consented, preferably the consent itself. */
        AppEvent main() {
            return acts.stream()
                    .filter(act -> Facts.is(act, Operations.CONSENT))
                    .findFirst()
                    .orElse(acts.get(0));
        }

        /** Scopes granted, all APIs together. */
        Set<String> scopes() {
            Set<String> scopes = new TreeSet<>();
            for (AppEvent act : granted()) {
                Object details = act.getDetails().orElse(null);
                if (details instanceof Consent consent) {
                    scopes.addAll(consent.getScopes());
                } else if (details instanceof DelegatedGrant grant) {
                    scopes.addAll(grant.getScopes());
                    scopes.addAll(grant.getAdded());
                }
            }
            return scopes;
        }

        /** App IDs of the APIs of each scope whose grant names its API; an API that is not known counts as {@code -}. */
        Map<String, Set<String>> apisByScope() {
            Map<String, Set<String>> apis = new TreeMap<>();
            for (AppEvent act : granted()) {
                if (act.getDetails().orElse(null) instanceof DelegatedGrant grant
                        && grant.getResourceName().isPresent()) {
                    Stream.concat(grant.getScopes().stream(), grant.getAdded().stream())
                            .forEach(scope -> apis.computeIfAbsent(scope, key -> new TreeSet<>())
                                    .add(Grants.apiNamed(grant.getResourceName().get())));
                }
            }
            return apis;
        }

        /** Name for sentences. */
        String label() {
            return main().getActor().getName().orElse(user);
        }
    }

    /** All clicks among the acts of user days, by time, then user. */
    static List<Click> of(Collection<UserDay> days) {
        List<AppEvent> acts = days.stream()
                .flatMap(day -> day.getActs().stream())
                .filter(Clicks::asks)
                .toList();
        Map<String, String> objectIds = objectIds(acts);
        Map<String, List<AppEvent>> byClick = new TreeMap<>();
        for (AppEvent act : acts) {
            String user = user(act, objectIds);
            String click = act.getCorrelationId().orElse(act.getEventId());
            byClick.computeIfAbsent(user + "\n" + click, key -> new ArrayList<>())
                    .add(act);
        }
        List<Click> clicks = new ArrayList<>();
        byClick.forEach(
                (key, members) -> clicks.add(new Click(key.substring(0, key.indexOf('\n')), Facts.distinct(members))));
        clicks.sort(Comparator.comparing(Click::at)
                .thenComparing(Click::user)
                .thenComparing(click -> click.acts().get(0).getEventId()));
        return List.copyOf(clicks);
    }

    /** Whether an act belongs to a consent of the user who did it, granted or not. */
    private static boolean asks(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (Facts.is(act, Operations.CONSENT)) {
            return Acts.isUserLevel(act);
        }
        if (Facts.is(act, Operations.ADD_APP_ROLE_TO_USER) && details instanceof AppRoleToUser) {
            return !Acts.assignsUser(act);
        }
        return Facts.is(act, Operations.ADD_DELEGATED_GRANT)
                && details instanceof DelegatedGrant grant
                && grant.getPrincipalId()
                        .map(id -> Actors.keys(act.getActor()).contains(id.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    private static String user(AppEvent act, Map<String, String> objectIds) {
        String key = Acts.userKey(act);
        return objectIds.getOrDefault(key, key);
    }

    /** Object ids by user principal name, learned from every act that states both. */
    private static Map<String, String> objectIds(List<AppEvent> acts) {
        Map<String, String> objectIds = new HashMap<>();
        for (AppEvent act : acts) {
            Optional<String> name = act.getActor().getName().map(text -> text.toLowerCase(Locale.ROOT));
            Optional<String> id = act.getActor().getId().map(text -> text.toLowerCase(Locale.ROOT));
            if (name.isPresent() && id.isPresent()) {
                objectIds.merge(name.get(), id.get(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
        return objectIds;
    }
}
