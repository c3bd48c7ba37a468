package io.rolecall.explain;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.explain.AlertChange.Cause;
import io.rolecall.explain.AlertChange.Deciding;
import io.rolecall.policy.Policy;
import io.rolecall.policy.SettingChange;
import io.rolecall.schema.Alert;
import io.rolecall.topology.ExplainedSubject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why two policies see one alert differently. Nothing is guessed from words: a setting is a cause when the alert follows it from one
 * policy into the other, a condition when the alert comes as soon as it is taken for met.
 */
final class Causes {

    private final Detection detection;
    private final String alertId;
    private final ExplainedSubject old;
    private final ExplainedSubject now;

    /**
     * For one alert.
     *
     * @param old its subject, judged by the old policy
     * @param now the same facts, judged by the new policy
     */
    Causes(Detection detection, String alertId, ExplainedSubject old, ExplainedSubject now) {
        this.detection = detection;
        this.alertId = alertId;
        this.old = old;
        this.now = now;
    }

    Cause of(List<SettingChange> settings) {
        Optional<Alert> before = alert(old, Set.of());
        Optional<Alert> after = alert(now, Set.of());
        if (outcome(before).equals(outcome(after))) {
            return new Cause(List.of(), List.of());
        }
        List<SettingChange> deciding = deciding(settings, outcome(after));
        if (before.isPresent() && after.isPresent()) {
            return new Cause(deciding, otherAnswers(deciding));
        }
        return new Cause(deciding, before.isPresent() ? lacking("new", now) : lacking("old", old));
    }

    /** Those that carry the difference alone; where none does, those without which it is not there; else all of them together. */
    private List<SettingChange> deciding(List<SettingChange> settings, String after) {
        List<SettingChange> alone = settings.stream()
                .filter(setting ->
                        outcome(old.by(setting.taking().apply(old.policy()))).equals(after))
                .toList();
        if (!alone.isEmpty()) {
            return alone;
        }
        List<SettingChange> needed = settings.stream()
                .filter(setting ->
                        !outcome(now.by(setting.leaving().apply(now.policy()))).equals(after))
                .toList();
        return needed.isEmpty() ? settings : needed;
    }

    /** The conditions that keep the alert away under a policy, in the order in which they are asked. */
    private List<Deciding> lacking(String policy, ExplainedSubject judged) {
        if (!judged.policy().settings(detection.id()).enabled()) {
            return List.of();
        }
        List<Condition> asked = judged.evaluate(detection).conditions();
        for (Condition condition : asked) {
            if (alert(judged, Set.of(condition.name())).isPresent()) {
                return List.of(new Deciding(policy, condition));
            }
        }
        Set<String> assumed = new HashSet<>();
        List<Deciding> together = new ArrayList<>();
        for (Condition condition : asked) {
            assumed.add(condition.name());
            if (condition.state() != Condition.State.MET) {
                together.add(new Deciding(policy, condition));
            }
            if (alert(judged, assumed).isPresent()) {
                return together;
            }
        }
        // What none of the conditions after the first can bring back was not there to be asked about.
        return asked.stream().limit(1).map(first -> new Deciding(policy, first)).toList();
    }

    /** Conditions that are answered otherwise as soon as the deciding settings change. */
    private List<Deciding> otherAnswers(List<SettingChange> deciding) {
        Policy changed = old.policy();
        for (SettingChange setting : deciding) {
            changed = setting.taking().apply(changed);
        }
        List<Condition> before = old.evaluate(detection).conditions();
        List<Condition> after = old.by(changed).evaluate(detection).conditions();
        List<Deciding> differing = new ArrayList<>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            Condition was = before.get(i);
            Condition is = after.get(i);
            if (was.state() != is.state() || !was.because().equals(is.because())) {
                differing.add(new Deciding("old", was));
                differing.add(new Deciding("new", is));
            }
        }
        return differing;
    }

    private Optional<Alert> alert(ExplainedSubject judged, Set<String> assumed) {
        return judged.alerts(detection, assumed).stream()
                .filter(alert -> alert.getAlertId().equals(alertId))
                .findFirst();
    }

    private String outcome(ExplainedSubject judged) {
        return outcome(alert(judged, Set.of()));
    }

    /** What of an alert is compared. */
    private static String outcome(Optional<Alert> alert) {
        return alert.map(it -> it.getSeverity() + " " + it.getStatus()).orElse("none");
    }
}
