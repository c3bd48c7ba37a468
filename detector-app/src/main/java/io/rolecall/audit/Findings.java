package io.rolecall.audit;

import io.rolecall.audit.AuditFinding.Rule;
import io.rolecall.audit.KnownApplication.Owner;
import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.audit.KnownApplication.Redirect;
import io.rolecall.audit.KnownTenant.Setting;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.RedirectFlaws.Flaw;
import io.rolecall.policy.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with how an application or a tenant is set up: a function of what is known, what was watched, and a time. */
final class Findings {

    private static final Comparator<AuditFinding> WORST_FIRST = Comparator.comparing(AuditFinding::severity)
            .reversed()
            .thenComparing(AuditFinding::rule)
            .thenComparing(AuditFinding::about);

    private static final Set<String> WORST_FLAWS =
            Set.of(Flaw.TUNNEL.words(), Flaw.LOOKALIKE.words(), Flaw.WILDCARD.words());
    private static final String RISKY_APPS = "allowuserconsentforriskyapps";

    /** How the properties begin that name the policies of users' own consents. */
    private static final String GRANT_POLICIES = "permissiongrantpolic";

    private static final String LEGACY = "microsoft-user-default-legacy";

    private final KnownApplication application;
    private final Watched watched;
    private final List<AuditFinding> found = new ArrayList<>();

    private Findings(KnownApplication application, Watched watched) {
        this.application = application;
        this.watched = watched;
    }

    /** Those of an application, worst first; none of Microsoft's own, whose set-up is not the organisation's. */
    static List<AuditFinding> of(KnownApplication application, Watched watched, Instant asOf) {
        if (application.microsofts() || application.state().equals(KnownApplication.DELETED)) {
            return List.of();
        }
        Findings findings = new Findings(application, watched);
        findings.owners();
        findings.found.addAll(new UseFindings(application, watched, asOf).all());
        findings.permissions();
        findings.found.addAll(new CredentialFindings(application, watched, asOf).all());
        application.redirects().forEach(findings::redirect);
        return findings.found.stream().sorted(WORST_FIRST).toList();
    }

    /** Those of a tenant, worst first. */
    static List<AuditFinding> of(KnownTenant tenant) {
        return tenant.settings().stream()
                .filter(setting -> setting.isWider() || isLegacy(setting))
                .map(Findings::open)
                .sorted(WORST_FIRST)
                .toList();
    }

    /** Whether users may consent to whatever needs no administrator, however the setting came to that. */
    private static boolean isLegacy(Setting setting) {
        String value = setting.value();
        return setting.property().startsWith(GRANT_POLICIES)
                && value != null
                && value.toLowerCase(Locale.ROOT).contains(LEGACY);
    }

    private static AuditFinding open(Setting setting) {
        String what = setting.isWider()
                ? "Users may do more since "
                : "Users may consent to any application that needs no administrator, as of the change at ";
        return new AuditFinding(
                Rule.CONSENT_SETTINGS_OPEN,
                setting.property().equals(RISKY_APPS) ? Severity.HIGH : Severity.MEDIUM,
                setting.name(),
                what + Facts.time(setting.since())
                        + (setting.by() == null ? "" : ", by " + setting.by()) + ": "
                        + setting.name() + " from " + orNothing(setting.was()) + " to " + orNothing(setting.value())
                        + ".");
    }

    private static String orNothing(@Nullable String value) {
        return value == null ? "nothing" : value;
    }

    /** Whether all owners are known: an export says so, or its registration was seen in logs that tell of owners. */
    static boolean ownersKnown(KnownApplication application, Watched watched) {
        return application.ownersExported()
                || (application.registrationSeen() && watched.saw(Watched.OWNERS) && !application.ownersContradicted());
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
