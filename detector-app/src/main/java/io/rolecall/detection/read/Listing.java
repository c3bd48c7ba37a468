package io.rolecall.detection.read;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.policy.AbusedApplications;
import io.rolecall.policy.AbusedApplications.Kind;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import java.util.Optional;

/**
 * On which list of abused applications an App ID stands. The organisation's own list wins: it may also name an application of
 * Microsoft.
 *
 * @param entry what the shipped list says; empty for one that the organisation alone banned
 * @param banned whether the organisation banned it
 */
public record Listing(Optional<AbusedApplications.Entry> entry, boolean banned) {

    /** The listing of an application; empty when it stands on no list. */
    public static Optional<Listing> of(Policy policy, SubjectHistory history) {
        Optional<AbusedApplications.Entry> entry =
                AbusedApplications.find(history.subject().id());
        boolean banned = AppLists.isBanned(policy, history);
        return banned || entry.isPresent() ? Optional.of(new Listing(entry, banned)) : Optional.empty();
    }

    public Severity severity() {
        if (banned) {
            return Severity.CRITICAL;
        }
        return isMalicious() ? Severity.HIGH : Severity.MEDIUM;
    }

    /** For {@code explain}. */
    public String label() {
        return banned
                ? "banned by the organisation"
                : entry.map(known -> (isMalicious() ? "malicious" : "risky") + ", by " + known.reference())
                        .orElse("");
    }

    public String title() {
        if (banned) {
            return "Banned application";
        }
        return isMalicious() ? "Application known as malicious" : "Application known to be used in attacks";
    }

    /** What the lists say, in whole sentences. */
    public String sentence() {
        String reported = entry.map(known -> (isMalicious()
                                ? "Reports name it as made for attacks"
                                : "It was made for another purpose, and reports name it as used in attacks")
                        + ", as " + known.name() + ": " + known.reference() + " .")
                .orElse("");
        return banned ? ("The organisation banned it. " + reported).strip() : reported;
    }

    private boolean isMalicious() {
        return entry.filter(known -> known.kind() == Kind.MALICIOUS).isPresent();
    }
}
