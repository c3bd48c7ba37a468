package io.rolecall.explain;

import io.rolecall.detection.Condition;
import io.rolecall.policy.SettingChange;
import io.rolecall.schema.Alert;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An alert that two policies see differently over the same events.
 *
 * @param kind in what
 * @param old what the old policy raises; empty when it raises none
 * @param now what the new policy raises; empty when it raises none
 * @param cause what made the difference
 */
public record AlertChange(Kind kind, Optional<Alert> old, Optional<Alert> now, Cause cause) {

    /** In what an alert differs; what says most comes first. */
    public enum Kind {
        APPEARS,
        VANISHES,
        /** Its severity, and possibly its status. */
        SEVERITY,
        /** Its status alone: an exception suppresses it, or no longer does. */
        STATUS;

        /** Lower case, as {@code policy diff} prints it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What made a difference, as far as the facts of the alert's own subject decide.
     *
     * @param settings the settings that make it: each alone where one suffices, else those without which it is not there; none when
     *     none of the subject's own facts decide, because another subject's answer differs
     * @param conditions conditions of the detection that let it pass under one policy and not under the other, or whose answers
     *     differ; none where a setting decides without any (a detection turned off, a severity that the policy sets, an exception)
     */
    public record Cause(List<SettingChange> settings, List<Deciding> conditions) {

        public Cause {
            settings = List.copyOf(settings);
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * A condition that decided.
     *
     * @param policy by which it was asked: {@code old} or {@code new}
     * @param condition with its answer
     */
    public record Deciding(String policy, Condition condition) {}

    /** The alert as the new policy has it, else as the old one had it. */
    public Alert alert() {
        return now.or(() -> old).orElseThrow();
    }
}
