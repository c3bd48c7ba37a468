package io.rolecall.alert;

import io.rolecall.event.Operations;
import io.rolecall.policy.Resources;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.FederatedCredential;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.RedirectChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sentences for what gives an application power: permissions, consents, credentials, owners, redirect addresses. */
final class GrantSentences {

    private GrantSentences() {}

    /** The phrase for an act with one of these details, else empty. */
    static Optional<Phrase> phrase(AppEvent act) {
        @Nullable Object details = act.getDetails().orElse(null);
        if (details instanceof AppRole role) {
            return Optional.of(appRole(act, role));
        }
        if (details instanceof AppRoleToUser role) {
            return Optional.of(appRoleToUser(act, role));
        }
        if (details instanceof DelegatedGrant grant) {
            return Optional.of(delegatedGrant(act, grant));
        }
        if (details instanceof Consent consent) {
            return Optional.of(consent(act, consent));
        }
        if (details instanceof CredentialChange change) {
            return Optional.of(credentials(act, change));
        }
        if (details instanceof OwnerChange owner) {
            String name = DisplayNames.firstOf(owner.getOwnerName(), owner.getOwnerId())
                    .orElse("somebody");
            return Optional.of(
                    isRemoval(act)
                            ? new Phrase("removed", "remove", name + " as an owner of " + DisplayNames.application(act))
                            : new Phrase("made", "make", name + " an owner of " + DisplayNames.application(act)));
        }
        if (details instanceof RedirectChange change) {
            return Optional.of(
                    change("redirect address", "redirect addresses", change.getAdded(), change.getRemoved(), act));
        }
        if (details instanceof FederatedCredentialChange change) {
            return Optional.of(change(
                    "federated credential",
                    "federated credentials",
                    trusts(change.getAdded()),
                    trusts(change.getRemoved()),
                    act));
        }
        return Optional.empty();
    }

    private static boolean isRemoval(AppEvent act) {
        return act.getOperation().startsWith("remove-")
                || act.getOperation().equals(Operations.REMOVE_APP_ROLE_BY_LINK);
    }

    private static Phrase appRole(AppEvent act, AppRole role) {
        String value =
                DisplayNames.firstOf(role.getRoleValue(), role.getRoleId()).orElse("the log does not name");
        String permission = "the application permission " + value + on(role);
        return isRemoval(act)
                ? new Phrase("removed", "remove", permission + " from " + DisplayNames.application(act))
                : new Phrase("granted", "grant", permission + " to " + DisplayNames.application(act));
    }

    private static String on(AppRole role) {
        return role.getResourceName()
                .or(() -> role.getResourceAppId()
                        .map(id -> Resources.displayName(id).orElse(id)))
                .map(name -> " on " + name)
                .orElse("");
    }

    private static Phrase appRoleToUser(AppEvent act, AppRoleToUser role) {
        String user = DisplayNames.firstOf(role.getUserPrincipalName(), role.getUserId())
                .orElse("a user");
        if (isRemoval(act)) {
            return new Phrase("removed", "remove", "the access of " + user + " to " + DisplayNames.application(act));
        }
        return role.getRoleId().isPresent()
                ? new Phrase("assigned", "assign", user + " to " + DisplayNames.application(act))
                : new Phrase("gave", "give", DisplayNames.application(act) + " access for " + user + " (user consent)");
    }

    private static Phrase delegatedGrant(AppEvent act, DelegatedGrant grant) {
        String whom = grant.getConsentType()
                .map(type -> type.equals("all-principals")
                        ? " for all users"
                        : " for "
                                + grant.getPrincipalId().map(id -> "user " + id).orElse("one user"))
                .orElse("");
        String api = grant.getResourceName().map(name -> " on " + name).orElse("");
        if (isRemoval(act) && grant.getAdded().isEmpty()) {
            String scopes = scopes(grant.getRemoved().isEmpty() ? grant.getScopes() : grant.getRemoved());
            return new Phrase("removed", "remove", scopes + api + whom + " from " + DisplayNames.application(act));
        }
        String scopes = scopes(grant.getAdded().isEmpty() ? grant.getScopes() : grant.getAdded());
        return new Phrase("granted", "grant", scopes + api + whom + " to " + DisplayNames.application(act));
    }

    private static String scopes(List<String> scopes) {
        return scopes.isEmpty() ? "delegated permissions" : "the delegated permissions " + DisplayNames.list(scopes);
    }

    private static Phrase consent(AppEvent act, Consent consent) {
        String whom = consent.getOnBehalfOfAll().orElse(false) ? " on behalf of all users" : "";
        String scopes = consent.getScopes().isEmpty() ? "" : " (" + DisplayNames.list(consent.getScopes()) + ")";
        return new Phrase("consented", "consent", "to " + DisplayNames.theApplication(act) + whom + scopes);
    }

    private static Phrase credentials(AppEvent act, CredentialChange change) {
        return change("", "credentials", described(change.getAdded()), described(change.getRemoved()), act);
    }

    private static List<String> described(List<Credential> credentials) {
        return credentials.stream().map(GrantSentences::described).toList();
    }

    /** A credential by kind, name and key id. */
    static String described(Credential credential) {
        String kind = credential
                .getType()
                .map(type -> type.equalsIgnoreCase("password") ? "secret" : "certificate")
                .orElse("credential");
        String name = credential.getDisplayName().map(it -> " '" + it + "'").orElse("");
        return kind + name + " " + credential.getKeyId();
    }

    private static List<String> trusts(List<FederatedCredential> trusts) {
        return trusts.stream()
                .map(trust -> trust.getIssuer().orElse("any issuer") + " "
                        + trust.getSubject().orElse("any subject"))
                .toList();
    }

    private static Phrase change(String one, String many, List<String> added, List<String> removed, AppEvent act) {
        String application = DisplayNames.application(act);
        List<String> parts = new ArrayList<>();
        if (!added.isEmpty()) {
            parts.add(plural(one, many, added) + " to " + application);
        }
        if (added.isEmpty() && !removed.isEmpty()) {
            return new Phrase("removed", "remove", plural(one, many, removed) + " from " + application);
        }
        if (added.isEmpty()) {
            return new Phrase("changed", "change", "the " + many + " of " + application);
        }
        if (!removed.isEmpty()) {
            parts.add("replacing " + DisplayNames.list(removed));
        }
        return new Phrase("added", "add", String.join(", ", parts));
    }

    private static String plural(String one, String many, List<String> values) {
        String noun = values.size() == 1 ? one : many;
        return "the " + (noun.isEmpty() ? "" : noun + " ") + DisplayNames.list(values);
    }
}
