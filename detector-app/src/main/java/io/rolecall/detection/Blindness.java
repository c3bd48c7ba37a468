package io.rolecall.detection;

import io.rolecall.event.OperationGroups;
import io.rolecall.policy.Policy;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which detections cannot fire because nothing of what they need has been delivered. */
public final class Blindness {

    /** Operations that are named of those of which one suffices; the rest is counted. */
    private static final int MOST_NAMED = 12;

    private final Set<String> delivered;

    /** @param operations how many events were delivered, by {@code source operation} */
    public Blindness(Map<String, Long> operations) {
        this.delivered = operations.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey().substring(entry.getKey().indexOf(' ') + 1))
                .collect(Collectors.toSet());
    }

    /** What a detection lacks, as a clause; empty when it sees. */
    public String lacks(Detection detection) {
        return detection.reads().needs().stream()
                .filter(anyOf -> anyOf.stream().noneMatch(this::isDelivered))
                .map(Blindness::named)
                .collect(Collectors.joining("; and no "));
    }

    private static String named(Set<String> anyOf) {
        String names = new TreeSet<>(anyOf).stream().limit(MOST_NAMED).collect(Collectors.joining(" or "));
        return anyOf.size() > MOST_NAMED ? names + " or one of " + (anyOf.size() - MOST_NAMED) + " more" : names;
    }

    private boolean isDelivered(String operation) {
        return delivered.contains(operation)
                || (operation.equals(OperationGroups.ANY_AZURE_DELETION)
                        && delivered.stream().anyMatch(OperationGroups::isAzureDeletion));
    }

    /**
     * What the policy leaves out, without which a detection sees only in part, as a clause; empty when it sees all.
     *
     * @param policy the policy in force
     */
    public static String lacksOfPolicy(Detection detection, Policy policy) {
        return detection.reads().wanted().stream()
                .filter(need -> need.isMissing(policy))
                .map(PolicyNeed::key)
                .collect(Collectors.joining(" and no "));
    }
}
