package io.rolecall.detection.read;

import io.rolecall.schema.AppEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Requests to Azure, which the activity log tells of when they start, are accepted, and succeed or fail. Often the start alone has the
 * body, so it counts unless the same request is known to have failed.
 */
public final class AzureRequests {

    private static final Comparator<AppEvent> TELLING =
            Comparator.comparing(AzureRequests::begun).thenComparing(Facts.ORDER);

    private AzureRequests() {}

    /**
     * The events that tell of requests that were not refused, of each request one, ordered by time: the completed one if there is
     * one that shows what was asked, else the earliest.
     *
     * @param acts events of one operation
     * @param asked what an event shows of what was asked; empty when it shows nothing
     */
    static List<AppEvent> of(Collection<AppEvent> acts, Function<AppEvent, String> asked) {
        Set<String> failed = acts.stream()
                .filter(act -> !Facts.succeeded(act))
                .map(AzureRequests::id)
                .collect(Collectors.toSet());
        TreeMap<String, AppEvent> requests = new TreeMap<>();
        acts.stream()
                .filter(Facts::succeeded)
                .filter(act -> !begun(act) || !failed.contains(id(act)))
                .filter(act -> !asked.apply(act).isEmpty())
                .forEach(act -> requests.merge(
                        id(act) + asked.apply(act),
                        act,
                        (one, other) -> TELLING.compare(one, other) <= 0 ? one : other));
        return requests.values().stream().sorted(Facts.ORDER).toList();
    }

    /** What has the same correlation id is one request. */
    private static String id(AppEvent act) {
        return act.getCorrelationId().orElse(act.getEventId()) + "\n";
    }

    /** Whether the event tells only that the request was made. */
    public static boolean begun(AppEvent act) {
        String reason = act.getOutcomeReason().orElse("").toLowerCase(Locale.ROOT);
        return reason.startsWith("start") || reason.startsWith("accept");
    }
}
