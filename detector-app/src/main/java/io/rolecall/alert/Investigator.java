package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.read.TenantWideAccess;
import io.rolecall.event.AvroJson;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an analyst would look up next, done in advance from the facts around the deciding events. Beside the acts, which
 * the detection has read already, it reads at most {@value #MOST_USER_DAYS} days of users, {@value SignInReport#MOST_HOURS} hours of
 * sign-ins and {@value UseReport#MOST_HOURS} roll-ups each of use and of Azure activity, together fewer than a detection may.
 */
final class Investigator {

    static final Duration BEFORE = Duration.ofDays(30);
    static final Duration AFTER = Duration.ofDays(30);

    static final int MOST_USER_DAYS = 64;

    private static final Set<String> REMOVALS = Set.of(
            Operations.REMOVE_APP_ROLE,
            Operations.REMOVE_APP_ROLE_BY_LINK,
            Operations.REMOVE_APP_ROLE_FROM_USER,
            Operations.REMOVE_DELEGATED_GRANT,
            Operations.REMOVE_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.REMOVE_OWNER_FROM_APPLICATION,
            Operations.REMOVE_OWNER_FROM_SERVICE_PRINCIPAL);

    private final Finding finding;
    private final DetectionInput input;
    private final Instant first;
    private final Instant last;
    private final List<AppEvent> acts;

    private Investigator(Finding finding, DetectionInput input) {
        this.finding = finding;
        this.input = input;
        this.first = finding.decidedBy().stream()
                .map(AppEvent::getEventTime)
                .min(Instant::compareTo)
                .orElse(finding.anchorTime());
        this.last = finding.decidedBy().stream()
                .map(AppEvent::getEventTime)
                .max(Instant::compareTo)
                .orElse(finding.anchorTime());
        this.acts = input.history().acts().stream()
                .filter(act -> act.getOutcome().equals("success"))
                .filter(act -> !act.getEventTime().isBefore(first.minus(BEFORE)))
                .filter(act -> !act.getEventTime().isAfter(last.plus(AFTER)))
                .toList();
    }

    /** The investigation; empty when nothing at all is known. */
    static Optional<Investigation> investigate(Finding finding, DetectionInput input) {
        Investigation found = new Investigator(finding, input).report();
        return AvroJson.toTree(found).isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private Investigation report() {
        Investigation.Builder report = Investigation.newBuilder()
                .setPermissionType(permissionType())
                .setConsentingAdministrators(consentingAdministrators())
                .setCredentials(credentials())
                .setOwners(owners())
                .setAfterwards(afterwards());
        List<AppEvent> userActs = List.of();
        List<UseHour> uses = List.of();
        List<AzureSlot> azure = List.of();
        if (input.history() instanceof ApplicationHistory application) {
            Instant from = day(first.minus(BEFORE));
            Instant to = endOfDay(last.plus(AFTER));
            List<UserDay> days = application.userDays(from, to, MOST_USER_DAYS);
            userActs = days.stream().flatMap(day -> day.getActs().stream()).toList();
            uses = application.uses(from, to, UseReport.MOST_HOURS);
            azure = application.azureActivity(from, to, UseReport.MOST_HOURS);
            boolean everybody =
                    TenantWideAccess.held(application, input.policy().permissionSets(), first, to);
            report.setExposedUsers(Exposure.of(days, application.profile(), days.size() == MOST_USER_DAYS, everybody)
                    .orElse(null));
            report.setSignIns(SignInReport.between(
                            application, day(first.minus(SignInReport.BEFORE)), endOfDay(last.plus(SignInReport.AFTER)))
                    .orElse(null));
        }
        report.setUse(UseReport.of(input.history(), acts, userActs, uses, azure).orElse(null));
        return report.build();
    }

    /** Whole days, so that findings of the same days read the same. */
    private static Instant day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }

    private static Instant endOfDay(Instant time) {
        return day(time).plus(Duration.ofDays(1)).minusNanos(1);
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
        for (AppEvent act : acts) {
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

    private List<String> credentials() {
        List<String> lines = new ArrayList<>();
        for (AppEvent act : acts) {
            Details.of(act, CredentialChange.class).ifPresent(change -> {
                change.getAdded().forEach(credential -> lines.add(credentialLine(credential, "added", act)));
                change.getRemoved().forEach(credential -> lines.add(credentialLine(credential, "removed", act)));
            });
        }
        return lines;
    }

    private static String credentialLine(Credential credential, String what, AppEvent act) {
        String by = DisplayNames.plainActor(act.getActor())
                .map(name -> " by " + name)
                .orElse("");
        return GrantSentences.described(credential) + " " + what + by + " at " + when(act);
    }

    private static String when(AppEvent act) {
        return AvroJson.time(Micros.of(act.getEventTime()));
    }

    /** Owners added and not removed again. */
    private List<String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (AppEvent act : acts) {
            if (act.getDetails().orElse(null) instanceof OwnerChange change) {
                String key = DisplayNames.firstOf(change.getOwnerId(), change.getOwnerName())
                        .orElse("");
                if (act.getOperation().startsWith("remove-")) {
                    owners.remove(key);
                } else if (!key.isEmpty()) {
                    owners.put(
                            key,
                            DisplayNames.firstOf(change.getOwnerName(), change.getOwnerId())
                                    .orElse(key));
                }
            }
        }
        return owners.values().stream().sorted().distinct().toList();
    }

    private List<String> afterwards() {
        return acts.stream()
                .filter(act -> act.getEventTime().isAfter(last))
                .filter(act -> REMOVALS.contains(act.getOperation())
                        || Operations.STATE_CHANGES.contains(act.getOperation())
                        || Details.of(act, ServicePrincipalState.class)
                                .filter(state -> state.getAccountEnabled().isPresent())
                                .isPresent())
                .map(act -> when(act) + " " + Sentences.of(act))
                .toList();
    }
}
