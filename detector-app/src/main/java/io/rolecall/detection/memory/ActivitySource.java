package io.rolecall.detection.memory;

import io.rolecall.event.Operations;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of events, and where it matters logs, of which each has a baseline of its own. A sign-in of a user stands in two logs: its
 * two sources are never to be counted together, since every sign-in would count twice.
 */
public enum ActivitySource {
    /** Sign-ins of service principals. */
    SERVICE_PRINCIPAL_SIGN_INS('s'),
    MANAGED_IDENTITY_SIGN_INS('i'),
    /** Interactive and non-interactive sign-ins of users, in the log of sign-ins. */
    USER_SIGN_INS('u'),
    /** Sign-ins of users in the unified audit log, which knows neither country nor resource. */
    UNIFIED_USER_SIGN_INS('v'),
    MAIL_USE('m'),
    FILE_USE('f'),
    /** Azure activity, without role assignments, which are done to an application and not by it. */
    AZURE_ACTIVITY('z'),
    /** Requests to Microsoft Graph. */
    GRAPH_REQUESTS('g'),
    /** Acts that give: application roles, delegated grants, consents, credentials, federated credentials. */
    CREDENTIALS_AND_GRANTS('k'),
    /** Every other act. */
    OTHER_ACTS('o');

    private static final Set<String> NO_ACTIVITY =
            Set.of(Operations.ACTOR_ADDRESS, Operations.IDENTITY_LEARNED, Operations.NETWORK_USE);

    private static final Set<String> AZURE_ROLES =
            Set.of(Operations.AZURE_ROLE_ASSIGNMENT, Operations.AZURE_ROLE_REMOVAL);

    private final char code;

    ActivitySource(char code) {
        this.code = code;
    }

    /** How it is written in keys of stores; never changes. */
    public char code() {
        return code;
    }

    /** The source of an event; empty for derived and for imported facts, which are nobody's activity. */
    public static Optional<ActivitySource> of(AppEvent event) {
        if (NO_ACTIVITY.contains(event.getOperation()) || ImportedFacts.isImported(event)) {
            return Optional.empty();
        }
        Object details = event.getDetails().orElse(null);
        if (details instanceof SignIn signIn) {
            return Optional.of(ofSignIn(event, signIn));
        }
        if (details instanceof MailboxUse) {
            return Optional.of(MAIL_USE);
        }
        if (details instanceof FileUse) {
            return Optional.of(FILE_USE);
        }
        if (event.getOperation().equals(Operations.GRAPH_REQUEST)) {
            return Optional.of(GRAPH_REQUESTS);
        }
        if (details instanceof Activity && !AZURE_ROLES.contains(event.getOperation())) {
            return Optional.of(AZURE_ACTIVITY);
        }
        return Optional.of(gives(event, details) ? CREDENTIALS_AND_GRANTS : OTHER_ACTS);
    }

    private static ActivitySource ofSignIn(AppEvent event, SignIn signIn) {
        return switch (signIn.getKind()) {
            case "service-principal" -> SERVICE_PRINCIPAL_SIGN_INS;
            case "managed-identity" -> MANAGED_IDENTITY_SIGN_INS;
            default -> event.getSource().equals("m365-audit") ? UNIFIED_USER_SIGN_INS : USER_SIGN_INS;
        };
    }

    private static boolean gives(AppEvent event, @Nullable Object details) {
        if (details instanceof AppRole) {
            return event.getOperation().equals(Operations.ADD_APP_ROLE);
        }
        if (details instanceof DelegatedGrant grant) {
            return !grant.getAdded().isEmpty();
        }
        if (details instanceof CredentialChange change) {
            return !change.getAdded().isEmpty();
        }
        if (details instanceof FederatedCredentialChange change) {
            return !change.getAdded().isEmpty();
        }
        return details instanceof Consent && event.getOperation().equals(Operations.CONSENT);
    }
}
