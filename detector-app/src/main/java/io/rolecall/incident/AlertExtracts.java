package io.rolecall.incident;

import io.rolecall.alert.KnownAtLast;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.AlertSubject;
import io.rolecall.schema.Containment;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.ExtractedUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes from an alert what its incident needs, in a bounded number of bytes. */
public final class AlertExtracts {

    static final int TITLE_BYTES = 240;
    static final int TEXT_BYTES = 400;
    static final int NAME_BYTES = 160;
    private static final int EXPLANATION_BYTES = 800;
    private static final int MOST_REASONS = 10;
    private static final int MOST_ACTORS = 20;
    private static final int MOST_PERMISSIONS = 50;
    private static final int MOST_STEPS = 12;
    private static final int MOST_HINTS = 3;
    private static final int MOST_USERS = 20;
    private static final int MOST_LISTED = 5;

    private AlertExtracts() {}

    /** The extract of an alert, a function of its content. */
    public static AlertExtract of(Alert alert) {
        return AlertExtract.newBuilder()
                .setAlertId(alert.getAlertId())
                .setGroupKey(alert.getGroupKey())
                .setDetection(alert.getDetection())
                .setStatus(alert.getStatus())
                .setWithdrawnBecause(
                        BoundedText.of(alert.getWithdrawnBecause(), TEXT_BYTES).orElse(null))
                .setSuppressedBy(
                        BoundedText.of(alert.getSuppressedBy(), NAME_BYTES).orElse(null))
                .setTitle(BoundedText.of(alert.getTitle(), TITLE_BYTES))
                .setExplanation(BoundedText.of(alert.getExplanation(), EXPLANATION_BYTES))
                .setSeverity(alert.getSeverity())
                .setConfidence(alert.getConfidence())
                .setRiskScore(alert.getRiskScore())
                .setRiskReasons(BoundedText.of(alert.getRiskReasons(), MOST_REASONS, TEXT_BYTES))
                .setTenantId(BoundedText.of(alert.getTenantId(), NAME_BYTES))
                .setSubject(new AlertSubject(
                        alert.getSubject().getKind(),
                        BoundedText.of(alert.getSubject().getId(), NAME_BYTES)))
                .setApplication(
                        alert.getApplication().map(AlertExtracts::application).orElse(null))
                .setActors(alert.getActors().stream()
                        .limit(MOST_ACTORS)
                        .map(AlertExtracts::actor)
                        .toList())
                .setAddressesStated(alert.getActors().stream()
                        .allMatch(actor -> actor.getBasis().equals("event")))
                .setPermissions(alert.getPermissions().stream()
                        .limit(MOST_PERMISSIONS)
                        .map(AlertExtracts::permission)
                        .toList())
                .setFirstEventTime(alert.getFirstEventTime())
                .setLastEventTime(alert.getLastEventTime())
                .setActs(ExtractedActs.of(alert))
                .setExposedUsers(exposed(alert))
                .setUse(alert.getInvestigation().map(AlertExtracts::use).orElse(null))
                .setContainment(alert.getContainment().stream()
                        .limit(MOST_STEPS)
                        .map(AlertExtracts::step)
                        .toList())
                .setHarmless(BoundedText.of(alert.getFalsePositiveHints(), MOST_HINTS, TEXT_BYTES))
                .setAttack(alert.getAttack())
                .setPolicyVersion(alert.getPolicyVersion())
                .setNetworksVersion(alert.getNetworksVersion())
                .setOrigin(alert.getOrigin())
                .setSupersededBy(KnownAtLast.supersededBy(alert).orElse(null))
                .build();
    }

    private static AlertApplication application(AlertApplication application) {
        return AlertApplication.newBuilder(application)
                .setDisplayName(
                        BoundedText.of(application.getDisplayName(), NAME_BYTES).orElse(null))
                .build();
    }

    private static AlertActor actor(AlertActor actor) {
        return AlertActor.newBuilder(actor)
                .setId(BoundedText.of(actor.getId(), NAME_BYTES).orElse(null))
                .setName(BoundedText.of(actor.getName(), NAME_BYTES).orElse(null))
                .setIp(BoundedText.of(actor.getIp(), NAME_BYTES).orElse(null))
                .setNetwork(BoundedText.of(actor.getNetwork(), NAME_BYTES).orElse(null))
                .build();
    }

    private static AlertPermission permission(AlertPermission permission) {
        return AlertPermission.newBuilder(permission)
                .setResource(BoundedText.of(permission.getResource(), NAME_BYTES))
                .setValue(BoundedText.of(permission.getValue(), NAME_BYTES))
                .build();
    }

    private static Containment step(Containment step) {
        return Containment.newBuilder(step)
                .setAction(BoundedText.of(step.getAction(), TEXT_BYTES))
                .setTargetId(BoundedText.of(step.getTargetId(), NAME_BYTES).orElse(null))
                .build();
    }

    private static @Nullable ExposedUsers exposed(Alert alert) {
        return alert.getInvestigation()
                .flatMap(Investigation::getExposedUsers)
                .map(users -> ExposedUsers.newBuilder(users)
                        .setFirst(BoundedText.of(users.getFirst(), MOST_USERS, NAME_BYTES))
                        .build())
                .orElse(null);
    }

    private static @Nullable ExtractedUse use(Investigation found) {
        ExtractedUse.Builder use = ExtractedUse.newBuilder()
                .setSignIns(found.getSignIns().map(it -> it.getOwnSuccesses()).orElse(0L))
                .setPlaces(listed(found.getSignIns()
                        .filter(it -> it.getOwnSuccesses() > 0)
                        .map(it -> it.getPlaces())
                        .orElse(List.of())))
                .setMailRead(found.getUse().map(it -> it.getMailRead()).orElse(0L))
                .setMailSent(found.getUse().map(it -> it.getMailSent()).orElse(0L))
                .setMailboxes(found.getUse().map(it -> it.getMailboxes().size()).orElse(0))
                .setFiles(found.getUse().map(it -> it.getFiles()).orElse(0L))
                .setMailFlow(listed(found.getUse().map(it -> it.getMailFlow()).orElse(List.of())))
                .setAzureActions(
                        listed(found.getUse().map(it -> it.getAzureActions()).orElse(List.of())));
        ExtractedUse built = use.build();
        return IncidentUse.isNone(built) ? null : built;
    }

    private static List<String> listed(List<String> values) {
        return BoundedText.of(values, MOST_LISTED, NAME_BYTES);
    }
}
