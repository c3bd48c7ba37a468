package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.event.Actors;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OwnerChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a rotation, an onboarding and a SAML signing certificate from a credential that nothing explains. */
public final class CredentialKind {

    /** Said of a credential that is none of the harmless kinds. */
    private static final String UNEXPLAINED = "Nothing explains it as a rotation or an onboarding";

    /** How far from a new credential the removal of an old one may lie, either side, to make it a rotation. */
    private static final Duration ROTATION = Duration.ofDays(7);

    private static final Duration ONBOARDING = Duration.ofHours(24);

    private CredentialKind() {}

    /**
     * What kind of credential it is, and how bad.
     *
     * @param severity with the mandate of trusted automation applied
     * @param why what kind it is, a sentence without its full stop
     * @param second whether another credential was live and somebody else had added it
     */
    public record Kind(Severity severity, String why, ResolvedAddress address, Mandate mandate, boolean second) {

        /** Whether it is none of the harmless kinds. */
        public boolean isUnexplained() {
            return why.equals(UNEXPLAINED);
        }
    }

    public static Kind of(DetectionInput input, AddedKey key, List<AddedKey> keys) {
        ResolvedAddress address = input.addressOf(key.act());
        Mandate mandate = Mandate.ofCredential(input.policy(), key.act(), address);
        List<AddedKey> earlier = earlier(key, keys);
        boolean second = earlier.stream()
                .anyMatch(other ->
                        other.verifies() && other.liveAt(key.time()) && !Facts.sameActor(other.act(), key.act()));
        boolean organization = address.addressClass() == AddressClass.ORGANIZATION;
        if (key.signsSaml()) {
            return new Kind(mandate.apply(Severity.LOW), "It is a SAML signing certificate", address, mandate, second);
        }
        if (organization && rotates(input.history(), key, keys, earlier)) {
            return new Kind(
                    mandate == Mandate.OUTSIDE ? Severity.LOW : Severity.INFORMATIONAL,
                    "It is a rotation: the same people, the organisation's network, an old key removed",
                    address,
                    mandate,
                    second);
        }
        if (organization && !key.onServicePrincipal() && earlier.isEmpty() && onboards(input.history(), key)) {
            return new Kind(
                    mandate.apply(Severity.LOW),
                    "It is an onboarding: the first credential, by the registrant, within a day, from the"
                            + " organisation's network",
                    address,
                    mandate,
                    second);
        }
        return new Kind(mandate.apply(Severity.HIGH), UNEXPLAINED, address, mandate, second);
    }

    /**
     * Whether it is a rotation or an onboarding, provided that it was added from the organisation's network.
     *
     * @param history of the application
     * @param keys all of its keys
     */
    static boolean isExplainedInside(SubjectHistory history, AddedKey key, List<AddedKey> keys) {
        List<AddedKey> earlier = earlier(key, keys);
        return rotates(history, key, keys, earlier)
                || (!key.onServicePrincipal() && earlier.isEmpty() && onboards(history, key));
    }

    private static List<AddedKey> earlier(AddedKey key, List<AddedKey> keys) {
        return keys.stream()
                .filter(other -> !other.act().equals(key.act()) && Facts.ORDER.compare(other.act(), key.act()) < 0)
                .toList();
    }

    private static boolean rotates(SubjectHistory history, AddedKey key, List<AddedKey> keys, List<AddedKey> earlier) {
        Instant from = key.time().minus(ROTATION);
        Instant to = key.time().plus(ROTATION);
        Set<String> younger = keys.stream()
                .filter(other -> Facts.ORDER.compare(other.act(), key.act()) >= 0)
                .map(AddedKey::keyId)
                .collect(Collectors.toSet());
        boolean oldRemoved = Keys.removals(history.acts(), key, younger).stream()
                .map(AppEvent::getEventTime)
                .anyMatch(time -> !time.isBefore(from) && !time.isAfter(to));
        boolean sameActor = earlier.stream().anyMatch(other -> Facts.sameActor(other.act(), key.act()));
        return oldRemoved && (sameActor || owns(history, key) || registered(history, key));
    }

    private static boolean onboards(SubjectHistory history, AddedKey key) {
        return registered(history, key)
                && Registered.of(history)
                        .filter(app -> Facts.mayPrecede(app.at(), key.time())
                                && Facts.mayPrecede(key.time(), app.at().plus(ONBOARDING)))
                        .isPresent()
                && Keys.removals(history.acts(), key, Set.of()).stream().noneMatch(act -> act.equals(key.act()));
    }

    /** Whether the adder is an owner at that time, by the latest change of that owner. */
    private static boolean owns(SubjectHistory history, AddedKey key) {
        Set<String> keys = Actors.keys(key.act().getActor());
        Optional<AppEvent> latest = history.acts().stream()
                .filter(act -> Facts.succeeded(act) && !act.getEventTime().isAfter(key.time()))
                .filter(act -> act.getDetails().orElse(null) instanceof OwnerChange owner
                        && (names(keys, owner.getOwnerId()) || names(keys, owner.getOwnerName())))
                .max(Facts.ORDER);
        return latest.filter(act -> act.getOperation().startsWith("add-")).isPresent();
    }

    private static boolean names(Set<String> keys, Optional<String> name) {
        return name.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(keys::contains)
                .isPresent();
    }

    private static boolean registered(SubjectHistory history, AddedKey key) {
        Optional<Registered> registered = Registered.of(history);
        if (registered.flatMap(Registered::act).isPresent()) {
            return registered
                    .flatMap(Registered::act)
                    .filter(act -> Facts.sameActor(act, key.act()))
                    .isPresent();
        }
        Set<String> keys = Actors.keys(key.act().getActor());
        return history.profile()
                .getRegistration()
                .filter(summary -> names(keys, summary.getActorId()))
                .isPresent();
    }
}
