package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Raised;
import io.rolecall.audit.KnownApplication.Redirect;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.detection.read.OwnerTenants;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.incident.IncidentIds;
import io.rolecall.inventory.ExportedDetails;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what is known of an application from its history, an import and its alerts, with the readers that the detections use. */
public final class ApplicationReader {

    private static final Set<String> DISABLING =
            Set.of(Operations.DISABLE_SERVICE_PRINCIPAL, Operations.UPDATE_SERVICE_PRINCIPAL);

    private final Policy policy;
    private final Instant until;
    private final Map<String, String> gone;

    /** What was read of one application, and what the logs told of its tenant through it. */
    public record Read(KnownApplication application, Watched watched) {}

    /**
     * Reads by a policy.
     *
     * @param until facts of later times are left out; {@link Instant#MAX} for none
     * @param gone users known to be deleted or disabled, by object id or user principal name in lower case: which of the two
     */
    public ApplicationReader(Policy policy, Instant until, Map<String, String> gone) {
        this.policy = policy;
        this.until = until;
        this.gone = Map.copyOf(gone);
    }

    /**
     * Reads one.
     *
     * @param alerts that may be about it; those about others are left out
     */
    public Read read(ApplicationHistory whole, Imported imported, List<Alert> alerts) {
        ApplicationHistory history = until.equals(Instant.MAX) ? whole : new UntilHistory(whole, until);
        UseKnown use = new UseKnown(history, until);
        return new Read(application(history, imported, use, about(history, alerts)), use.watched());
    }

    private List<Alert> about(ApplicationHistory history, List<Alert> alerts) {
        return alerts.stream()
                .filter(alert ->
                        alert.getSubject().getId().equals(history.subject().id())
                                && alert.getTenantId().equals(history.subject().tenantId())
                                && !alert.getLastEventTime().isAfter(until))
                .toList();
    }

    private KnownApplication application(
            ApplicationHistory history, Imported imported, UseKnown use, List<Alert> alerts) {
        SubjectProfile profile = history.profile();
        ExportedDetails.Details details = imported.details();
        ExportedKnown exported = ExportedKnown.of(profile);
        boolean cut = history.actsCut();
        Optional<Registered> registered = Registered.of(history).or(() -> Registered.servicePrincipal(history));
        Optional<AppEvent> registration = registered.flatMap(Registered::act).filter(act -> !cut);
        boolean registrationSeen = registration
                .filter(act -> Facts.is(act, Operations.ADD_APPLICATION))
                .isPresent();
        Optional<AppEvent> ended = Lifecycle.ended(history.acts()).filter(act -> isStill(act, exported, imported));
        Permits permits = Permits.of(history, imported, policy.permissionSets(), Declared.of(history, imported), until);
        List<String> users = permits.users();
        OwnersKnown owners = OwnersKnown.of(history.acts(), exported);
        List<Redirect> redirects = RedirectsKnown.of(history, imported, policy);
        return new KnownApplication(
                history.subject().tenantId(),
                history.subject().id(),
                !history.subject().isUnresolved(),
                profile.getAppObjectId().orElse(null),
                profile.getServicePrincipalId().orElse(null),
                profile.getDisplayName().orElse(null),
                state(ended, registration, exported),
                ended.map(AppEvent::getEventTime).orElse(null),
                tenancy(history),
                details.registration() || exported.isOfRegistration() || OwnerTenants.isRegisteredHere(history),
                OwnerTenants.isMicrosofts(history),
                registered.map(Registered::at).orElse(null),
                registeredBy(registered, profile),
                registrationSeen,
                profile.getOwnerTenantId().or(() -> ownerTenant(imported)).orElse(null),
                publisherDomain(history, imported).orElse(null),
                details.verifiedPublisher().orElse(null),
                permits.all(),
                registration.isPresent() || (imported.isKnown() && imported.grantsTold()),
                users.stream().limit(20).toList(),
                users.size(),
                LastAuthorised.of(history, imported, until),
                use.itself(),
                use.byUsers(),
                use.isRemembered(),
                managedIdentity(history, details, exported, registrationSeen),
                owners.owners(gone),
                exported.ownersTold() && !cut,
                owners.contradicted(),
                CredentialsKnown.of(history.acts(), exported, history.memory(), until),
                exported.credentialsTold() && !cut,
                redirects,
                registrationSeen || details.redirects(),
                raised(alerts),
                incident(alerts).orElse(null),
                lastEvent(history, exported.isAny() || imported.isKnown(), use));
    }

    /** Whether no later export shows that it has ended no more. */
    private static boolean isStill(AppEvent end, ExportedKnown exported, Imported imported) {
        return DISABLING.contains(end.getOperation())
                ? !exported.showStateAfter(end)
                : !exported.isThereAfter(end) && (!imported.isKnown() || imported.isBefore(end));
    }

    private static String state(Optional<AppEvent> ended, Optional<AppEvent> registration, ExportedKnown exported) {
        if (ended.isPresent()) {
            return DISABLING.contains(ended.orElseThrow().getOperation())
                    ? KnownApplication.DISABLED
                    : KnownApplication.DELETED;
        }
        if (exported.enabled().isPresent()) {
            return exported.enabled().orElseThrow() ? KnownApplication.ENABLED : KnownApplication.DISABLED;
        }
        return registration.isPresent() ? KnownApplication.ENABLED : KnownApplication.UNKNOWN;
    }

    /** As registered, then as the latest change made it. */
    private static @Nullable String tenancy(ApplicationHistory history) {
        Optional<Registered> registered = Registered.of(history);
        return Tenancies.of(history, registered)
                .latest()
                .map(Tenancies.Change::tenancy)
                .or(() -> registered.flatMap(Registered::tenancy))
                .orElse(null);
    }

    private static @Nullable String registeredBy(Optional<Registered> registered, SubjectProfile profile) {
        Optional<AppEvent> act = registered.flatMap(Registered::act);
        return act.isPresent()
                ? Known.actor(act.orElseThrow())
                : profile.getRegistration()
                        .flatMap(RegistrationSummary::getActorId)
                        .orElse(null);
    }

    private static Optional<String> ownerTenant(Imported imported) {
        return imported.facts().stream()
                .flatMap(fact -> Details.of(fact, ServicePrincipalState.class).stream())
                .flatMap(state -> state.getOwnerTenantId().stream())
                .map(tenant -> tenant.toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Optional<String> publisherDomain(ApplicationHistory history, Imported imported) {
        return Stream.concat(imported.facts().stream(), history.acts().stream().filter(Facts::succeeded))
                .flatMap(act -> Details.of(act, Registration.class).flatMap(Registration::getPublisherDomain).stream())
                .reduce((earlier, later) -> later);
    }

    /** What registers here, or has signed in as a managed identity, tells which it is. */
    private static @Nullable Boolean managedIdentity(
            ApplicationHistory history,
            ExportedDetails.Details details,
            ExportedKnown exported,
            boolean registrationSeen) {
        if (details.managedIdentity()) {
            return true;
        }
        if (details.registration()
                || exported.isOfRegistration()
                || registrationSeen
                || OwnerTenants.isRegisteredHere(history)) {
            return false;
        }
        return null;
    }

    private static List<Raised> raised(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getStatus().equals("open"))
                .sorted(Comparator.comparing((Alert alert) -> Severity.ofLabel(alert.getSeverity()))
                        .reversed()
                        .thenComparing(Alert::getFirstEventTime)
                        .thenComparing(Alert::getAlertId))
                .map(alert ->
                        new Raised(alert.getAlertId(), alert.getDetection(), alert.getSeverity(), alert.getTitle()))
                .toList();
    }

    private static Optional<String> incident(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .filter(alert -> Severity.ofLabel(alert.getSeverity()).compareTo(Severity.INFORMATIONAL) > 0)
                .map(alert -> IncidentIds.of(alert.getGroupKey()))
                .min(Comparator.naturalOrder());
    }

    /** The profile's last fact may be an import, which is no event. */
    private @Nullable Instant lastEvent(ApplicationHistory history, boolean imported, UseKnown use) {
        Instant last = history.profile().getLastSeen();
        if (!imported && !history.profile().getFirstSeen().isAfter(last)) {
            return last.isAfter(until) ? until : last;
        }
        Stream<Instant> used = Stream.of(Optional.ofNullable(use.itself()), Optional.ofNullable(use.byUsers()))
                .flatMap(Optional::stream)
                .map(KnownApplication.Use::at);
        Stream<Instant> acts = Stream.concat(
                        history.acts().stream(),
                        history.userDays(Instant.MIN, Instant.MAX, 1).stream().flatMap(day -> day.getActs().stream()))
                .map(AppEvent::getEventTime);
        return Stream.concat(used, acts).max(Comparator.naturalOrder()).orElse(null);
    }
}
