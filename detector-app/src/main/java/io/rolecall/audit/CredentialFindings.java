package io.rolecall.audit;

import io.rolecall.audit.AuditFinding.Rule;
import io.rolecall.audit.KnownApplication.HeldKey;
import io.rolecall.detection.read.Facts;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the credentials of an application. */
final class CredentialFindings {

    /** Two years, the longest that the portal offers for a secret, with a leap day. */
    static final Duration LONGEST_LIFE = Duration.ofDays(731);

    private final KnownApplication application;
    private final Watched watched;
    private final Instant asOf;
    private final Severity severity;
    private final List<AuditFinding> found = new ArrayList<>();

    CredentialFindings(KnownApplication application, Watched watched, Instant asOf) {
        this.application = application;
        this.watched = watched;
        this.asOf = asOf;
        this.severity = application.isPowerful() ? Severity.MEDIUM : Severity.LOW;
    }

    List<AuditFinding> all() {
        for (HeldKey key : application.credentials()) {
            Instant expires = key.expiresAt();
            if (expires != null && !expires.isAfter(asOf)) {
                add(
                        Rule.CREDENTIAL_EXPIRED,
                        Severity.LOW,
                        key,
                        " expired at " + Facts.time(expires) + " and is still there.");
            } else if (!key.isFederated()) {
                overLong(key);
                unused(key);
            }
        }
        return found;
    }

    private void overLong(HeldKey key) {
        Instant added = key.addedAt();
        Instant expires = key.expiresAt();
        if (added != null && expires != null && Duration.between(added, expires).compareTo(LONGEST_LIFE) > 0) {
            add(
                    Rule.CREDENTIAL_OVER_LONG,
                    severity,
                    key,
                    " is valid for " + Facts.length(Duration.between(added, expires)) + ", until " + Facts.time(expires)
                            + ".");
        }
    }

    /**
     * Never used since it was added, or not for long: only where sign-ins were watched all the time, and those of applications tell
     * the key. A web application proves itself with its secret while a user signs in, which the log does not tell: where users do, nothing
     * is said.
     */
    private void unused(HeldKey key) {
        Instant added = key.addedAt();
        if (added == null
                || !key.useKnown()
                || !watched.keys()
                || application.state().equals(KnownApplication.DISABLED)) {
            return;
        }
        if (key.lastUsed() == null && key.seenAdded()) {
            if (!added.isAfter(asOf.minus(UseFindings.SOON)) && isWatched(added)) {
                add(
                        Rule.CREDENTIAL_UNUSED,
                        severity,
                        key,
                        " was added at " + Facts.time(added) + (key.by() == null ? "" : " by " + key.by())
                                + " and never used to sign in until " + Facts.time(asOf) + ".");
            }
            return;
        }
        Instant since = asOf.minus(UseFindings.UNUSED);
        if (!added.isAfter(since) && isWatched(since) && UseFindings.isBefore(key.lastUsed(), since)) {
            add(
                    Rule.CREDENTIAL_UNUSED,
                    severity,
                    key,
                    " was not used to sign in in the " + Facts.length(UseFindings.UNUSED) + " to " + Facts.time(asOf)
                            + ".");
        }
    }

    private boolean isWatched(Instant since) {
        return watched.itself(since, asOf, false) && UseFindings.usersIdle(application, watched, since, asOf);
    }

    private void add(Rule rule, Severity how, HeldKey key, String what) {
        found.add(new AuditFinding(rule, how, key.label(), Facts.capital(key.label()) + what));
    }
}
