package io.rolecall.source;

import io.rolecall.schema.ConsentedApi;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of {@code ConsentAction.Permissions}: {@code [old groups] => [new groups];}, each group
 * {@code [Id: .., ClientId: .., PrincipalId: .., ResourceId: .., ConsentType: .., Scope: a b c, ..]}.
 */
final class ConsentPermissions {

    /**
     * One grant.
     *
     * @param clientId service principal id of the client; null when it was created by the same consent (the log holds zeros)
     * @param resourceId service principal id of the API
     * @param ofOneUser whether it is a grant of one user
     * @param forAll whether it is a grant for all; where the group does not tell, neither
     * @param scopes its scopes, in the order of the log
     */
    record Grant(
            @Nullable String clientId,
            @Nullable String resourceId,
            boolean ofOneUser,
            boolean forAll,
            List<String> scopes) {}

    private static final String ARROW = "=>";
    private static final Pattern GROUP_START = Pattern.compile("\\[\\s*Id:");
    private static final Pattern CLIENT = Pattern.compile("ClientId:([^,\\]]*)");
    private static final Pattern RESOURCE = Pattern.compile("ResourceId:([^,\\]]*)");
    private static final Pattern TYPE = Pattern.compile("ConsentType:([^,\\]]*)");
    private static final Pattern SCOPE = Pattern.compile("Scope:([^,\\]]*)");

    private ConsentPermissions() {}

    /** The grants after the consent, which are those right of the arrow; empty when the text is no such list. */
    static List<Grant> after(@Nullable String text) {
        int arrow = text == null ? -1 : text.indexOf(ARROW);
        return text == null || arrow < 0 ? List.of() : grants(text.substring(arrow + ARROW.length()));
    }

    /** The grants before the consent, which are those left of the arrow; empty when the text is no such list. */
    static List<Grant> before(@Nullable String text) {
        int arrow = text == null ? -1 : text.indexOf(ARROW);
        return text == null || arrow < 0 ? List.of() : grants(text.substring(0, arrow));
    }

    private static List<Grant> grants(String side) {
        List<Grant> grants = new ArrayList<>();
        Matcher starts = GROUP_START.matcher(side);
        int from = starts.find() ? starts.start() : -1;
        while (from >= 0) {
            int to = starts.find() ? starts.start() : -1;
            String group = side.substring(from, to < 0 ? side.length() : to);
            grants.add(new Grant(
                    Values.guid(value(CLIENT, group)),
                    Values.guid(value(RESOURCE, group)),
                    isType("Principal", group),
                    isType("AllPrincipals", group),
                    scopes(value(SCOPE, group))));
            from = to;
        }
        return grants;
    }

    private static boolean isType(String type, String group) {
        String stated = value(TYPE, group);
        return stated != null && stated.strip().equalsIgnoreCase(type);
    }

    /** Distinct scopes of all grants, in the order of the log. */
    static List<String> scopes(List<Grant> grants) {
        Set<String> scopes = new LinkedHashSet<>();
        grants.forEach(grant -> scopes.addAll(grant.scopes()));
        return List.copyOf(scopes);
    }

    /** Distinct ids of the APIs of all grants, in the order of the log. */
    static List<String> resources(List<Grant> grants) {
        Set<String> resources = new LinkedHashSet<>();
        for (Grant grant : grants) {
            String resource = grant.resourceId();
            if (resource != null) {
                resources.add(resource);
            }
        }
        return List.copyOf(resources);
    }

    /**
     * The scopes of each API, in the order of their ids; empty when the consent covers one, whose are all of them, and when a group
     * names none.
     */
    static List<ConsentedApi> byApi(List<Grant> after, List<Grant> before) {
        boolean all = Stream.concat(after.stream(), before.stream()).allMatch(grant -> grant.resourceId() != null);
        List<String> resources = resources(after);
        return !all || resources.size() < 2
                ? List.of()
                : resources.stream()
                        .sorted()
                        .map(api -> new ConsentedApi(api, scopes(of(api, after)), scopes(of(api, before))))
                        .toList();
    }

    private static List<Grant> of(String api, List<Grant> grants) {
        return grants.stream().filter(grant -> api.equals(grant.resourceId())).toList();
    }

    /** The scopes in a text separated by white space, without doubles. */
    static List<String> scopes(@Nullable String text) {
        Set<String> scopes = new LinkedHashSet<>();
        if (text != null) {
            for (String scope : text.strip().split("\\s+", -1)) {
                if (!scope.isEmpty()) {
                    scopes.add(scope);
                }
            }
        }
        return List.copyOf(scopes);
    }

    private static @Nullable String value(Pattern pattern, String group) {
        Matcher matcher = pattern.matcher(group);
        return matcher.find() ? matcher.group(1) : null;
    }
}
