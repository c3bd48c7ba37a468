package io.rolecall.policy;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which exception of the policy suppresses an alert: a function of the alert's facts and the policy, never of the clock. */
public final class ExceptionMatcher {

    private final List<PolicyException> exceptions;

    /** Over the exceptions of a policy. */
    public ExceptionMatcher(Policy policy) {
        this.exceptions = policy.exceptions().stream()
                .sorted(Comparator.comparing(PolicyException::id))
                .toList();
    }

    /**
     * The exception that suppresses an alert. An exception holds for alerts whose last deciding event is older than its expiry.
     * Its actor is compared with the ids and names of all actors of the alert.
     *
     * @return the one with the smallest id, so that the answer does not depend on the order of the file
     */
    public Optional<PolicyException> suppressing(Alert alert) {
        Map<String, Set<String>> facts = new HashMap<>();
        facts.put("tenantId", texts(Optional.of(alert.getTenantId())));
        facts.put("appId", texts(application(alert, AlertApplication::getAppId)));
        facts.put("servicePrincipalId", texts(application(alert, AlertApplication::getServicePrincipalId)));
        Set<String> actors = new TreeSet<>();
        for (AlertActor actor : alert.getActors()) {
            actors.addAll(texts(actor.getId()));
            actors.addAll(texts(actor.getName()));
        }
        facts.put("actor", actors);
        return suppressing(alert.getDetection(), facts, alert.getLastEventTime());
    }

    /**
     * The exception that suppresses an alert, from the facts alone.
     *
     * @param detection id of the detection
     * @param facts values of the alert by match key, lower case
     * @param lastEventTime event time of the last event that decides
     */
    public Optional<PolicyException> suppressing(
            String detection, Map<String, Set<String>> facts, Instant lastEventTime) {
        return exceptions.stream()
                .filter(exception -> exception.detections().contains(detection))
                .filter(exception -> lastEventTime.isBefore(exception.expires()))
                .filter(exception -> exception.match().entrySet().stream()
                        .allMatch(entry -> facts.getOrDefault(entry.getKey(), Set.of())
                                .contains(entry.getValue().toLowerCase(Locale.ROOT))))
                .findFirst();
    }

    /** The exceptions that no longer hold at a time, for commands to be loud about; ordered by id. */
    public static List<PolicyException> expired(Policy policy, Instant now) {
        return policy.exceptions().stream()
                .filter(exception -> !now.isBefore(exception.expires()))
                .sorted(Comparator.comparing(PolicyException::id))
                .toList();
    }

    private static Optional<String> application(Alert alert, Function<AlertApplication, Optional<String>> field) {
        return alert.getApplication().flatMap(field);
    }

    private static Set<String> texts(Optional<String> text) {
        return text.map(value -> Set.of(value.toLowerCase(Locale.ROOT))).orElse(Set.of());
    }
}
