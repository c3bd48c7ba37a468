package io.rolecall.topology;

import io.rolecall.detection.Detection;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Standing;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Resources;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.state.AlertState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The findings on one subject that stand, read from its alerts: the latest content of each, published or not, which is a function of
 * the facts alone once the detections that found them have been evaluated.
 */
final class StandingFindings {

    private static final Comparator<Standing> ORDER =
            Comparator.comparing(Standing::anchorTime).thenComparing(Standing::alertId);

    private StandingFindings() {}

    /** Those among some alerts that a detection reads. */
    static List<Standing> read(Detection reader, Policy policy, Collection<AlertState> raised) {
        return read(reader, policy, raised.stream().map(state -> of(state.getLatest(), state.getAnchorTime())));
    }

    /** Those among all findings on a subject that a detection reads. */
    static List<Standing> read(Detection reader, Policy policy, Stream<Standing> findings) {
        return findings.filter(finding -> !finding.status().equals("withdrawn"))
                .filter(finding -> reader.reads().findings().contains(finding.detection()))
                .filter(finding -> policy.settings(finding.detection()).enabled())
                .sorted(ORDER)
                .toList();
    }

    static Standing of(Alert alert, Instant anchorTime) {
        return new Standing(
                alert.getAlertId(),
                alert.getDetection(),
                alert.getStatus(),
                Severity.ofLabel(alert.getSeverity()),
                anchorTime,
                alert.getPermissions().stream()
                        .map(StandingFindings::permission)
                        .toList());
    }

    /** A span with the anchors of all that stands in only one of two lists, or stands otherwise in the other. */
    static Interval widened(Interval focus, List<Standing> before, List<Standing> after) {
        Interval widened = focus;
        for (Standing finding : before) {
            widened = after.contains(finding) ? widened : widened.including(finding.anchorTime());
        }
        for (Standing finding : after) {
            widened = before.contains(finding) ? widened : widened.including(finding.anchorTime());
        }
        return widened;
    }

    private static Permission permission(AlertPermission permission) {
        return new Permission(
                Resources.appId(permission.getResource()).orElse(permission.getResource()),
                permission.getValue(),
                Permission.Type.ofLabel(permission.getType()));
    }
}
