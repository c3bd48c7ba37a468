package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.read.TenantWideAccess;
import io.rolecall.event.AvroJson;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.SignInSummary;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an analyst would look up next, done in advance from the facts around the deciding events. Beside the acts, which
 * the detection has read already, it reads at most {@value Surroundings#MOST_USER_DAYS} days of users, twice {@value
 * SignInReport#MOST_HOURS} hours of sign-ins and {@value UseReport#MOST_HOURS} roll-ups each of use and of Azure activity, together no
 * more than a detection may; of a person what a detection of their sign-ins reads.
 */
final class Investigator {

    static final Duration BEFORE = Duration.ofDays(30);
    static final Duration AFTER = Duration.ofDays(30);

    private final Finding finding;
    private final DetectionInput input;
    private final Surroundings around;

    private Investigator(Finding finding, DetectionInput input) {
        this.finding = finding;
        this.input = input;
        Instant first = finding.decidedBy().stream()
                .map(AppEvent::getEventTime)
                .min(Instant::compareTo)
                .orElse(finding.anchorTime());
        Instant last = finding.decidedBy().stream()
                .map(AppEvent::getEventTime)
                .max(Instant::compareTo)
                .orElse(finding.anchorTime());
        this.around = Surroundings.of(input.history(), first, last, BEFORE, AFTER);
    }

    /**
     * What was looked up.
     *
     * @param investigation empty when nothing at all is known
     * @param usedSince whether the application was at work after the first deciding event
     */
    record Report(Optional<Investigation> investigation, boolean usedSince) {}

    /** Looks up what an analyst would. */
    static Report investigate(Finding finding, DetectionInput input) {
        return new Investigator(finding, input).report();
    }

    private Report report() {
        Optional<SignInSummary> signIns;
        Map<String, SignInHour> keys = Map.of();
        boolean usedSince = false;
        boolean everybody = false;
        if (input.history() instanceof ApplicationHistory application) {
            SignInReport report = SignInReport.of(application, around.first(), around.last());
            signIns = report.summary();
            keys = report.byKey();
            usedSince = UsedSince.of(around, report.own());
            everybody = TenantWideAccess.held(
                    application,
                    input.policy().permissionSets(),
                    around.first(),
                    Surroundings.endOfDay(around.last().plus(AFTER)));
        } else {
            signIns = SignInReport.ofPerson(around.personal());
        }
        HeldAndOwned held = new HeldAndOwned(around);
        Investigation found = Investigation.newBuilder()
                .setPermissionType(permissionType())
                .setConsentingAdministrators(consentingAdministrators())
                .setExposedUsers(Exposure.of(around, finding, everybody).orElse(null))
                .setSignIns(signIns.orElse(null))
                .setUse(UseReport.of(around, finding.decidedBy()).orElse(null))
                .setCredentials(held.credentials(keys))
                .setOwners(held.owners())
                .setAfterwards(Afterwards.of(around))
                .build();
        return new Report(AvroJson.toTree(found).isEmpty() ? Optional.empty() : Optional.of(found), usedSince);
    }

    private @Nullable String permissionType() {
        Set<String> types = new TreeSet<>();
        for (Permission permission : finding.permissions()) {
            types.add(permission.type().label());
        }
        return types.isEmpty()
                ? null
                : types.size() == 2 ? "both" : types.iterator().next();
    }

    private List<String> consentingAdministrators() {
        Set<String> names = new TreeSet<>();
        for (AppEvent act : around.acts()) {
            if (act.getActor().getType().equals("user") && isForEverybody(act)) {
                DisplayNames.plainActor(act.getActor()).ifPresent(names::add);
            }
        }
        return List.copyOf(names);
    }

    private static boolean isForEverybody(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof AppRole) {
            return act.getOperation().equals(Operations.ADD_APP_ROLE);
        }
        if (details instanceof DelegatedGrant grant) {
            return grant.getConsentType().filter("all-principals"::equals).isPresent()
                    && !act.getOperation().equals(Operations.REMOVE_DELEGATED_GRANT);
        }
        return details instanceof Consent consent && consent.getOnBehalfOfAll().orElse(false);
    }
}
