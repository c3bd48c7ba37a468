package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.OperationGroups;
import io.rolecall.policy.RoleTemplates;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DirectoryRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Directory roles that were given, in all the ways that Entra ID and its privileged identity management log, and taken again. */
public final class DirectoryRoles {

    /** Operations that give a role or take it away. */
    public static final Set<String> CHANGES = OperationGroups.DIRECTORY_ROLES;

    /** Operations that give a role. */
    public static final Set<String> GIVES =
            CHANGES.stream().filter(DirectoryRoles::gives).collect(Collectors.toUnmodifiableSet());

    private static final String UNKNOWN = "unknown";

    private DirectoryRoles() {}

    /**
     * One time that a role was given.
     *
     * @param act the successful act that gave it
     * @param role what the log says of it
     * @param takenBy the earliest act after it that took the same role away, for the same part of the directory
     */
    public record Given(AppEvent act, DirectoryRole role, Optional<AppEvent> takenBy) {

        /** Template id, lower case; where no event states it, the one that the role's English name has. */
        public Optional<String> template() {
            return stated().or(() -> role.getRoleName().flatMap(RoleTemplates::id));
        }

        /** Whether the log states the template, so that it need not be told from the name. */
        public boolean isStated() {
            return stated().isPresent();
        }

        /** What makes it one role: its template, else its name, lower case. */
        public String key() {
            return DirectoryRoles.key(role);
        }

        /** For sentences: its name, else its template. */
        public String label() {
            return role.getRoleName().or(role::getRoleTemplateId).orElse("of unknown name");
        }

        /** Whether Microsoft marks it as privileged; a custom role is not. */
        public boolean isPrivileged() {
            return template().filter(RoleTemplates::isPrivileged).isPresent();
        }

        /** Whether it holds for a part of the directory alone. */
        public boolean isScoped() {
            return role.getScope().isPresent();
        }

        public boolean isEligible() {
            return role.getAssignment().filter("eligible"::equals).isPresent();
        }

        private Optional<String> stated() {
            return role.getRoleTemplateId().map(id -> id.toLowerCase(Locale.ROOT));
        }
    }

    /** Every role that was given successfully, by time. */
    public static List<Given> given(List<AppEvent> acts) {
        List<AppEvent> ordered =
                acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).toList();
        List<Given> given = new ArrayList<>();
        for (AppEvent act : ordered) {
            if (GIVES.contains(act.getOperation())) {
                role(act)
                        .ifPresent(role -> given.add(new Given(
                                act,
                                role,
                                ordered.stream().filter(takes(act, role)).findFirst())));
            }
        }
        return given;
    }

    /** The roles that were given, and when each was given and taken, for each part of the directory and way of holding it. */
    public static List<Privilege> privileges(List<AppEvent> acts) {
        Map<String, Privilege> found = new TreeMap<>();
        Map<String, List<Privilege.Change>> changes = new TreeMap<>();
        acts.stream()
                .filter(act -> Facts.succeeded(act) && CHANGES.contains(act.getOperation()))
                .forEach(act -> role(act).ifPresent(role -> {
                    String thing = key(role) + "\n" + role.getScope().orElse("") + "\n"
                            + role.getAssignment().orElse("");
                    found.putIfAbsent(thing, new Privilege(key(role), "", label(role), Optional.empty(), List.of()));
                    changes.computeIfAbsent(thing, any -> new ArrayList<>())
                            .add(new Privilege.Change(act, gives(act.getOperation())));
                }));
        return found.entrySet().stream()
                .map(entry -> entry.getValue().with(changes.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private static String label(DirectoryRole role) {
        return "directory role "
                + role.getRoleName().or(role::getRoleTemplateId).orElse("of unknown name");
    }

    private static Predicate<AppEvent> takes(AppEvent given, DirectoryRole role) {
        return act -> CHANGES.contains(act.getOperation())
                && !gives(act.getOperation())
                && Facts.ORDER.compare(act, given) > 0
                && role(act).filter(taken -> same(taken, role)).isPresent();
    }

    private static boolean same(DirectoryRole one, DirectoryRole other) {
        return key(one).equals(key(other))
                && one.getScope().equals(other.getScope())
                && one.getAssignment().equals(other.getAssignment());
    }

    static String key(DirectoryRole role) {
        return role.getRoleTemplateId()
                .or(() -> role.getRoleName().flatMap(RoleTemplates::id))
                .or(role::getRoleName)
                .orElse(UNKNOWN)
                .toLowerCase(Locale.ROOT);
    }

    static Optional<DirectoryRole> role(AppEvent act) {
        return Details.of(act, DirectoryRole.class);
    }

    static boolean gives(String operation) {
        return operation.startsWith("add-");
    }
}
