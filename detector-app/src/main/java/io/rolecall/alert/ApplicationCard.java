package io.rolecall.alert;

import io.rolecall.detection.Finding;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Involvement;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an alert says of its application: from the profile, and from the acts where they know more or later. */
final class ApplicationCard {

    /** A value and when it was true; of equal times the greater text wins, so that order of arrival does not matter. */
    private record Dated(Instant at, String value) {}

    private ApplicationCard() {}

    /**
     * The application of the subject; empty for actors and tenants.
     *
     * @param finding what was found of it: an application that nothing else is known of has the name that it acts under
     */
    static Optional<AlertApplication> of(SubjectHistory history, Finding finding) {
        Subject subject = history.subject();
        if (subject.kind() != SubjectKind.APPLICATION) {
            return Optional.empty();
        }
        SubjectProfile profile = history.profile();
        Optional<RegistrationSummary> registration = profile.getRegistration();
        return Optional.of(AlertApplication.newBuilder()
                .setAppId(appId(subject))
                .setObjectId(profile.getAppObjectId()
                        .or(() -> smallest(history, AppEvent::getAppObjectId))
                        .orElse(null))
                .setServicePrincipalId(profile.getServicePrincipalId()
                        .or(() -> smallest(history, AppEvent::getServicePrincipalId))
                        .orElse(null))
                .setDisplayName(displayName(history, finding))
                .setTenancy(tenancy(history, registration))
                .setRegisteredAt(registration.map(it -> Micros.of(it.getAt())).orElse(null))
                .build());
    }

    /** The subject's App ID; null while it is unresolved. */
    static @Nullable String appId(Subject subject) {
        return subject.kind() == SubjectKind.APPLICATION && !subject.isUnresolved() ? subject.id() : null;
    }

    private static Optional<String> smallest(SubjectHistory history, Function<AppEvent, Optional<String>> id) {
        return history.acts().stream().map(id).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static @Nullable String displayName(SubjectHistory history, Finding finding) {
        List<Dated> names = new ArrayList<>();
        SubjectProfile profile = history.profile();
        profile.getDisplayName()
                .ifPresent(
                        name -> names.add(new Dated(profile.getDisplayNameAt().orElse(profile.getFirstSeen()), name)));
        for (AppEvent act : history.acts()) {
            act.getAppDisplayName().ifPresent(name -> names.add(new Dated(act.getEventTime(), name)));
        }
        if (names.isEmpty()) {
            finding.decidedBy().stream()
                    .filter(act -> Involvement.of(act) == Involvement.INITIATOR)
                    .forEach(act ->
                            act.getActor().getName().ifPresent(name -> names.add(new Dated(act.getEventTime(), name))));
        }
        return latest(names.stream());
    }

    /** The tenancy as registered, then as later changes flipped it. */
    private static @Nullable String tenancy(SubjectHistory history, Optional<RegistrationSummary> registration) {
        List<Dated> states = new ArrayList<>();
        registration.ifPresent(it -> it.getTenancy()
                .or(it::getInventoryTenancy)
                .ifPresent(tenancy -> states.add(new Dated(it.getAt(), tenancy))));
        for (AppEvent act : history.acts()) {
            if (Facts.succeeded(act)) {
                Details.of(act, Registration.class)
                        .flatMap(Registration::getTenancy)
                        .ifPresent(tenancy -> states.add(new Dated(act.getEventTime(), tenancy)));
            }
        }
        return latest(states.stream());
    }

    private static @Nullable String latest(Stream<Dated> values) {
        return values.max(Comparator.comparing(Dated::at).thenComparing(Dated::value))
                .map(Dated::value)
                .orElse(null);
    }
}
