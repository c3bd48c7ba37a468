package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Acts;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentedApi;
import io.rolecall.schema.DelegatedGrant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Reads what clicks really added to delegated grants, by API. It is told by the difference of the lists, whatever the operation is
 * called: an amended grant may be logged as a removal whose new list is the larger one. A consent counts for the APIs of which the
 * click shows no grant, by exact token.
 */
public final class Gains {

    /** Principal of a grant for all users. */
    public static final String ALL = "all";

    private final Map<String, String> appIds = new TreeMap<>();
    private final Map<String, String> objectIds = new TreeMap<>();

    /** @param acts every act that was read: some name an API whose object id alone stands in others */
    Gains(Collection<AppEvent> acts) {
        for (AppEvent act : acts) {
            details(act).ifPresent(this::learn);
        }
    }

    private void learn(DelegatedGrant grant) {
        if (grant.getResourceId().isPresent() && grant.getResourceName().isPresent()) {
            String id = grant.getResourceId().get();
            String appId = Grants.apiNamed(grant.getResourceName().get());
            appIds.merge(id, appId, Gains::known);
            if (!appId.equals(Grants.UNKNOWN_API)) {
                objectIds.merge(appId, id, Gains::known);
            }
        }
    }

    private static String known(String one, String other) {
        if (one.equals(Grants.UNKNOWN_API)) {
            return other;
        }
        return other.equals(Grants.UNKNOWN_API) || one.compareTo(other) <= 0 ? one : other;
    }

    /** What was given for all users, by time. */
    public static List<Gain> forAll(SubjectHistory history) {
        return forAll(history.acts());
    }

    /** The same of some acts. */
    static List<Gain> forAll(List<AppEvent> all) {
        List<AppEvent> acts =
                all.stream().filter(Facts::succeeded).filter(Acts::isTenantWide).toList();
        Gains gains = new Gains(acts);
        return acts.stream()
                .collect(Collectors.groupingBy(Clicks::click, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(
                        click -> gains
                                .of(click, ALL, (gain, scope) -> acts.stream()
                                        .anyMatch(act -> gains.takes(act, gain, scope)))
                                .stream())
                .sorted(Gain.ORDER)
                .toList();
    }

    /** Whether an act takes a scope of the same API away that was given before. */
    private boolean takes(AppEvent act, Gain gain, String scope) {
        return Facts.notBefore(act, gain.act())
                && !Facts.ofOneClick(act, gain.act())
                && details(act)
                        .filter(grant -> isOf(grant, gain))
                        .filter(grant -> grant.getRemoved().stream().anyMatch(scope::equalsIgnoreCase))
                        .isPresent();
    }

    /** Whether a grant is one of the API of a gain, or of one of them. */
    boolean isOf(DelegatedGrant grant, Gain gain) {
        return List.of(gain.api().split(" ", -1)).contains(key(grant));
    }

    /**
     * What one click added.
     *
     * @param click its successful acts
     * @param lost whether a scope of a gain was taken away again later
     */
    List<Gain> of(List<AppEvent> click, String principal, BiPredicate<Gain, String> lost) {
        Map<String, List<AppEvent>> grants = new TreeMap<>();
        Set<String> listed = Gain.anyCase(List.of());
        for (AppEvent act : click) {
            details(act).ifPresent(grant -> {
                listed.addAll(grant.getScopes());
                grants.computeIfAbsent(key(grant), api -> new ArrayList<>()).add(act);
            });
        }
        List<Gain> gains = new ArrayList<>();
        grants.forEach((api, acts) -> ofGrant(api, acts, click, principal).ifPresent(gains::add));
        for (AppEvent act : click) {
            Details.of(act, Consent.class)
                    .ifPresent(consent ->
                            gains.addAll(ofConsent(act, consent, click, principal, listed, grants.keySet())));
        }
        return gains.stream()
                .map(gain -> gain.losing(scope -> lost.test(gain, scope)))
                .toList();
    }

    /** The acts of one click on one grant are one change: what one of them takes and another gives was there before. */
    private Optional<Gain> ofGrant(String api, List<AppEvent> acts, List<AppEvent> click, String principal) {
        Set<String> added = Gain.anyCase(List.of());
        Set<String> removed = Gain.anyCase(List.of());
        Set<String> before = Gain.anyCase(List.of());
        Set<String> ofOneUser = Gain.anyCase(List.of());
        for (AppEvent act : acts) {
            DelegatedGrant grant = details(act).orElseThrow();
            ofOneUser.addAll(grant.getBefore());
            added.addAll(grant.getAdded());
            removed.addAll(grant.getRemoved());
            before.addAll(before(grant));
        }
        boolean existing = !added.containsAll(before) || !removed.isEmpty();
        added.removeAll(removed);
        return added.isEmpty()
                ? Optional.empty()
                : acts.stream()
                        .filter(act -> !details(act).orElseThrow().getAdded().isEmpty())
                        .min(Facts.ORDER)
                        .map(act -> new Gain(
                                act,
                                click,
                                api,
                                acts.stream()
                                        .flatMap(one -> appId(details(one).orElseThrow()).stream())
                                        .reduce(Gains::known),
                                principal,
                                added,
                                existing,
                                ofOneUser,
                                Set.of()));
    }

    private List<Gain> ofConsent(
            AppEvent act,
            Consent consent,
            List<AppEvent> click,
            String principal,
            Set<String> listed,
            Set<String> told) {
        if (!consent.getByApi().isEmpty()) {
            return consent.getByApi().stream()
                    .filter(api -> !told.contains(api.getResourceId()))
                    .flatMap(api -> ofConsent(act, api, click, principal).stream())
                    .toList();
        }
        Set<String> untold = new TreeSet<>(consent.getResources());
        untold.removeAll(told);
        if (untold.isEmpty() && !consent.getResources().isEmpty()) {
            return List.of();
        }
        Set<String> before = Gain.anyCase(consent.getBefore());
        Map<String, Set<String>> byApi = new TreeMap<>();
        consent.getScopes().stream()
                .filter(scope -> !before.contains(scope) && !listed.contains(scope))
                .forEach(scope -> byApi.computeIfAbsent(api(untold, scope), key -> Gain.anyCase(List.of()))
                        .add(scope));
        List<Gain> gains = new ArrayList<>();
        byApi.forEach((api, scopes) -> gains.add(new Gain(
                act,
                click,
                api,
                Optional.ofNullable(appIds.get(api)),
                principal,
                scopes,
                !before.isEmpty(),
                Set.of(),
                Set.of())));
        return gains;
    }

    /** What a consent tells of one API whose grant is missing, where it tells of several. */
    private Optional<Gain> ofConsent(AppEvent act, ConsentedApi api, List<AppEvent> click, String principal) {
        Set<String> added = Gain.anyCase(api.getScopes());
        api.getBefore().forEach(added::remove);
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gain(
                        act,
                        click,
                        api.getResourceId(),
                        Optional.ofNullable(appIds.get(api.getResourceId())),
                        principal,
                        added,
                        !api.getBefore().isEmpty(),
                        Set.of(),
                        Set.of()));
    }

    /** The API of a scope among those of a consent: the only one, the one that publishes it, or all that it may be of. */
    private String api(Set<String> untold, String scope) {
        List<String> publishing = untold.stream()
                .filter(id -> Optional.ofNullable(appIds.get(id))
                        .filter(app -> PermissionNames.exists(new Permission(app, scope, Permission.Type.DELEGATED)))
                        .isPresent())
                .toList();
        List<String> unnamed =
                untold.stream().filter(id -> !appIds.containsKey(id)).toList();
        if (!publishing.isEmpty()) {
            return publishing.get(0);
        }
        if (!unnamed.isEmpty()) {
            return String.join(" ", unnamed);
        }
        return untold.isEmpty() ? Grants.UNKNOWN_API : untold.iterator().next();
    }

    /** What identifies the API of a grant: its object id, where no act shows that its App ID. */
    private String key(DelegatedGrant grant) {
        return grant.getResourceId()
                .or(() -> appId(grant).map(app -> objectIds.getOrDefault(app, app)))
                .orElse(Grants.UNKNOWN_API);
    }

    private Optional<String> appId(DelegatedGrant grant) {
        return grant.getResourceName().map(Grants::apiNamed).or(() -> grant.getResourceId()
                .map(appIds::get));
    }

    /**
     * What a grant for all had before, where that is what a user's grant of the same API had.
     *
     * @param act the grant for all
     * @param ofUsers successful acts of single users before it
     * @param forAll every grant for all
     */
    Optional<Gain> turned(AppEvent act, List<AppEvent> ofUsers, List<AppEvent> forAll) {
        DelegatedGrant grant = details(act).orElseThrow();
        Set<String> before = before(grant);
        boolean was = ofUsers.stream()
                .flatMap(one -> details(one).stream())
                .filter(one -> key(one).equals(key(grant)))
                .anyMatch(one -> Gain.anyCase(one.getScopes()).equals(before));
        Gain gain = new Gain(act, List.of(act), key(grant), appId(grant), ALL, before, true, before, Set.of());
        return was
                ? Optional.of(gain.losing(scope -> forAll.stream().anyMatch(later -> takes(later, gain, scope))))
                : Optional.empty();
    }

    /** The list before the change: what was not added, and what was removed. */
    static Set<String> before(DelegatedGrant grant) {
        Set<String> before = Gain.anyCase(grant.getScopes());
        grant.getAdded().forEach(before::remove);
        before.addAll(grant.getRemoved());
        return before;
    }

    static Optional<DelegatedGrant> details(AppEvent act) {
        return Details.of(act, DelegatedGrant.class);
    }
}
