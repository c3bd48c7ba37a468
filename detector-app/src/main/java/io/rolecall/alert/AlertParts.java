package io.rolecall.alert;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Resources;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The lists of an alert: who took part, which permissions, which evidence; each in an order of its own. */
final class AlertParts {

    static final Comparator<AlertActor> BY_ROLE = Comparator.comparing(AlertActor::getRole)
            .thenComparing(actor -> actor.getName().orElse(""))
            .thenComparing(actor -> actor.getId().orElse(""))
            .thenComparing(actor -> actor.getIp().orElse(""))
            .thenComparing(actor -> actor.getTool().orElse(""))
            .thenComparing(AlertActor::compareTo);

    static final Comparator<AlertPermission> BY_PERMISSION = Comparator.comparing(AlertPermission::getResource)
            .thenComparing(AlertPermission::getValue)
            .thenComparing(AlertPermission::getType);

    private AlertParts() {}

    static List<AlertActor> actors(Finding finding) {
        return finding.participants().stream()
                .map(AlertParts::actor)
                .distinct()
                .sorted(BY_ROLE)
                .toList();
    }

    private static AlertActor actor(Participant participant) {
        Actor actor = participant.act().getActor();
        return AlertActor.newBuilder()
                .setType(actor.getType())
                .setId(DisplayNames.firstOf(actor.getId(), actor.getServicePrincipalId())
                        .orElse(null))
                .setName(actor.getName().orElse(null))
                .setRole(participant.role())
                .setIp(participant.address().ip().orElse(null))
                .setIpClass(participant.address().addressClass().label())
                .setNetwork(participant.address().network().orElse(null))
                .setBasis(participant.address().basis())
                .setTool(ActingTool.of(participant.act()).orElse(null))
                .build();
    }

    static List<AlertPermission> permissions(Finding finding, DetectionInput input) {
        TreeSet<AlertPermission> permissions = new TreeSet<>(BY_PERMISSION);
        for (Permission permission : finding.permissions()) {
            permissions.add(AlertPermission.newBuilder()
                    .setResource(Resources.shortName(permission.resourceAppId()).orElse(permission.resourceAppId()))
                    .setValue(permission.value())
                    .setType(permission.type().label())
                    .setTier(input.policy().permissionSets().tier(permission).orElse(null))
                    .build());
        }
        return List.copyOf(permissions);
    }

    static Evidence evidence(AppEvent act) {
        return Evidence.newBuilder()
                .setEventId(act.getEventId())
                .setSource(act.getSource())
                .setOperation(act.getOperation())
                .setEventTime(Micros.of(act.getEventTime()))
                .setSummary(Sentences.of(act))
                .setIp(act.getActor().getIp().orElse(null))
                .setPosition(act.getPosition())
                .setAlsoSeenAs(act.getAlsoSeenAs())
                .build();
    }
}
