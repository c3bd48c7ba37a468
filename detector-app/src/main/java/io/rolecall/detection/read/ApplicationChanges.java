package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.FederatedCredentialChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Acts that change by what an application proves itself, whose it is, or what it may do itself or for everybody. What single users let
 * it do for them changes nothing for its own sign-ins.
 */
public final class ApplicationChanges {

    /** Operations that are read. */
    public static final Set<String> OPERATIONS = Stream.of(
                    Keys.OPERATIONS, Trusts.OPERATIONS, Operations.OWNER_CHANGES, Grants.OF_ROLES, Grants.OF_SCOPES)
            .flatMap(operations -> operations.stream())
            .collect(Collectors.toUnmodifiableSet());

    private ApplicationChanges() {}

    /**
     * A successful change.
     *
     * @param what what was changed, for sentences
     */
    public record Change(AppEvent act, String what) {}

    /** Those of an application, by time. */
    public static List<Change> of(List<AppEvent> acts) {
        return acts.stream()
                .filter(Facts::succeeded)
                .sorted(Facts.ORDER)
                .flatMap(act -> what(act).map(what -> new Change(act, what)).stream())
                .toList();
    }

    private static Optional<String> what(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof CredentialChange change) {
            return named("credential", change.getAdded(), change.getRemoved());
        }
        if (details instanceof FederatedCredentialChange change) {
            return named("federated credential", change.getAdded(), change.getRemoved());
        }
        if (details instanceof DelegatedGrant grant) {
            return named("grant", grant.getAdded(), grant.getRemoved());
        }
        if (details instanceof Consent consent) {
            return consent.getOnBehalfOfAll().orElse(false) ? Optional.of("grant") : Optional.empty();
        }
        if (Operations.OWNER_CHANGES.contains(act.getOperation())) {
            return Optional.of("owner");
        }
        return Grants.OF_ROLES.contains(act.getOperation()) ? Optional.of("grant") : Optional.empty();
    }

    private static Optional<String> named(String what, List<?> added, List<?> removed) {
        return added.isEmpty() && removed.isEmpty() ? Optional.empty() : Optional.of(what);
    }
}
