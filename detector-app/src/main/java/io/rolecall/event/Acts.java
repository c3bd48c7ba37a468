package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.FederatedCredential;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.PropertyChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Acts: what somebody did once, however many logs tell of it. Copies of one act in two logs carry one correlation id (Entra
 * {@code correlationId} = unified audit log {@code InterSystemsId}) but differ in event id, time and completeness, so an act is
 * (tenant, correlation id, operation, outcome, discriminator), and the discriminator holds only what every copy states.
 */
public final class Acts {

    private Acts() {}

    /** The act's id: 32 hex digits, equal for every copy. Without a correlation id, of the event id. */
    public static String id(AppEvent event) {
        List<String> parts = new ArrayList<>();
        parts.add(event.getTenantId());
        parts.add(event.getOperation());
        Optional<String> correlation = event.getCorrelationId();
        if (correlation.isPresent() && mergesAcrossLogs(event)) {
            parts.add(correlation.get());
            parts.add(event.getOutcome());
            parts.addAll(discriminator(event));
        } else {
            parts.add(event.getSource());
            parts.add(event.getEventId());
            parts.addAll(part(event));
        }
        return Hashes.sha256(parts.toArray(String[]::new)).substring(0, 32);
    }

    /**
     * Whether the act is of or for a single user, of which an application can have millions: consents not on behalf of all, app
     * role grants to users, delegated grants of consent type principal.
     */
    public static boolean isUserLevel(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        if (details instanceof DelegatedGrant grant) {
            return grant.getConsentType().filter("principal"::equals).isPresent();
        }
        if (details instanceof Consent consent) {
            return !consent.getOnBehalfOfAll().orElse(false);
        }
        return event.getOperation().equals(Operations.CONSENT)
                || event.getOperation().equals(Operations.ADD_APP_ROLE_TO_USER)
                || event.getOperation().equals(Operations.REMOVE_APP_ROLE_FROM_USER);
    }

    /** Whether the act is of a click for the whole tenant: a consent on behalf of all, or a grant for all principals. */
    public static boolean isTenantWide(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return (details instanceof Consent consent && consent.getOnBehalfOfAll().orElse(false))
                || (details instanceof DelegatedGrant grant
                        && grant.getConsentType()
                                .filter("all-principals"::equals)
                                .isPresent());
    }

    /**
     * Whether an act assigns a user to an application, for single sign-on or by default access, and is no consent: it states a
     * role, or somebody else than the user did it. Only the consenting user gets the role of zeros by their own act.
     */
    public static boolean assignsUser(AppEvent event) {
        return event.getOperation().equals(Operations.ADD_APP_ROLE_TO_USER)
                && Details.of(event, AppRoleToUser.class)
                        .filter(role -> role.getRoleId().isPresent() || isBySomebodyElse(event, role))
                        .isPresent();
    }

    /** Whether an act gives a user default access by the user's own act, as the click of a consent does. */
    public static boolean assignsItself(AppEvent event) {
        return event.getOperation().equals(Operations.ADD_APP_ROLE_TO_USER) && !assignsUser(event);
    }

    /** Whether an act shows a user consenting, or being asked to: a consent, or the default access that comes with one. */
    public static boolean asksUser(AppEvent event) {
        return isUserLevel(event) && (event.getOperation().equals(Operations.CONSENT) || assignsItself(event));
    }

    private static boolean isBySomebodyElse(AppEvent event, AppRoleToUser role) {
        return event.getActor().getType().equals("user")
                && role.getUserId()
                        .filter(user -> event.getActor()
                                .getId()
                                .filter(actor -> !actor.equalsIgnoreCase(user))
                                .isPresent())
                        .isPresent();
    }

    /**
     * The user a user-level act belongs to: object id where the act states it, else user principal name in lower case; the
     * assigned or consenting user, who need not be the actor.
     */
    public static String userKey(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        Optional<String> named = Optional.empty();
        if (details instanceof AppRoleToUser grant) {
            named = grant.getUserId().or(grant::getUserPrincipalName);
        } else if (details instanceof DelegatedGrant grant) {
            named = grant.getPrincipalId();
        }
        return named.or(() -> event.getActor().getId())
                .or(() -> event.getActor().getName())
                .map(key -> key.toLowerCase(Locale.ROOT))
                .orElse("-");
    }

    /** Sign-ins and Azure activities share correlation ids without being one act; their event id is what counts. */
    private static boolean mergesAcrossLogs(AppEvent event) {
        return !event.getOperation().equals(Operations.SIGN_IN)
                && !event.getSource().equals("azure-activity")
                && Details.of(event, MailboxUse.class).isEmpty()
                && Details.of(event, FileUse.class).isEmpty()
                && Details.of(event, MailFlow.class).isEmpty();
    }

    /** Which of the things it is that one event tells together: what an update changed, or the roles that were given. */
    private static List<String> part(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        boolean several = details instanceof AppRole
                || details instanceof Registration
                || details instanceof CredentialChange
                || details instanceof RedirectChange
                || details instanceof FederatedCredentialChange
                || details instanceof ServicePrincipalState;
        return several ? discriminator(event) : List.of();
    }

    private static List<String> discriminator(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        if (details instanceof AppRole role) {
            return parts(
                    "role",
                    List.of(event.getServicePrincipalId(), role.getRoleId().or(role::getRoleValue)));
        }
        if (details instanceof AppRoleToUser role) {
            return parts("user-role", List.of(event.getServicePrincipalId(), role.getRoleId()));
        }
        if (details instanceof DelegatedGrant grant) {
            return parts(
                    "grant", List.of(event.getServicePrincipalId(), grant.getResourceId(), grant.getPrincipalId()));
        }
        if (details instanceof CredentialChange change) {
            return joined(
                    "credential",
                    Stream.concat(
                            change.getAdded().stream().map(Credential::getKeyId).map("+"::concat),
                            change.getRemoved().stream()
                                    .map(Credential::getKeyId)
                                    .map("-"::concat)));
        }
        if (details instanceof OwnerChange owner) {
            return parts("owner", List.of(owner.getOwnerId()));
        }
        if (details instanceof RedirectChange change) {
            return joined("redirect", Stream.concat(change.getAdded().stream(), change.getRemoved().stream()));
        }
        if (details instanceof FederatedCredentialChange change) {
            return joined(
                    "federated",
                    Stream.concat(change.getAdded().stream(), change.getRemoved().stream())
                            .map(Acts::trust));
        }
        if (details instanceof DirectoryRole role) {
            return parts("directory-role", List.of(role.getRoleTemplateId().or(role::getRoleName), role.getMemberId()));
        }
        if (details instanceof ConsentPolicyChange policy && isPolicy(event)) {
            return joined("policy", policy.getChanges().stream().map(Acts::spelling));
        }
        String kind = details instanceof Registration ? "registration" : "other";
        return parts(kind, List.of(event.getAppObjectId().or(event::getServicePrincipalId)));
    }

    /** What a domain or user event lists of its properties differs between the logs, as what it was done to may be missing. */
    private static boolean isPolicy(AppEvent event) {
        return !Operations.DOMAIN_CHANGES.contains(event.getOperation())
                && !Operations.USER_CHANGES.contains(event.getOperation());
    }

    /** Some pipelines write an underscore where the log has a dot or a space. */
    private static String spelling(PropertyChange change) {
        return change.getProperty().replace('.', '_').replace(' ', '_').toLowerCase(Locale.ROOT);
    }

    private static String trust(FederatedCredential credential) {
        return credential.getIssuer().orElse("-") + " "
                + credential.getSubject().orElse("-");
    }

    private static List<String> parts(String kind, List<Optional<String>> values) {
        return Stream.concat(Stream.of(kind), values.stream().map(value -> value.orElse("-")))
                .toList();
    }

    private static List<String> joined(String kind, Stream<String> values) {
        return Stream.concat(Stream.of(kind), values.sorted().distinct()).toList();
    }
}
