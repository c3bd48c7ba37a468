package io.rolecall.audit;

import io.rolecall.audit.AuditFinding.Rule;
import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.detection.read.Facts;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Privileges that nobody uses. Where sign-ins were not watched, nothing is said. */
final class UseFindings {

    /** So long unused, a privilege or credential is not needed. */
    static final Duration UNUSED = Duration.ofDays(90);

    /** What was not used for so long since it was given was never needed. */
    static final Duration SOON = Duration.ofDays(30);

    private final KnownApplication application;
    private final Watched watched;
    private final Instant asOf;
    private final List<AuditFinding> found = new ArrayList<>();

    UseFindings(KnownApplication application, Watched watched, Instant asOf) {
        this.application = application;
        this.watched = watched;
        this.asOf = asOf;
    }

    List<AuditFinding> all() {
        if (!application.useKnown() || application.state().equals(KnownApplication.DISABLED)) {
            return found;
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
        return found;
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

    private static String since(Permit permit) {
        Instant since = permit.since();
        return since == null ? "" : " since " + Facts.time(since);
    }

    private void add(Rule rule, Severity severity, String about, String reason) {
        found.add(new AuditFinding(rule, severity, about, reason));
    }
}
