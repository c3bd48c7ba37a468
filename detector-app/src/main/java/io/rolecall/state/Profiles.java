package io.rolecall.state;

import io.rolecall.detection.read.Authorisations;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.Acts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.inventory.ExportedParts;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Merges facts into profiles. Every copy of an act is merged, and every field is a minimum, a maximum or the smallest text, so
 * that neither order nor duplicates matter.
 */
public final class Profiles {

    private Profiles() {}

    /** The profile of a subject of which only an import tells: nothing of it has been observed. */
    public static SubjectProfile ofImport(Instant importedAt) {
        return SubjectProfile.newBuilder()
                .setFirstSeen(EventDays.LATEST)
                .setLastSeen(importedAt)
                .build();
    }

    public static SubjectProfile of(AppEvent first) {
        return SubjectProfile.newBuilder()
                .setFirstSeen(first.getEventTime())
                .setLastSeen(first.getEventTime())
                .build();
    }

    /** Whether the act concerns what single users let the application do: consents, assignments, grants for one of them. */
    private static boolean isOfUser(AppEvent act) {
        return Acts.asksUser(act)
                || Acts.assignsUser(act)
                || (Acts.isUserLevel(act)
                        && Details.of(act, DelegatedGrant.class)
                                .filter(grant -> !grant.getAdded().isEmpty())
                                .isPresent());
    }

    public static SubjectProfile merge(SubjectProfile profile, AppEvent event, PermissionSets sets) {
        Instant time = event.getEventTime();
        SubjectProfile.Builder merged = known(profile, event, sets)
                .setFirstSeen(EventDays.earlier(profile.getFirstSeen(), time))
                .setLastSeen(EventDays.later(profile.getLastSeen(), time));
        if (isOfUser(event)) {
            merged.setFirstUserActAt(profile.getFirstUserActAt()
                    .map(at -> EventDays.earlier(at, time))
                    .orElse(time));
            merged.setLastUserActAt(profile.getLastUserActAt()
                    .map(at -> EventDays.later(at, time))
                    .orElse(time));
        }
        return merged.build();
    }

    /**
     * The same of a fact that tells nothing of the subject but that there is one: of what an application did to others, and of people
     * and tenants.
     *
     * @param profile the subject's; empty when nothing is known of it
     * @param event the fact
     * @param begins whether the subject has been observed since: what an application did says nothing of how long it has been acted on
     */
    public static SubjectProfile seen(Optional<SubjectProfile> profile, AppEvent event, boolean begins) {
        Instant time = event.getEventTime();
        SubjectProfile known = profile.orElseGet(() -> begins ? of(event) : ofImport(time));
        Instant first = begins ? EventDays.earlier(known.getFirstSeen(), time) : known.getFirstSeen();
        return spanning(known, first, EventDays.later(known.getLastSeen(), time));
    }

    /**
     * The same of a fact of which a person has very many: the profile tells the day of the last one, so that it is written once a day.
     */
    public static SubjectProfile seenOn(Optional<SubjectProfile> profile, AppEvent event) {
        Instant midnight = EventDays.midnight(event.getEventTime());
        SubjectProfile known = profile.orElseGet(
                () -> SubjectProfile.newBuilder(of(event)).setLastSeen(midnight).build());
        Instant first = EventDays.earlier(known.getFirstSeen(), event.getEventTime());
        return spanning(known, first, EventDays.later(known.getLastSeen(), midnight));
    }

    /** The same of a use of an application, of which nobody but the one who asks for users is to know. */
    public static SubjectProfile usedOn(Optional<SubjectProfile> profile, AppEvent event) {
        Instant midnight = EventDays.midnight(event.getEventTime());
        SubjectProfile known = profile.orElseGet(() -> ofImport(midnight));
        return spanning(known, known.getFirstSeen(), EventDays.later(known.getLastSeen(), midnight));
    }

    /** With another span; the same when it is no other, so that a profile is not copied for each of very many facts. */
    private static SubjectProfile spanning(SubjectProfile known, Instant first, Instant last) {
        return first.equals(known.getFirstSeen()) && last.equals(known.getLastSeen())
                ? known
                : SubjectProfile.newBuilder(known)
                        .setFirstSeen(first)
                        .setLastSeen(last)
                        .build();
    }

    /**
     * The same of an imported fact, which shows what there is and nobody doing anything: no baseline begins with it, and the profile
     * is kept from the time of the import, because the object may be years old.
     */
    @SuppressWarnings("NullAway") // nullable Avro fields take null
    public static SubjectProfile mergeImport(
            SubjectProfile profile, AppEvent fact, Instant importedAt, PermissionSets sets) {
        return known(profile, fact, sets)
                .setLastSeen(EventDays.later(profile.getLastSeen(), importedAt))
                .setExportedRegistration(ExportedParts.merge(
                        profile.getExportedRegistration(),
                        Details.of(fact, Registration.class).flatMap(Registration::getExported)))
                .setExportedPrincipal(ExportedParts.merge(
                        profile.getExportedPrincipal(),
                        Details.of(fact, ServicePrincipalState.class).flatMap(ServicePrincipalState::getExported)))
                .build();
    }

    /** What a fact of either kind tells: names and ids, when the application was added, what it may do. */
    private static SubjectProfile.Builder known(SubjectProfile profile, AppEvent event, PermissionSets sets) {
        Instant time = event.getEventTime();
        SubjectProfile.Builder merged = SubjectProfile.newBuilder(profile)
                .setAppObjectId(smaller(profile.getAppObjectId(), event.getAppObjectId()))
                .setServicePrincipalId(smaller(profile.getServicePrincipalId(), event.getServicePrincipalId()));
        if (event.getDetails().orElse(null) instanceof SignIn signIn) {
            merged.setOwnerTenantId(smaller(profile.getOwnerTenantId(), signIn.getAppOwnerTenantId()));
        }
        if (event.getDetails().orElse(null) instanceof ServicePrincipalState state) {
            merged.setOwnerTenantId(smaller(profile.getOwnerTenantId(), state.getOwnerTenantId()));
        }
        mergeName(merged, profile, event);
        merged.setHeld(HeldPermissions.merge(profile.getHeld(), event, sets));
        merged.setAuthorisations(Authorisations.merge(profile.getAuthorisations(), event));
        merged.setTenancyChanges(Tenancies.merge(profile.getTenancyChanges(), event));
        if (event.getOutcome().equals("success")) {
            if (event.getOperation().equals(Operations.ADD_APPLICATION)) {
                merged.setRegistration(registration(profile.getRegistration(), event));
            }
            if (event.getOperation().equals(Operations.ADD_SERVICE_PRINCIPAL)) {
                merged.setServicePrincipalAddedAt(profile.getServicePrincipalAddedAt()
                        .map(at -> EventDays.earlier(at, time))
                        .orElse(time));
            }
        }
        return merged;
    }

    /** The latest name; of two at one time the smaller text. */
    private static void mergeName(SubjectProfile.Builder merged, SubjectProfile profile, AppEvent event) {
        if (event.getAppDisplayName().isEmpty()) {
            return;
        }
        String name = event.getAppDisplayName().orElseThrow();
        Instant time = event.getEventTime();
        Instant known = profile.getDisplayNameAt().orElse(Instant.MIN);
        boolean newer = time.isAfter(known);
        boolean smallerText = time.equals(known)
                && profile.getDisplayName()
                        .filter(text -> text.compareTo(name) > 0)
                        .isPresent();
        if (newer || smallerText) {
            merged.setDisplayName(name).setDisplayNameAt(time);
        }
    }

    @SuppressWarnings("NullAway") // nullable Avro fields take null
    private static RegistrationSummary registration(Optional<RegistrationSummary> known, AppEvent event) {
        Optional<String> tenancy = Details.of(event, Registration.class).flatMap(Registration::getTenancy);
        // An import tells the tenancy of today; a flip since the registration must not hide how it was registered.
        Optional<String> none = Optional.empty();
        boolean imported = ImportedFacts.isImported(event);
        return RegistrationSummary.newBuilder()
                .setAt(known.map(summary -> EventDays.earlier(summary.getAt(), event.getEventTime()))
                        .orElse(event.getEventTime()))
                .setTenancy(smaller(known.flatMap(RegistrationSummary::getTenancy), imported ? none : tenancy))
                .setInventoryTenancy(
                        smaller(known.flatMap(RegistrationSummary::getInventoryTenancy), imported ? tenancy : none))
                .setActorId(smaller(
                        known.flatMap(RegistrationSummary::getActorId),
                        event.getActor().getId()))
                .build();
    }

    @SuppressWarnings("NullAway") // nullable Avro fields take null
    private static String smaller(Optional<String> a, Optional<String> b) {
        return Stream.of(a, b).flatMap(Optional::stream).min(String::compareTo).orElse(null);
    }
}
