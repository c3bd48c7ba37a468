package io.rolecall.audit;

import io.rolecall.audit.AuditFinding.Rule;
import io.rolecall.audit.KnownApplication.Owner;
import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.audit.KnownApplication.Redirect;
import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.audit.KnownTenant.Setting;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.RedirectFlaws.Flaw;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with how an application or a tenant is set up: a function of what is known, what was watched, and a time. */
final class Findings {

    /** So long unused, a privilege or credential is not needed. */
    static final Duration UNUSED = Duration.ofDays(90);

    /** What was not used for so long since it was given was never needed. */
    static final Duration SOON = Duration.ofDays(30);

    private static final Comparator<AuditFinding> WORST_FIRST = Comparator.comparing(AuditFinding::severity)
            .reversed()
            .thenComparing(AuditFinding::rule)
            .thenComparing(AuditFinding::about);

    private static final Set<String> WORST_FLAWS =
            Set.of(Flaw.TUNNEL.words(), Flaw.LOOKALIKE.words(), Flaw.WILDCARD.words());
    private static final String RISKY_APPS = "allowuserconsentforriskyapps";

    private final KnownApplication application;
    private final Watched watched;
    private final Instant asOf;
    private final List<AuditFinding> found = new ArrayList<>();

    private Findings(KnownApplication application, Watched watched, Instant asOf) {
        this.application = application;
        this.watched = watched;
        this.asOf = asOf;
    }

    /** Those of an application, worst first; none of Microsoft's own, whose set-up is not the organisation's. */
    static List<AuditFinding> of(KnownApplication application, Watched watched, Instant asOf) {
        if (application.microsofts() || application.state().equals(KnownApplication.DELETED)) {
            return List.of();
        }
        Findings findings = new Findings(application, watched, asOf);
        findings.owners();
        findings.use();
        findings.permissions();
        findings.found.addAll(new CredentialFindings(application, watched, asOf).all());
        application.redirects().forEach(findings::redirect);
        return findings.found.stream().sorted(WORST_FIRST).toList();
    }

    /** Those of a tenant, worst first. */
    static List<AuditFinding> of(KnownTenant tenant) {
        return tenant.settings().stream()
                .filter(Setting::isWider)
                .map(Findings::open)
                .sorted(WORST_FIRST)
                .toList();
    }

    private static AuditFinding open(Setting setting) {
        return new AuditFinding(
                Rule.CONSENT_SETTINGS_OPEN,
                setting.property().equals(RISKY_APPS) ? Severity.HIGH : Severity.MEDIUM,
                setting.name(),
                "Users may do more since " + Facts.time(setting.since())
                        + (setting.by() == null ? "" : ", by " + setting.by()) + ": "
                        + setting.name() + " from " + orNothing(setting.was()) + " to " + orNothing(setting.value())
                        + ".");
    }

    private static String orNothing(@Nullable String value) {
        return value == null ? "nothing" : value;
    }

    /** Whether all owners are known: an export says so, or its registration was seen in logs that tell of owners. */
    static boolean ownersKnown(KnownApplication application, Watched watched) {
        return application.ownersExported() || (application.registrationSeen() && watched.saw(Watched.OWNERS));
    }

    private void owners() {
        if (!application.registeredHere()) {
            return;
        }
        List<Owner> gone = application.owners().stream()
                .filter(owner -> owner.gone() != null)
                .toList();
        boolean nobodyLeft = gone.size() == application.owners().size();
        if (application.owners().isEmpty() && ownersKnown(application, watched)) {
            add(
                    Rule.NO_OWNER,
                    application.isPowerful() ? Severity.MEDIUM : Severity.LOW,
                    "",
                    "It is registered in this tenant and has no owner"
                            + (application.ownersExported()
                                    ? " in the export."
                                    : ": nobody was made one since its registration, or all were removed."));
        }
        for (Owner owner : gone) {
            add(
                    Rule.OWNER_GONE,
                    application.isPowerful() && nobodyLeft ? Severity.HIGH : Severity.MEDIUM,
                    owner.label(),
                    "Its owner " + owner.label() + " is " + owner.gone()
                            + (nobodyLeft && ownersKnown(application, watched)
                                    ? ", and no other owner is left."
                                    : "."));
        }
    }

    private void use() {
        if (!application.useKnown() || application.state().equals(KnownApplication.DISABLED)) {
            return;
        }
        List<Permit> strong =
                application.permissions().stream().filter(Permit::isPrivilege).toList();
        Instant since = asOf.minus(UNUSED);
        if (ownWatched(since) && isBefore(application.lastOwnUse(), since)) {
            boolean noUser = usersIdle(application, watched, since, asOf);
            heldSince(strong, since).stream()
                    .filter(permit -> !permit.isDelegated() || noUser)
                    .forEach(this::unused);
        }
        nobodys(heldSince(strong, asOf.minus(SOON)));
    }

    private static List<Permit> heldSince(List<Permit> permits, Instant time) {
        return permits.stream()
                .filter(permit -> {
                    Instant since = permit.since();
                    return since != null && !since.isAfter(time);
                })
                .toList();
    }

    private void unused(Permit permit) {
        add(
                Rule.PRIVILEGE_UNUSED,
                Severity.MEDIUM,
                permit.label(),
                permit.label() + " is held" + since(permit) + ", and was not used in the " + Facts.length(UNUSED)
                        + " to " + Facts.time(asOf) + lastUse(permit) + ".");
    }

    private void nobodys(List<Permit> old) {
        boolean never = application.lastOwnUse() == null && application.lastUserUse() == null;
        Instant from = old.stream()
                .map(Permit::since)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(first -> first.isBefore(asOf.minus(UNUSED)) ? asOf.minus(UNUSED) : first)
                .orElse(asOf);
        if (!old.isEmpty() && never && ownWatched(from) && usersIdle(application, watched, from, asOf)) {
            add(
                    Rule.NOBODYS_APPLICATION,
                    Severity.HIGH,
                    "",
                    "It holds " + old.stream().map(Permit::label).collect(Collectors.joining(", "))
                            + ", and neither it nor any user signed in with it or used anything through it in all that was"
                            + " read.");
        }
    }

    /**
     * Whether no user used it between two times: sign-ins of users were watched and show none, or no user can sign in, since neither they
     * nor an administrator ever consented to anything.
     */
    static boolean usersIdle(KnownApplication application, Watched watched, Instant since, Instant asOf) {
        boolean cannot = application.permissionsComplete()
                && application.lastUserUse() == null
                && application.permissions().stream().noneMatch(Permit::isDelegated);
        return cannot || (watched.users(since, asOf) && isBefore(application.lastUserUse(), since));
    }

    /** Of what was not registered here nothing tells whether it signs in as an application or as a managed identity. */
    private boolean ownWatched(Instant since) {
        Boolean identity = application.managedIdentity();
        if (identity == null) {
            return watched.itself(since, asOf, true);
        }
        return identity ? watched.identities(since, asOf) : watched.itself(since, asOf, false);
    }

    static boolean isBefore(@Nullable Use use, Instant since) {
        if (use == null) {
            return true;
        }
        Instant latest = use.dayOnly() ? use.at().plus(Duration.ofDays(1)) : use.at();
        return latest.isBefore(since);
    }

    private String lastUse(Permit permit) {
        Use last = application.lastOwnUse();
        Use ofUsers = application.lastUserUse();
        if (permit.isDelegated()
                && ofUsers != null
                && (last == null || last.at().isBefore(ofUsers.at()))) {
            last = ofUsers;
        }
        return last == null ? ", nor ever before in what was read" : "; last on " + Facts.time(last.at());
    }

    private void permissions() {
        boolean disabled = application.state().equals(KnownApplication.DISABLED);
        for (Permit permit : application.permissions()) {
            if (disabled) {
                add(
                        Rule.DEAD_GRANT,
                        Severity.LOW,
                        holder(permit),
                        "The application is disabled"
                                + (application.stateSince() == null
                                        ? ""
                                        : " since " + Facts.time(application.stateSince()))
                                + " and still holds " + permit.label() + ".");
            }
            if (permit.isDelegated() && permit.forEverybody() && permit.farReaching()) {
                add(
                        Rule.TENANT_WIDE_SCOPES,
                        Severity.MEDIUM,
                        permit.label(),
                        permit.label() + " was consented to for every user of the tenant" + given(permit) + ".");
            }
            if (Boolean.FALSE.equals(permit.declared()) && application.registeredHere()) {
                add(
                        Rule.UNDECLARED_PERMISSION,
                        permit.farReaching() ? Severity.MEDIUM : Severity.LOW,
                        permit.label(),
                        permit.label() + " is granted" + given(permit) + ", and the registration does not declare it.");
            }
        }
    }

    private static String holder(Permit permit) {
        return permit.label() + (permit.holders().equals("users") ? " of users" : "");
    }

    private static String since(Permit permit) {
        Instant since = permit.since();
        return since == null ? "" : " since " + Facts.time(since);
    }

    private static String given(Permit permit) {
        return (permit.since() == null ? "" : " at " + Facts.time(permit.since()))
                + (permit.by() == null ? "" : " by " + permit.by());
    }

    private void redirect(Redirect redirect) {
        if (!redirect.flaws().isEmpty()) {
            boolean custom = redirect.flaws().equals(List.of(RedirectsKnown.CUSTOM_SCHEME));
            boolean worst = redirect.flaws().stream().anyMatch(WORST_FLAWS::contains);
            add(
                    Rule.REDIRECT_UNSAFE,
                    custom ? Severity.LOW : worst ? Severity.HIGH : Severity.MEDIUM,
                    redirect.uri(),
                    "Codes and tokens are sent to " + redirect.uri() + ": " + String.join(", ", redirect.flaws())
                            + ".");
        }
    }

    private void add(Rule rule, Severity severity, String about, String reason) {
        found.add(new AuditFinding(rule, severity, about, reason));
    }
}
