package io.rolecall.policy;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
     * The exception that suppresses an alert: it names the detection, everything in its {@code match} fits, and the alert's last
     * deciding event is older than its expiry.
     *
     * @param detection id of the detection
     * @param tenantId tenant of the subject
     * @param application the application of the alert, if it has one
     * @param actors every actor of the alert
     * @param lastEventTime event time of the last event that decides
     * @return the one with the smallest id, so that the answer does not depend on the order of the file
     */
    public Optional<PolicyException> suppressing(
            String detection,
            String tenantId,
            Optional<AlertApplication> application,
            List<AlertActor> actors,
            Instant lastEventTime) {
        return exceptions.stream()
                .filter(exception -> exception.detections().contains(detection))
                .filter(exception -> lastEventTime.isBefore(exception.expires()))
                .filter(exception -> !exception.match().isEmpty())
                .filter(exception -> exception.match().entrySet().stream().allMatch(entry -> switch (entry.getKey()) {
                    case "appId" -> is(entry.getValue(), application.flatMap(AlertApplication::getAppId));
                    case "servicePrincipalId" ->
                        is(entry.getValue(), application.flatMap(AlertApplication::getServicePrincipalId));
                    case "tenantId" -> entry.getValue().equalsIgnoreCase(tenantId);
                    case "actor" -> onlyActor(entry.getValue(), actors);
                    default -> false;
                }))
                .findFirst();
    }

    /** The exceptions that no longer hold at a time, for commands to be loud about; ordered by id. */
    public static List<PolicyException> expired(Policy policy, Instant now) {
        return policy.exceptions().stream()
                .filter(exception -> !now.isBefore(exception.expires()))
                .sorted(Comparator.comparing(PolicyException::id))
                .toList();
    }

    /** Every actor must be the excepted one: an exception for one person must not hide what another did. */
    private static boolean onlyActor(String value, List<AlertActor> actors) {
        return !actors.isEmpty()
                && actors.stream().allMatch(actor -> is(value, actor.getName()) || is(value, actor.getId()));
    }

    private static boolean is(String value, Optional<String> fact) {
        return fact.filter(value::equalsIgnoreCase).isPresent();
    }
}
