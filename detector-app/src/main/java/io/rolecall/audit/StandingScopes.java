package io.rolecall.audit;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionNames;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scopes for everybody that were there before the logs began: a grant that is amended states its whole list, and with it what nobody
 * is seen to have granted.
 */
final class StandingScopes {

    private StandingScopes() {}

    /**
     * One of them.
     *
     * @param resource name of the API
     */
    record Standing(Permission permission, @Nullable String resource) {}

    /** Those that the latest list still has, by API and name. */
    static List<Standing> of(List<AppEvent> acts) {
        Map<String, Standing> standing = new TreeMap<>();
        acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).forEach(act -> Details.of(act, DelegatedGrant.class)
                .filter(grant ->
                        grant.getConsentType().filter("all-principals"::equals).isPresent())
                .ifPresent(grant -> read(grant, standing)));
        return List.copyOf(standing.values());
    }

    private static void read(DelegatedGrant grant, Map<String, Standing> standing) {
        String resource = grant.getResourceName().map(String::strip).orElse(null);
        String api = grant.getResourceName()
                .flatMap(name -> Resources.appIdOfDisplayName(name.strip()))
                .orElse("-");
        if (resource == null) {
            return;
        }
        for (String scope : grant.getScopes()) {
            if (grant.getAdded().stream().noneMatch(scope::equalsIgnoreCase)) {
                Permission permission =
                        PermissionNames.published(new Permission(api, scope, Permission.Type.DELEGATED));
                standing.put(key(resource, scope), new Standing(permission, resource));
            }
        }
        grant.getRemoved().forEach(scope -> standing.remove(key(resource, scope)));
    }

    private static String key(String resource, String scope) {
        return (resource + "/" + scope).toLowerCase(Locale.ROOT);
    }
}
