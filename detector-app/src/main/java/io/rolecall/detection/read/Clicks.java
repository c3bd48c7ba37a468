package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.state.UserDay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Consents of single users. One click is several events with one correlation id: the consent, a delegated grant for each API, an
 * app role grant to the user. An assignment is no consent, and neither is what an administrator's consent for the whole tenant
 * gives to the administrator by the way.
 */
public final class Clicks {

    /** Operations of which a click consists. */
    public static final List<String> OPERATIONS =
            List.of(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER, Operations.ADD_DELEGATED_GRANT);

    private final Set<String> tenantWide;
    private final List<AppEvent> acts;
    private final Map<String, String> objectIds;
    private final Set<String> consents = new HashSet<>();

    private Clicks(Collection<UserDay> days, Set<String> tenantWide) {
        this.tenantWide = tenantWide;
        this.acts = days.stream()
                .flatMap(day -> day.getActs().stream())
                .filter(this::asks)
                .toList();
        this.objectIds = objectIds(acts);
        acts.stream()
                .filter(act -> Facts.is(act, Operations.CONSENT))
                .map(Clicks::click)
                .forEach(consents::add);
    }

    /**
     * All clicks among the acts of user days, by time, then user.
     *
     * @param history the application's acts tell which clicks were for the whole tenant
     */
    public static List<Click> of(Collection<UserDay> days, SubjectHistory history) {
        return new Clicks(days, tenantWide(history)).clicks();
    }

    /** The clicks by which somebody consented for the whole tenant: by a consent, or only by its grants. */
    public static Set<String> tenantWide(SubjectHistory history) {
        Set<String> clicks = new HashSet<>();
        history.acts().stream().filter(Acts::isTenantWide).map(Clicks::click).forEach(clicks::add);
        return clicks;
    }

    /** What the events of one click have in common. */
    public static String click(AppEvent act) {
        return act.getCorrelationId().orElse(act.getEventId());
    }

    private List<Click> clicks() {
        Map<String, List<AppEvent>> byClick = new TreeMap<>();
        for (AppEvent act : acts) {
            byClick.computeIfAbsent(user(act) + "\n" + click(act), key -> new ArrayList<>())
                    .add(act);
        }
        List<Click> clicks = new ArrayList<>();
        byClick.forEach((key, members) -> clicks.add(
                new Click(key.substring(0, key.indexOf('\n')), Facts.distinct(members), byAnother(members))));
        clicks.sort(Comparator.comparing(Click::at)
                .thenComparing(Click::user)
                .thenComparing(click -> click.acts().get(0).getEventId()));
        return List.copyOf(clicks);
    }

    /** Whether an act belongs to a consent of the user whom it concerns, granted or not. */
    private boolean asks(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (!Acts.isUserLevel(act) || tenantWide.contains(click(act))) {
            return false;
        }
        if (details instanceof DelegatedGrant grant) {
            // An amended grant may be logged as a removal whose new list is the larger one.
            return Facts.is(act, Operations.ADD_DELEGATED_GRANT)
                    || !grant.getAdded().isEmpty();
        }
        return Facts.is(act, Operations.CONSENT)
                || (Facts.is(act, Operations.ADD_APP_ROLE_TO_USER)
                        && details instanceof AppRoleToUser
                        && !Acts.assignsUser(act));
    }

    /** Whether only grants that somebody else made give the user access: no consent, and the actor is known to be another. */
    private boolean byAnother(List<AppEvent> members) {
        return members.stream().allMatch(this::isByAnother);
    }

    private boolean isByAnother(AppEvent act) {
        if (!(act.getDetails().orElse(null) instanceof DelegatedGrant grant)
                || grant.getPrincipalId().isEmpty()
                || consents.contains(click(act))) {
            return false;
        }
        String principal = grant.getPrincipalId().orElseThrow().toLowerCase(Locale.ROOT);
        Set<String> actor = Actors.keys(act.getActor());
        boolean itsOwn =
                actor.contains(principal) || actor.stream().anyMatch(name -> principal.equals(objectIds.get(name)));
        boolean known = act.getActor().getId().isPresent()
                || act.getActor().getServicePrincipalId().isPresent()
                || actor.stream().anyMatch(objectIds::containsKey);
        return known && !itsOwn;
    }

    private String user(AppEvent act) {
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
