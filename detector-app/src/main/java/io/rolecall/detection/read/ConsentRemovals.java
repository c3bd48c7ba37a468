package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Acts;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which scopes of a user were taken away again. An event of a removed grant may name no user: then it is the grant of the only
 * user who had consented until then, and of several users' it is not known whose.
 */
public final class ConsentRemovals {

    private static final String OFFLINE_ACCESS = "offline_access";

    private final List<Click> consents;
    private final List<AppEvent> removals;
    private final boolean everybodyKnown;

    /**
     * Over what was read of an application.
     *
     * @param consents every click that was read and gave the application something
     * @param acts every act of single users that was read
     * @param complete whether that is all of them that the history holds
     */
    public ConsentRemovals(SubjectHistory history, List<Click> consents, List<AppEvent> acts, boolean complete) {
        this.consents = List.copyOf(consents);
        this.removals = Stream.concat(acts.stream(), history.acts().stream())
                .filter(Facts::succeeded)
                .filter(act -> act.getDetails().orElse(null) instanceof DelegatedGrant grant
                        && !grant.getRemoved().isEmpty()
                        && grant.getConsentType()
                                .filter(type -> !type.equals("principal"))
                                .isEmpty())
                .sorted(Facts.ORDER)
                .toList();
        this.everybodyKnown =
                complete && asked(history, acts) >= history.profile().getConsentUsers();
    }

    /** Whether the application keeps its access without the user: by the click, or by an earlier one not taken back since. */
    boolean lasts(Click click) {
        return click.scopes().contains(OFFLINE_ACCESS)
                || consents.stream()
                        .filter(other ->
                                other.user().equals(click.user()) && !other.at().isAfter(click.at()))
                        .filter(other -> other.scopes().contains(OFFLINE_ACCESS))
                        .anyMatch(other -> removals.stream()
                                .filter(act -> Facts.notBefore(act, other.main())
                                        && Facts.surelyBefore(act.getEventTime(), click.at()))
                                .noneMatch(act -> takes(act, click.user(), OFFLINE_ACCESS, any -> true)));
    }

    /** Whether each of the permissions was taken from the user after a click. */
    public boolean tookAll(String user, List<Permission> permissions, AppEvent click) {
        return permissions.stream().allMatch(permission -> took(user, permission.value(), ofApi(permission), click));
    }

    /** The act by which the last scope of a click was taken from its user; empty while any is left, and of one that states none. */
    Optional<AppEvent> endOf(Click click) {
        List<Optional<AppEvent>> ends = click.scopes().stream()
                .map(scope -> removals.stream()
                        .filter(act -> Facts.notBefore(act, click.main()) && !Facts.ofOneClick(act, click.main()))
                        .filter(act -> takes(act, click.user(), scope, any -> true))
                        .findFirst())
                .toList();
        return ends.stream().allMatch(Optional::isPresent)
                ? ends.stream().flatMap(Optional::stream).max(Facts.ORDER)
                : Optional.empty();
    }

    /** Whether a scope was taken from the user after a click, by a change of a grant of the right API. */
    boolean took(String user, String scope, Predicate<DelegatedGrant> ofApi, AppEvent click) {
        return removals.stream()
                .filter(act -> Facts.notBefore(act, click) && !Facts.ofOneClick(act, click))
                .anyMatch(act -> takes(act, user, scope, ofApi));
    }

    /** The acts that took a permission from a user, by time. */
    List<AppEvent> of(String user, Permission permission) {
        return removals.stream()
                .filter(act -> takes(act, user, permission.value(), ofApi(permission)))
                .toList();
    }

    private static Predicate<DelegatedGrant> ofApi(Permission permission) {
        return grant -> grant.getResourceName()
                .map(Grants::apiNamed)
                .filter(named -> !named.equals(permission.resourceAppId()))
                .isEmpty();
    }

    private boolean takes(AppEvent act, String user, String scope, Predicate<DelegatedGrant> ofApi) {
        if (!(act.getDetails().orElse(null) instanceof DelegatedGrant grant)
                || grant.getRemoved().stream().noneMatch(scope::equalsIgnoreCase)) {
            return false;
        }
        return ofApi.test(grant)
                && grant.getPrincipalId().map(user::equalsIgnoreCase).orElseGet(() -> isOnlyUserUntil(act, user));
    }

    private boolean isOnlyUserUntil(AppEvent removal, String user) {
        return everybodyKnown
                && consents.stream()
                        .filter(click -> Facts.mayPrecede(click.at(), removal.getEventTime()))
                        .allMatch(click -> click.user().equals(user));
    }

    /** Users who were asked, as the profile counts them; of those it knows, some may be older than the history. */
    static long asked(SubjectHistory history, List<AppEvent> acts) {
        Set<String> tenantWide = Clicks.tenantWide(history);
        return acts.stream()
                .filter(act -> Acts.asksUser(act) && !tenantWide.contains(Clicks.click(act)))
                .map(Acts::userKey)
                .distinct()
                .count();
    }
}
