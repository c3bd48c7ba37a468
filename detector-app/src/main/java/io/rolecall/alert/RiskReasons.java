package io.rolecall.alert;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.RiskReason;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Listing;
import io.rolecall.detection.read.OwnerTenants;
import io.rolecall.detection.read.ProtectedTexts;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.policy.ProtectedNames;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes one alert more urgent than another of its severity: what the detection says, and what holds of any alert. Of each kind
 * there is one reason, the detection's before the general one; heavier ones come first.
 */
final class RiskReasons {

    private static final int MOST_POINTS = 19;

    /** A critical alert has no more than this above its base, so that no score exceeds a hundred. */
    private static final int MOST_POINTS_OF_CRITICAL = 15;

    private static final Duration YOUNG = Duration.ofDays(7);

    /** Tools of scripts and command lines. */
    private static final Set<String> TOOLS = Set.of("azure-cli", "powershell", "graph");

    private final DetectionInput input;
    private final Shown alert;
    private final Set<RiskKind> kinds = EnumSet.noneOf(RiskKind.class);
    private final Map<String, RiskReason> reasons = new LinkedHashMap<>();

    /**
     * What an alert shows.
     *
     * @param usedSince whether the application was at work after the first deciding event
     * @param first time of the first deciding event
     */
    record Shown(
            Optional<AlertApplication> application,
            List<AlertActor> actors,
            List<AlertPermission> permissions,
            Optional<Investigation> investigation,
            boolean usedSince,
            Instant first) {}

    private RiskReasons(DetectionInput input, Shown alert) {
        this.input = input;
        this.alert = alert;
    }

    /**
     * The reasons of an alert, heaviest first.
     *
     * @param finding what the detection found
     * @param alert what it shows
     */
    static List<RiskReason> of(Finding finding, DetectionInput input, Shown alert) {
        RiskReasons all = new RiskReasons(input, alert);
        finding.riskReasons().forEach(all::add);
        if (alert.usedSince()) {
            // With what, the investigation tells: a sentence that grows with every kind of use would revise the alert
            // each time.
            all.add(RiskKind.USED_AFTERWARDS, "The application was used after that");
        }
        all.ofAccess();
        all.ofActors();
        alert.application().ifPresent(all::ofApplication);
        return all.reasons.values().stream()
                .sorted(Comparator.comparing(
                                (RiskReason reason) -> -reason.kind().weight())
                        .thenComparing(RiskReason::kind))
                .toList();
    }

    /** The score: what the severity is worth, and the weights of the reasons, so bounded that severities never overlap. */
    static int score(Severity severity, Collection<RiskReason> reasons) {
        int points = reasons.stream().mapToInt(reason -> reason.kind().weight()).sum();
        return severity.baseScore()
                + Math.min(severity == Severity.CRITICAL ? MOST_POINTS_OF_CRITICAL : MOST_POINTS, points);
    }

    private void ofAccess() {
        if (alert.permissions().stream()
                .anyMatch(permission ->
                        permission.getTier().filter("tier-0"::equals).isPresent())) {
            add(RiskKind.TIER_0, "With a permission of it, an application can make itself or others administrator");
        }
        Optional<Investigation> investigation = alert.investigation();
        if (investigation
                .flatMap(Investigation::getExposedUsers)
                .filter(ExposedUsers::getEverybody)
                .isPresent()) {
            add(RiskKind.TENANT_WIDE, "Everybody in the tenant is exposed");
        }
        List<String> administrators =
                investigation.map(Investigation::getConsentingAdministrators).orElse(List.of());
        if (!administrators.isEmpty()) {
            add(RiskKind.PRIVILEGED_PERSON, "An administrator gave the access: " + administrators.get(0));
        }
    }

    private void ofActors() {
        Set<String> tools = new TreeSet<>();
        for (AlertActor actor : alert.actors()) {
            if (actor.getIpClass().equals("external")) {
                add(RiskKind.FROM_OUTSIDE, "From an address that is not the organisation's");
            }
            actor.getTool()
                    .filter(tool -> actor.getType().equals("user") && TOOLS.contains(tool))
                    .ifPresent(tools::add);
        }
        if (!tools.isEmpty()) {
            add(
                    RiskKind.UNUSUAL_TOOL,
                    "Done with " + String.join(", ", tools) + ", not in a portal or on a consent page");
        }
    }

    private void ofApplication(AlertApplication application) {
        String appId = input.history().subject().id();
        Listing.of(input.policy(), input.history())
                .ifPresent(listing -> add(
                        RiskKind.ABUSED,
                        listing.banned()
                                ? "The application is on the organisation's list of banned applications"
                                : "The application is known to be abused: " + listing.label()));
        boolean microsofts = OwnerTenants.isMicrosofts(input.history()) || ProtectedNames.isBearer(appId);
        if (!microsofts) {
            application.getDisplayName().flatMap(this::imitated).ifPresent(words -> add(RiskKind.LOOK_ALIKE, words));
            input.history()
                    .profile()
                    .getOwnerTenantId()
                    .filter(owner ->
                            !owner.equals(input.history().subject().tenantId()) && !MicrosoftApps.isOwner(owner))
                    .ifPresent(owner ->
                            add(RiskKind.FOREIGN_PUBLISHER, "The application belongs to another tenant, " + owner));
        }
        application
                .getRegisteredAt()
                .filter(at -> alert.first().isBefore(at.plus(YOUNG)))
                .ifPresent(at -> add(RiskKind.YOUNG, "The application was registered only at " + Facts.time(at)));
    }

    /** The organisation's own name on its own application imitates nothing. */
    private Optional<String> imitated(String name) {
        return ProtectedTexts.of(input.policy()).ofName(name).stream()
                .filter(match -> !match.exact() || match.isMicrosofts())
                .findFirst()
                .map(match -> "Its name " + match.words());
    }

    private void add(RiskReason reason) {
        if (reason.kind() == RiskKind.OTHER || kinds.add(reason.kind())) {
            reasons.putIfAbsent(reason.text(), reason);
        }
    }

    private void add(RiskKind kind, String text) {
        add(new RiskReason(kind, text));
    }
}
