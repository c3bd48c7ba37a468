package io.rolecall.source;

import io.rolecall.schema.FederatedCredential;
import io.rolecall.schema.FederatedCredentialChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trust in tokens of another issuer: of applications in the directory's log, of managed identities in the bodies of the activity log.
 * A flexible credential has a matching expression in place of the subject (Graph: {@code claimsMatchingExpression}; the directory's
 * log: {@code ClaimsMatchingExpressionValue}), and it stands where the subject would.
 */
final class FederatedTrusts {

    private static final String ON_IDENTITY = "/federatedidentitycredentials/";

    private FederatedTrusts() {}

    /** What a change of the list takes in and out. */
    static FederatedCredentialChange change(List<EventFields> before, List<EventFields> after) {
        Set<FederatedCredential> old = trusts(before);
        Set<FederatedCredential> now = trusts(after);
        return FederatedCredentialChange.newBuilder()
                .setAdded(Differences.of(now, old))
                .setRemoved(Differences.of(old, now))
                .build();
    }

    /** The trust that a request on a managed identity sets, none when it was refused; null when it was not, and no body shows it. */
    static @Nullable FederatedCredentialChange asked(EventFields body, boolean success) {
        boolean shown = body.text("issuer") != null;
        return shown || !success
                ? FederatedCredentialChange.newBuilder()
                        .setAdded(shown ? List.of(trust(body)) : List.of())
                        .setRemoved(List.of())
                        .build()
                : null;
    }

    /**
     * The managed identity on which a trust is set: the log names neither its App ID nor its service principal, so the path of the
     * resource stands for it, lower case; null when the resource is none.
     *
     * @param resource path of the federated credential
     */
    static @Nullable String identity(@Nullable String resource) {
        String path = resource == null ? "" : resource.toLowerCase(Locale.ROOT);
        int end = path.lastIndexOf(ON_IDENTITY);
        return end <= 0 ? null : path.substring(0, end);
    }

    private static Set<FederatedCredential> trusts(List<EventFields> entries) {
        Set<FederatedCredential> trusts = new LinkedHashSet<>();
        entries.forEach(entry -> trusts.add(trust(entry)));
        return trusts;
    }

    private static FederatedCredential trust(EventFields entry) {
        return FederatedCredential.newBuilder()
                .setIssuer(entry.text("Issuer"))
                .setSubject(Values.first(
                        entry.text("Subject"),
                        entry.text("ClaimsMatchingExpressionValue"),
                        entry.object("ClaimsMatchingExpression").text("Value")))
                .setAudiences(Values.texts(entry.node("Audiences")))
                .setCredentialId(Values.id(entry.text("Id")))
                .build();
    }
}
