package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The credentials of an application by key id: when and by whom added, and when taken away. */
public final class Keys {

    /** Operations that may state a change of credentials. */
    public static final List<String> OPERATIONS = List.of(
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.CREATE_APPLICATION_CREDENTIALS,
            Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.REMOVE_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.ADD_APPLICATION,
            Operations.UPDATE_APPLICATION,
            Operations.ADD_SERVICE_PRINCIPAL,
            Operations.UPDATE_SERVICE_PRINCIPAL);

    private static final Set<String> ON_SERVICE_PRINCIPAL = Set.of(
            Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.REMOVE_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.ADD_SERVICE_PRINCIPAL,
            Operations.UPDATE_SERVICE_PRINCIPAL);

    /** Name of the certificate that Entra ID makes to sign SAML tokens. */
    private static final String FEDERATED_SSO = "cn=microsoft azure federated sso certificate";

    private Keys() {}

    /**
     * One credential that was added.
     *
     * @param keyId key id, lower case
     * @param credential what the log says of it
     * @param act the earliest act that added it
     * @param removedBy the earliest later act that took it away
     */
    public record AddedKey(String keyId, Credential credential, AppEvent act, Optional<AppEvent> removedBy) {

        public Instant time() {
            return act.getEventTime();
        }

        /** Whether it is kept on the service principal, where the application's owners do not see it. */
        public boolean onServicePrincipal() {
            return ON_SERVICE_PRINCIPAL.contains(act.getOperation());
        }

        public boolean verifies() {
            return usage(credential).equals("verify");
        }

        /**
         * Whether it belongs to the certificate with which Entra ID signs SAML tokens: a signing half, which nobody can sign in
         * with, or the verifying half added in the same act under the name that Entra ID gives. The name alone proves nothing,
         * anybody may choose it: a secret is no half of a certificate, a pair of another name is somebody's own, and of two
         * verifying halves beside one signing half nobody can tell which belongs to it.
         */
        public boolean signsSaml() {
            if (usage(credential).equals("sign")) {
                return true;
            }
            return isHalf("verify", credential) && halves("verify") <= halves("sign");
        }

        private long halves(String usage) {
            return added(act).stream().filter(other -> isHalf(usage, other)).count();
        }

        private static boolean isHalf(String usage, Credential credential) {
            boolean secret = usage.equals("verify")
                    && credential
                            .getType()
                            .filter(type -> type.equalsIgnoreCase("password"))
                            .isPresent();
            return !secret
                    && usage(credential).equals(usage)
                    && name(credential).equals(FEDERATED_SSO);
        }

        /** Whether another half of the same certificate stands for it. */
        public boolean standsFor(AddedKey signing) {
            return verifies() && act.equals(signing.act()) && name(credential).equals(name(signing.credential()));
        }

        /** Whether it had been added by that time and not yet been taken away. */
        boolean liveAt(Instant at) {
            return !time().isAfter(at)
                    && removedBy.filter(act -> !act.getEventTime().isAfter(at)).isEmpty();
        }

        /** Whether it was not yet taken away at that time; where the logs tell no order, it was not. */
        public boolean livesAt(Instant at) {
            return removedBy
                    .filter(act -> Facts.surelyBefore(act.getEventTime(), at))
                    .isEmpty();
        }

        /** Kind and name, for example {@code secret 'sync'}. */
        public String what() {
            String kind = credential
                    .getType()
                    .map(type -> type.equalsIgnoreCase("password") ? "secret" : "certificate")
                    .orElse("credential");
            return kind
                    + credential.getDisplayName().map(name -> " '" + name + "'").orElse("");
        }

        public String label() {
            return what() + " with key id " + keyId;
        }
    }

    /**
     * Every credential added by a successful act, by time. One that was taken away and added again under its key id stands there
     * once for each time that it lived.
     */
    public static List<AddedKey> added(List<AppEvent> acts) {
        List<AppEvent> changes = changes(acts);
        Map<String, AddedKey> latest = new TreeMap<>();
        List<AddedKey> keys = new ArrayList<>();
        for (AppEvent act : changes) {
            for (Credential credential : added(act)) {
                String keyId = credential.getKeyId().toLowerCase(Locale.ROOT);
                AddedKey known = latest.get(keyId);
                if (known == null || !known.livesAt(act.getEventTime())) {
                    AddedKey key = new AddedKey(keyId, credential, act, removal(changes, act, keyId));
                    latest.put(keyId, key);
                    keys.add(key);
                }
            }
        }
        keys.sort((one, other) -> {
            int order = Facts.ORDER.compare(one.act(), other.act());
            return order != 0 ? order : one.keyId().compareTo(other.keyId());
        });
        return List.copyOf(keys);
    }

    /**
     * Successful acts that took away a key older than the given one from the same place, by time.
     *
     * @param younger keys known to have been added after it
     */
    static List<AppEvent> removals(List<AppEvent> acts, AddedKey key, Set<String> younger) {
        return changes(acts).stream()
                .filter(act -> ON_SERVICE_PRINCIPAL.contains(act.getOperation()) == key.onServicePrincipal())
                .filter(act -> removed(act).stream()
                        .map(credential -> credential.getKeyId().toLowerCase(Locale.ROOT))
                        .anyMatch(id -> !id.equals(key.keyId()) && !younger.contains(id)))
                .toList();
    }

    private static Optional<AppEvent> removal(List<AppEvent> changes, AppEvent added, String keyId) {
        return changes.stream()
                .filter(act -> removed(act).stream()
                        .anyMatch(credential -> credential.getKeyId().equalsIgnoreCase(keyId)))
                .filter(act -> Facts.notBefore(act, added))
                .findFirst();
    }

    private static List<AppEvent> changes(List<AppEvent> acts) {
        return acts.stream()
                .filter(Facts::succeeded)
                .filter(act -> Details.of(act, CredentialChange.class).isPresent())
                .sorted(Facts.ORDER)
                .toList();
    }

    private static List<Credential> added(AppEvent act) {
        return Details.of(act, CredentialChange.class)
                .map(CredentialChange::getAdded)
                .orElse(List.of());
    }

    private static List<Credential> removed(AppEvent act) {
        return Details.of(act, CredentialChange.class)
                .map(CredentialChange::getRemoved)
                .orElse(List.of());
    }

    private static String usage(Credential credential) {
        return credential.getUsage().orElse("").toLowerCase(Locale.ROOT);
    }

    private static String name(Credential credential) {
        return credential.getDisplayName().orElse("").toLowerCase(Locale.ROOT);
    }
}
