package io.rolecall.audit;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ExportedCredential;
import io.rolecall.schema.ExportedOwner;
import io.rolecall.schema.ExportedState;
import io.rolecall.schema.state.SubjectProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What exports state of an application that no log tells, as its profile keeps it: from files, from gathered history and in a running
 * service alike. Registration and service principal are objects of their own, of which one may have been exported without the other.
 */
final class ExportedKnown {

    private final Optional<ExportedState> registration;
    private final Optional<ExportedState> principal;

    private ExportedKnown(Optional<ExportedState> registration, Optional<ExportedState> principal) {
        this.registration = registration;
        this.principal = principal;
    }

    static ExportedKnown of(SubjectProfile profile) {
        return new ExportedKnown(profile.getExportedRegistration(), profile.getExportedPrincipal());
    }

    boolean isAny() {
        return registration.isPresent() || principal.isPresent();
    }

    boolean isOfRegistration() {
        return registration.isPresent();
    }

    /** Whether all owners of the registration are known. */
    boolean ownersTold() {
        return registration
                .filter(state -> state.getOwnersAt().isPresent() && !state.getOwnersCut())
                .isPresent();
    }

    /** Whether all secrets and certificates of the registration are known. */
    boolean credentialsTold() {
        return registration
                .filter(state -> state.getCredentialsAt().isPresent() && !state.getCredentialsCut())
                .isPresent();
    }

    List<ExportedOwner> owners(boolean ofPrincipal) {
        return of(ofPrincipal).map(ExportedState::getOwners).orElse(List.of());
    }

    List<ExportedCredential> credentials(boolean ofPrincipal) {
        return of(ofPrincipal).map(ExportedState::getCredentials).orElse(List.of());
    }

    /** Whether the exported owners show what an act did: it came before the export. */
    boolean showOwnersAfter(AppEvent act, boolean ofPrincipal) {
        return isUpTo(of(ofPrincipal).filter(state -> !state.getOwnersCut()).flatMap(ExportedState::getOwnersAt), act);
    }

    /** Whether the exported credentials show what an act did. */
    boolean showCredentialsAfter(AppEvent act, boolean ofPrincipal) {
        return isUpTo(
                of(ofPrincipal).filter(state -> !state.getCredentialsCut()).flatMap(ExportedState::getCredentialsAt),
                act);
    }

    /** Whether somebody can sign in to it or as it. */
    Optional<Boolean> enabled() {
        return principal.filter(state -> state.getEnabledAt().isPresent()).map(ExportedState::getEnabled);
    }

    /** Whether the export that tells whether somebody can sign in came after an act. */
    boolean showStateAfter(AppEvent act) {
        return isUpTo(principal.flatMap(ExportedState::getEnabledAt), act);
    }

    /** Whether the application was there after an act. */
    boolean isThereAfter(AppEvent act) {
        return isUpTo(
                Stream.of(registration, principal)
                        .flatMap(Optional::stream)
                        .flatMap(
                                state -> Stream.of(state.getEnabledAt(), state.getCredentialsAt(), state.getOwnersAt()))
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()),
                act);
    }

    private Optional<ExportedState> of(boolean ofPrincipal) {
        return ofPrincipal ? principal : registration;
    }

    private static boolean isUpTo(Optional<Long> exportedAt, AppEvent act) {
        return exportedAt.filter(at -> act.getEventTime().toEpochMilli() <= at).isPresent();
    }
}
