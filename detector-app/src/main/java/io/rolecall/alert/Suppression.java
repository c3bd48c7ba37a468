package io.rolecall.alert;

import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyException;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Which exception of the policy covers an alert. */
final class Suppression {

    private Suppression() {}

    /**
     * The exception that covers the alert, by its detection, everything in its {@code match}, and its expiry against the time of
     * the alert's latest deciding event; of several the one with the smallest id.
     *
     * @param alert with subject, application, actors and times filled in
     */
    static Optional<PolicyException> of(Policy policy, Alert.Builder alert) {
        return policy.exceptions().stream()
                .filter(exception -> exception.detections().contains(alert.getDetection()))
                .filter(exception -> alert.getLastEventTime().isBefore(exception.expires()))
                .filter(exception -> matches(exception.match(), alert))
                .min(Comparator.comparing(PolicyException::id));
    }

    private static boolean matches(Map<String, String> match, Alert.Builder alert) {
        return !match.isEmpty()
                && match.entrySet().stream().allMatch(entry -> matches(entry.getKey(), entry.getValue(), alert));
    }

    private static boolean matches(String key, String value, Alert.Builder alert) {
        Optional<AlertApplication> application = Optional.ofNullable(alert.getApplication());
        return switch (key) {
            case "appId" ->
                application
                        .flatMap(AlertApplication::getAppId)
                        .filter(value::equalsIgnoreCase)
                        .isPresent();
            case "servicePrincipalId" ->
                application
                        .flatMap(AlertApplication::getServicePrincipalId)
                        .filter(value::equalsIgnoreCase)
                        .isPresent();
            case "tenantId" -> value.equalsIgnoreCase(alert.getTenantId());
            case "actor" ->
                !alert.getActors().isEmpty() && alert.getActors().stream().allMatch(actor -> isActor(value, actor));
            default -> false;
        };
    }

    /** Every actor must be the excepted one: an exception for one person must not hide what another did. */
    private static boolean isActor(String value, AlertActor actor) {
        return actor.getName().filter(value::equalsIgnoreCase).isPresent()
                || actor.getId().filter(value::equalsIgnoreCase).isPresent();
    }
}
