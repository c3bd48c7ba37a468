package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.HeldKey;
import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Keys;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.detection.read.Trusts;
import io.rolecall.detection.read.Trusts.Trust;
import io.rolecall.event.Details;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.ExportedCredential;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of an application: those that an export states and those that the acts added, without what was taken away and
 * without the certificates with which Entra ID signs SAML tokens, which nobody signs in with.
 */
final class CredentialsKnown {

    private static final String SIGN = "sign";
    private static final String FEDERATED_SSO = "cn=microsoft azure federated sso certificate";

    private final ExportedKnown exported;
    private final Optional<Map<String, FirstUse>> used;
    private final Instant until;
    private final Map<String, HeldKey> keys = new TreeMap<>();

    private CredentialsKnown(ExportedKnown exported, Memory memory, Instant until) {
        this.exported = exported;
        this.until = until;
        this.used = used(memory);
    }

    /** By time of addition, then key id. */
    static List<HeldKey> of(List<AppEvent> acts, ExportedKnown exported, Memory memory, Instant until) {
        CredentialsKnown known = new CredentialsKnown(exported, memory, until);
        known.addExported(false);
        known.addExported(true);
        acts.stream().filter(Facts::succeeded).forEach(known::remove);
        Keys.added(acts).stream()
                .filter(key -> key.removedBy().isEmpty() && !key.signsSaml())
                .forEach(known::add);
        Trusts.added(acts).stream().filter(trust -> trust.removedBy().isEmpty()).forEach(known::add);
        return known.keys.values().stream()
                .sorted(Comparator.comparing((HeldKey key) -> key.addedAt() == null ? Instant.MIN : key.addedAt())
                        .thenComparing(HeldKey::keyId))
                .toList();
    }

    private void addExported(boolean ofPrincipal) {
        List<ExportedCredential> all = exported.credentials(ofPrincipal);
        Set<String> signing = all.stream()
                .filter(CredentialsKnown::signs)
                .map(CredentialsKnown::half)
                .collect(Collectors.toSet());
        all.stream()
                .filter(key -> !signs(key))
                .filter(key -> !isSsoHalf(key) || !signing.contains(half(key)))
                .forEach(key -> keys.put(
                        key.getKeyId(),
                        new HeldKey(
                                key.getKeyId(),
                                key.getType(),
                                key.getDisplayName().orElse(null),
                                ofPrincipal,
                                key.getValidFrom().map(Instant::ofEpochMilli).orElse(null),
                                null,
                                false,
                                key.getValidUntil().map(Instant::ofEpochMilli).orElse(null),
                                lastUse(key.getKeyId()),
                                used.isPresent())));
    }

    /** What an export holds and was taken away after it. */
    private void remove(AppEvent act) {
        Details.of(act, CredentialChange.class).stream()
                .flatMap(change -> change.getRemoved().stream())
                .map(Credential::getKeyId)
                .map(keys::get)
                .filter(Objects::nonNull)
                .filter(key -> !exported.showCredentialsAfter(act, key.onServicePrincipal()))
                .forEach(key -> keys.remove(key.keyId()));
    }

    private static boolean signs(ExportedCredential key) {
        return key.getUsage().filter(SIGN::equals).isPresent();
    }

    private static boolean isSsoHalf(ExportedCredential key) {
        return key.getType().equals("certificate")
                && key.getDisplayName()
                        .filter(name -> name.equalsIgnoreCase(FEDERATED_SSO))
                        .isPresent();
    }

    /** What the two halves of one certificate have in common. */
    private static String half(ExportedCredential key) {
        return key.getDisplayName().orElse("") + "\n"
                + key.getValidUntil().map(String::valueOf).orElse("");
    }

    private void add(AddedKey added) {
        HeldKey known = keys.get(added.keyId());
        if (known == null && exported.showCredentialsAfter(added.act(), added.onServicePrincipal())) {
            return;
        }
        Credential credential = added.credential();
        String type = credential
                .getType()
                .map(logged -> logged.equalsIgnoreCase("password") ? "secret" : "certificate")
                .orElse("credential");
        keys.put(
                added.keyId(),
                new HeldKey(
                        added.keyId(),
                        type,
                        credential.getDisplayName().orElse(known == null ? null : known.name()),
                        added.onServicePrincipal(),
                        added.time(),
                        Known.actor(added.act()),
                        true,
                        known == null ? null : known.expiresAt(),
                        lastUse(added.keyId()),
                        used.isPresent()));
    }

    private void add(Trust trust) {
        keys.put(
                trust.issuer() + " " + trust.subject(),
                new HeldKey(
                        trust.issuer() + " " + trust.subject(),
                        "federated",
                        null,
                        false,
                        trust.act().getEventTime(),
                        Known.actor(trust.act()),
                        true,
                        null,
                        null,
                        false));
    }

    private @Nullable Use lastUse(String keyId) {
        FirstUse use = used.map(all -> all.get(keyId)).orElse(null);
        if (use == null || use.at().isAfter(until)) {
            return null;
        }
        LocalDate lastDay = until.equals(Instant.MAX)
                ? LocalDate.MAX
                : until.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate first = use.at().atOffset(ZoneOffset.UTC).toLocalDate();
        return use.days().stream()
                .filter(day -> day.isAfter(first) && !day.isAfter(lastDay))
                .reduce((one, later) -> later)
                .map(day -> new Use(day.atStartOfDay(ZoneOffset.UTC).toInstant(), true))
                .orElseGet(() -> new Use(use.at(), false));
    }

    /** Sign-ins by key; empty when they are not remembered, or when there were more keys than are told apart. */
    private static Optional<Map<String, FirstUse>> used(Memory memory) {
        try {
            FirstUses uses = memory.firstUses(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS, Dimension.CREDENTIAL_KEY);
            Map<String, FirstUse> byKey = new HashMap<>();
            uses.uses().forEach(use -> byKey.put(use.value(), use));
            return uses.full() ? Optional.empty() : Optional.of(byKey);
        } catch (IllegalStateException notRemembered) {
            return Optional.empty();
        }
    }
}
