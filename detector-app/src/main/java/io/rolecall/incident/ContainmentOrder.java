package io.rolecall.incident;

import io.rolecall.schema.Containment;
import io.rolecall.schema.state.AlertExtract;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The steps of several alerts as one plan: each once, permissions of one target together, in the order in which they are taken. */
final class ContainmentOrder {

    private static final int MOST_STEPS = 30;
    private static final String REMOVE = "Remove the application permission";
    private static final String CONFIRM = "Confirm with ";

    /** Stop it first, take away then, ask and clean up last. */
    private static final List<String> STAGES =
            List.of("Disable", "Remove", "Revoke the delegated", "Undo", "Revoke", "Confirm");

    private final Map<String, Containment> steps = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> permissions = new LinkedHashMap<>();

    private ContainmentOrder() {}

    /** Steps of one stage in the order of the alerts; what only asks for a review comes with informational alerts, and is left out. */
    static List<Containment> of(List<AlertExtract> worst) {
        ContainmentOrder plan = new ContainmentOrder();
        worst.stream()
                .filter(alert -> !alert.getSeverity().equals("informational"))
                .forEach(alert -> alert.getContainment().forEach(plan::add));
        return plan.steps.values().stream()
                .sorted(Comparator.comparingInt(step -> stage(step.getAction())))
                .limit(MOST_STEPS)
                .toList();
    }

    private void add(Containment step) {
        String target = step.getTargetId().orElse("");
        String action = step.getAction();
        if (action.startsWith(REMOVE)) {
            TreeSet<String> values = permissions.computeIfAbsent(target, it -> new TreeSet<>());
            values.addAll(List.of(
                    action.substring(REMOVE.length()).replaceFirst("^s? ", "").split(", ", -1)));
            steps.put(
                    REMOVE + target,
                    Containment.newBuilder(step)
                            .setAction(REMOVE + (values.size() == 1 ? " " : "s ") + String.join(", ", values))
                            .build());
            return;
        }
        boolean ofPerson = action.startsWith(CONFIRM) || action.startsWith("Revoke the sessions of ");
        String key = ofPerson && !target.isEmpty() ? "person " + target : action + "\n" + target;
        // Whose sessions are revoked is asked with it.
        steps.merge(key, step, (one, other) -> one.getAction().startsWith(CONFIRM) ? other : one);
    }

    private static int stage(String action) {
        for (int stage = 0; stage < STAGES.size(); stage++) {
            if (action.startsWith(STAGES.get(stage))) {
                return stage;
            }
        }
        return STAGES.size();
    }
}
