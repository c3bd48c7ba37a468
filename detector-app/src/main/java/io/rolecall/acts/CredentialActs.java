package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryActs.Circumstances;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets and certificates added to applications and service principals. */
public final class CredentialActs {

    /** En dash and trailing space, as the operation is called in every log. */
    private static final String SECRETS = "Update application \u2013 Certificates and secrets management ";

    private CredentialActs() {}

    /**
     * A secret or certificate.
     *
     * @param keyId key id
     * @param type {@code Password} or {@code AsymmetricX509Cert}
     * @param usage {@code Verify} or {@code Sign}
     */
    public record Credential(String keyId, String type, String usage, String displayName) {

        /** A key to prove an identity with. */
        public Credential(String keyId, String type, String displayName) {
            this(keyId, type, "Verify", displayName);
        }

        private String text() {
            return "[KeyIdentifier=" + keyId + ",KeyType=" + type + ",KeyUsage=" + usage + ",DisplayName=" + displayName
                    + "]";
        }
    }

    /**
     * The keys of an application change.
     *
     * @param showsAppId whether the record names the App ID; many do not
     */
    public static DirectoryAct onApplication(
            Circumstances how, App app, List<Credential> before, List<Credential> after, boolean showsAppId) {
        List<Property> properties = List.of(
                Properties.changed("KeyDescription", keys(before), keys(after)), Properties.included("KeyDescription"));
        var target = DirectoryActs.application(app, properties).get(0);
        var shown = showsAppId
                ? target
                : new DirectoryAct.Target(
                        target.id(), target.displayName(), target.type(), target.user(), properties, List.of());
        Map<String, String> details = showsAppId ? how.details(app.appId()) : how.details();
        return DirectoryActs.act(how, SECRETS, "Update", "Application", List.of(shown), details);
    }

    /** A key is added to the service principal itself. */
    public static DirectoryAct onServicePrincipal(
            Circumstances how, App app, List<Credential> before, List<Credential> after) {
        List<Property> properties = List.of(
                Properties.changed("KeyDescription", keys(before), keys(after)),
                Properties.included("KeyDescription"),
                Properties.principalNames(app.appId()));
        return DirectoryActs.act(
                how,
                "Add service principal credentials",
                "Update",
                "ServicePrincipal",
                List.of(DirectoryActs.servicePrincipal(app, properties)),
                how.details());
    }

    /** The empty companion of a change of keys: {@code Update service principal} without a changed property. */
    public static DirectoryAct stub(Circumstances how, App app) {
        List<Property> properties = List.of(Properties.included(""), Properties.principalNames(app.appId()));
        return DirectoryActs.act(
                how,
                "Update service principal",
                "Update",
                "ServicePrincipal",
                List.of(DirectoryActs.servicePrincipal(app, properties)),
                how.details(app.appId()));
    }

    /** A trust in somebody else's tokens, which is neither secret nor certificate. */
    public static DirectoryAct federated(
            Circumstances how, App app, String name, String issuer, String subject, String id) {
        ObjectNode credential = trust(name, issuer, subject, null, "api://AzureADTokenExchange", id);
        List<Property> properties = List.of(
                Properties.listed("FederatedIdentityCredentials", Json.array(credential)),
                Properties.included("FederatedIdentityCredentials"));
        return DirectoryActs.act(
                how,
                "Update application",
                "Update",
                "Application",
                DirectoryActs.application(app, properties),
                how.details(app.appId()));
    }

    /**
     * An entry of {@code FederatedIdentityCredentials}.
     *
     * @param subject null for a flexible credential
     * @param expression the flexible credential's, in place of the subject; else null
     */
    static ObjectNode trust(
            String name,
            String issuer,
            @Nullable String subject,
            @Nullable String expression,
            String audience,
            String id) {
        return Json.object(
                "Name",
                name,
                "Issuer",
                issuer,
                "Subject",
                subject,
                "Id",
                id,
                "Description",
                name,
                "Audiences",
                Json.array(audience),
                "ClaimsMatchingExpressionValue",
                expression,
                "ClaimsMatchingExpressionLanguageVersion",
                expression == null ? 0 : 1,
                "EncodingVersion",
                2,
                "TrustedIssuer",
                null);
    }

    private static ArrayNode keys(List<Credential> keys) {
        return Json.array(keys.stream().map(Credential::text).toArray());
    }
}
