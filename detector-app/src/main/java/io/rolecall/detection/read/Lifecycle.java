package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ServicePrincipalState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the logs show an application deleted or disabled. A later restoration brings it back. */
public final class Lifecycle {

    /** Operations that change whether the application can act. */
    public static final Set<String> OPERATIONS = Stream.concat(
                    Operations.STATE_CHANGES.stream(),
                    Stream.of(Operations.ADD_SERVICE_PRINCIPAL, Operations.UPDATE_SERVICE_PRINCIPAL))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> DELETES_OR_RESTORES = Operations.STATE_CHANGES.stream()
            .filter(operation -> !operation.equals(Operations.DISABLE_SERVICE_PRINCIPAL)
                    && !operation.equals(Operations.ENABLE_SERVICE_PRINCIPAL))
            .collect(Collectors.toUnmodifiableSet());

    private static final String APPLICATION = "application";
    private static final String SERVICE_PRINCIPAL = "service principal";
    private static final String ACCOUNT = "account";

    private Lifecycle() {}

    /** The act that deleted or disabled the application, if that is its latest state. */
    public static Optional<AppEvent> ended(List<AppEvent> acts) {
        Map<String, AppEvent> ends = new TreeMap<>();
        acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).forEach(act -> apply(act, ends));
        return ends.values().stream().min(Facts.ORDER);
    }

    /** The acts by which the application or its service principal is deleted, or comes back. */
    public static List<AppEvent> deletions(List<AppEvent> acts) {
        return acts.stream()
                .filter(act -> DELETES_OR_RESTORES.contains(act.getOperation()))
                .toList();
    }

    private static void apply(AppEvent act, Map<String, AppEvent> ends) {
        switch (act.getOperation()) {
            case Operations.DELETE_APPLICATION, Operations.HARD_DELETE_APPLICATION ->
                ends.putIfAbsent(APPLICATION, act);
            case Operations.REMOVE_SERVICE_PRINCIPAL, Operations.HARD_DELETE_SERVICE_PRINCIPAL ->
                ends.putIfAbsent(SERVICE_PRINCIPAL, act);
            case Operations.DISABLE_SERVICE_PRINCIPAL -> ends.putIfAbsent(ACCOUNT, act);
            case Operations.RESTORE_APPLICATION -> {
                // Restoring an application restores its service principal too.
                ends.remove(APPLICATION);
                ends.remove(SERVICE_PRINCIPAL);
            }
            case Operations.RESTORE_SERVICE_PRINCIPAL -> ends.remove(SERVICE_PRINCIPAL);
            case Operations.ADD_SERVICE_PRINCIPAL -> {
                ends.remove(SERVICE_PRINCIPAL);
                ends.remove(ACCOUNT);
            }
            case Operations.ENABLE_SERVICE_PRINCIPAL -> ends.remove(ACCOUNT);
            default -> account(act.getDetails().orElse(null), act, ends);
        }
    }

    private static void account(@Nullable Object details, AppEvent act, Map<String, AppEvent> ends) {
        if (details instanceof ServicePrincipalState state
                && state.getAccountEnabled().isPresent()) {
            if (state.getAccountEnabled().get()) {
                ends.remove(ACCOUNT);
            } else {
                ends.putIfAbsent(ACCOUNT, act);
            }
        }
    }
}
