package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scopes of the policy's sets that single users granted an application, by their consents or by grants that others made for them. */
public final class UserScopes {

    /** Most entries of users and days that are read; the earliest. */
    private static final int MOST_DAYS = 128;

    private UserScopes() {}

    /**
     * A scope that a user granted.
     *
     * @param act the act that shows who consented
     * @param takenBy the earliest later act that took it from the user
     */
    public record Scope(Permission permission, AppEvent act, Optional<AppEvent> takenBy) {

        /** Whether it was granted by a time and not taken by another; where the logs tell no order, it was there. */
        public boolean meets(Instant from, Instant to) {
            return Facts.mayPrecede(act.getEventTime(), to)
                    && takenBy.filter(taken -> Facts.surelyBefore(taken.getEventTime(), from))
                            .isEmpty();
        }
    }

    /** Those of some sets, by time, of the users and days that come first. */
    public static List<Scope> of(ApplicationHistory history, PermissionSets sets, List<String> names) {
        ActsOfUsers read = ActsOfUsers.of(history, MOST_DAYS);
        List<AppEvent> acts = read.acts().stream().filter(Facts::succeeded).toList();
        List<Scope> scopes = new ArrayList<>();
        for (Click click : read.clicks()) {
            click.permissions(sets, names)
                    .forEach(permission -> scopes.add(new Scope(
                            permission,
                            click.main(),
                            acts.stream()
                                    .filter(act -> takes(act, click, permission))
                                    .findFirst())));
        }
        return List.copyOf(scopes);
    }

    private static boolean takes(AppEvent act, Click click, Permission permission) {
        return act.getEventTime().isAfter(click.at())
                && !Facts.ofOneClick(act, click.main())
                && Details.of(act, DelegatedGrant.class)
                        .filter(grant -> grant.getPrincipalId()
                                .filter(click.user()::equalsIgnoreCase)
                                .isPresent())
                        .filter(grant -> grant.getRemoved().stream().anyMatch(permission.value()::equalsIgnoreCase))
                        .isPresent();
    }
}
