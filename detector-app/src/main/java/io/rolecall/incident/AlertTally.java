package io.rolecall.incident;

import io.rolecall.policy.Severity;
import io.rolecall.schema.state.AlertExtract;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many alerts of a group stand (are not withdrawn), by detection, status and severity: from this its status and severity follow,
 * however many there are, without looking at one.
 */
public final class AlertTally {

    private final Map<String, Integer> numbers;

    /** @param numbers by {@code detection status severity}, as {@link #numbers()} gave them */
    public AlertTally(Map<String, Integer> numbers) {
        this.numbers = new TreeMap<>(numbers);
    }

    /** Counts an alert, unless it is withdrawn. */
    public void add(AlertExtract alert) {
        change(alert, 1);
    }

    /** Takes an alert out that was counted. */
    public void remove(AlertExtract alert) {
        change(alert, -1);
    }

    private void change(AlertExtract alert, int by) {
        if (GroupOfAlerts.stands(alert)) {
            numbers.merge(
                    alert.getDetection() + " " + alert.getStatus() + " " + alert.getSeverity(),
                    by,
                    (one, more) -> one + more == 0 ? null : Integer.valueOf(one + more));
        }
    }

    public Map<String, Integer> numbers() {
        return Map.copyOf(numbers);
    }

    /** Number of alerts by detection. */
    Map<String, Integer> byDetection() {
        Map<String, Integer> byDetection = new TreeMap<>();
        numbers.forEach((key, number) -> byDetection.merge(part(key, 0), number, Integer::sum));
        return byDetection;
    }

    /** Worst severity of the alerts with a status; empty when there is none above informational. */
    Optional<Severity> worst(String status) {
        return numbers.keySet().stream()
                .filter(key -> part(key, 1).equals(status))
                .map(key -> Severity.ofLabel(part(key, 2)))
                .filter(severity -> severity != Severity.INFORMATIONAL)
                .max(Comparator.naturalOrder());
    }

    /** The status of the alerts that decide about the incident: open, else contained, else suppressed; empty without any. */
    Optional<String> deciding() {
        return Stream.of("open", "contained", "suppressed")
                .filter(status -> worst(status).isPresent())
                .findFirst();
    }

    /** Whether there is an incident: whether an alert above informational stands. */
    public boolean makesAnIncident() {
        return deciding().isPresent();
    }

    private static String part(String key, int index) {
        return key.split(" ", -1)[index];
    }
}
