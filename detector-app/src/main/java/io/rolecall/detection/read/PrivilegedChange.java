package io.rolecall.detection.read;

import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.Involvement;
import io.rolecall.event.OperationGroups;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.MailFlow;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A successful act that changes who may do what in the whole tenant.
 *
 * @param kind which sort of act, as alerts hang on it
 * @param what what was done, for sentences
 */
public record PrivilegedChange(AppEvent act, Kind kind, String what) {

    /** The sorts of such acts. */
    public enum Kind {
        DIRECTORY_ROLE,
        CONDITIONAL_ACCESS,
        AUTHENTICATION_POLICY,
        GRANT_POLICY,
        DOMAIN,
        USER_CREATED,
        PASSWORD_RESET,
        EXCHANGE_ROLE;

        /** The name in alerts, kebab case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it is an administrator's daily work when a person does it. */
        public boolean isDailyWork() {
            return this == USER_CREATED || this == PASSWORD_RESET;
        }
    }

    /** Operations whose name says it, and what they do. */
    private static final Map<String, Kind> NAMED = named();

    /** Changes of a domain that count when they change how its users sign in. */
    private static final String UPDATE_DOMAIN = "update-domain";

    private static final Pattern FEDERATES =
            Pattern.compile("federat|authenticationtype|livetype|issuer|signinguri|trust");

    /** A person takes up a role that others gave. */
    private static final String ACTIVATION = "add-member-to-role-completed-pim-activation";

    /** Roles by which an application reaches mailboxes. */
    private static final Pattern OF_APPLICATIONS = Pattern.compile("application ?impersonation|application .+");

    private static final Pattern SEPARATORS = Pattern.compile("[,;|]");

    /** Operations that may be such an act. */
    public static final Set<String> OPERATIONS = Stream.of(
                    NAMED.keySet(), DirectoryRoles.GIVES, OperationGroups.EXCHANGE_ROLES, Set.of(UPDATE_DOMAIN))
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static Map<String, Kind> named() {
        Map<String, Kind> kinds = new TreeMap<>();
        Stream.of("add", "update", "delete").forEach(verb -> {
            kinds.put(verb + "-conditional-access-policy", Kind.CONDITIONAL_ACCESS);
            kinds.put(verb + "-named-location", Kind.CONDITIONAL_ACCESS);
            kinds.put(verb + "-permission-grant-policy", Kind.GRANT_POLICY);
        });
        Stream.of(
                        "authentication-methods-policy-update",
                        "authentication-methods-policy-reset",
                        "authentication-method-policy-update",
                        "authentication-strength-policy-create",
                        "authentication-strength-policy-update",
                        "authentication-strength-policy-delete",
                        "update-security-defaults")
                .forEach(operation -> kinds.put(operation, Kind.AUTHENTICATION_POLICY));
        Stream.of("update-authorization-policy", "update-consent-request-policy", "update-admin-consent-request-policy")
                .forEach(operation -> kinds.put(operation, Kind.GRANT_POLICY));
        Stream.of(
                        "add-unverified-domain",
                        "add-verified-domain",
                        "verify-domain",
                        "verify-email-verified-domain",
                        "set-domain-authentication",
                        "set-federation-settings-on-domain")
                .forEach(operation -> kinds.put(operation, Kind.DOMAIN));
        Stream.of("add-user", "invite-external-user").forEach(operation -> kinds.put(operation, Kind.USER_CREATED));
        Stream.of(
                        "reset-user-password",
                        "reset-password-by-admin",
                        "admin-registered-temporary-access-pass-method-for-user")
                .forEach(operation -> kinds.put(operation, Kind.PASSWORD_RESET));
        return Map.copyOf(kinds);
    }

    /** Whose act it is: that of the application that did it, where Exchange logs it of the application that called. */
    public Involvement part() {
        return kind == Kind.EXCHANGE_ROLE ? Involvement.TARGET : Involvement.INITIATOR;
    }

    /** With its time, for conditions. */
    public String label() {
        return what + " at " + Facts.time(act.getEventTime());
    }

    /**
     * The changes among some acts, by time.
     *
     * @param acts what one subject did
     * @param applications acts that tell ids and names of applications and their service principals
     */
    public static List<PrivilegedChange> of(Collection<AppEvent> acts, Collection<AppEvent> applications) {
        Set<String> ids = new HashSet<>();
        applications.forEach(act -> {
            act.getAppId().ifPresent(ids::add);
            act.getServicePrincipalId().ifPresent(ids::add);
            act.getAppDisplayName()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .ifPresent(ids::add);
        });
        return acts.stream()
                .filter(Facts::succeeded)
                .sorted(Facts.ORDER)
                .flatMap(act -> of(act, ids).stream())
                .toList();
    }

    private static Optional<PrivilegedChange> of(AppEvent act, Set<String> applications) {
        String operation = act.getOperation();
        if (DirectoryRoles.GIVES.contains(operation)) {
            boolean takenUp =
                    operation.equals(ACTIVATION) && act.getActor().getType().equals("user");
            return takenUp
                    ? Optional.empty()
                    : DirectoryRoles.role(act).map(role -> new PrivilegedChange(act, Kind.DIRECTORY_ROLE, given(role)));
        }
        if (OperationGroups.EXCHANGE_ROLES.contains(operation)) {
            return Details.of(act, MailFlow.class)
                    .filter(flow ->
                            !MailChange.isExchangesOwn(act) && givesToApplication(operation, flow, applications))
                    .map(flow -> new PrivilegedChange(act, Kind.EXCHANGE_ROLE, "ran " + flow.getCmdlet()));
        }
        Optional<ConsentPolicyChange> details = Details.of(act, ConsentPolicyChange.class);
        if (operation.equals(UPDATE_DOMAIN)) {
            return details.filter(PrivilegedChange::federates).map(any -> named(act, Kind.DOMAIN, details));
        }
        return Optional.ofNullable(NAMED.get(operation))
                .filter(kind -> kind != Kind.PASSWORD_RESET || !isOwn(act, details))
                .map(kind -> named(act, kind, details));
    }

    private static PrivilegedChange named(AppEvent act, Kind kind, Optional<ConsentPolicyChange> details) {
        String name = details.flatMap(one -> one.getTargetName().or(one::getTargetId))
                .map(text -> " on " + text)
                .orElse("");
        return new PrivilegedChange(act, kind, "did '" + act.getRawOperation().strip() + "'" + name);
    }

    private static String given(DirectoryRole role) {
        return "gave the directory role "
                + role.getRoleName().or(role::getRoleTemplateId).orElse("of unknown name");
    }

    private static boolean federates(ConsentPolicyChange change) {
        return change.getChanges().stream()
                .map(one -> one.getProperty().toLowerCase(Locale.ROOT))
                .anyMatch(property -> FEDERATES.matcher(property).find());
    }

    /** Whether somebody gave themselves another password. */
    private static boolean isOwn(AppEvent act, Optional<ConsentPolicyChange> details) {
        Set<String> names = Set.copyOf(Actors.keys(act.getActor()));
        return details.stream()
                .flatMap(one -> Stream.of(one.getTargetId(), one.getTargetName()))
                .flatMap(Optional::stream)
                .anyMatch(name -> names.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** An assignment names its application; a member of a role group is one when some act shows its id or its name as one's; some roles are for nothing else. */
    private static boolean givesToApplication(String operation, MailFlow flow, Set<String> applications) {
        if (!operation.startsWith("new-management-role") && !operation.contains("role-group")) {
            return false;
        }
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        parameters.putAll(flow.getParameters());
        boolean forApplications = Stream.of("Role", "Roles")
                .flatMap(name -> Optional.ofNullable(parameters.get(name)).stream())
                .flatMap(roles -> SEPARATORS.splitAsStream(roles.toLowerCase(Locale.ROOT)))
                .map(String::strip)
                .anyMatch(role -> OF_APPLICATIONS.matcher(role).matches());
        boolean member = Stream.of("Member", "Members")
                .flatMap(name -> Optional.ofNullable(parameters.get(name)).stream())
                .flatMap(members -> SEPARATORS.splitAsStream(members.toLowerCase(Locale.ROOT)))
                .map(String::strip)
                .anyMatch(applications::contains);
        return forApplications || member || !parameters.getOrDefault("App", "").isBlank();
    }
}
