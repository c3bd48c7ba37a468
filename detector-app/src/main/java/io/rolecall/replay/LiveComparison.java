package io.rolecall.replay;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.schema.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the last state of every alert of a replay with that of live.
 *
 * @param same number of alerts of which both say the same
 * @param differences the others, by alert id
 */
public record LiveComparison(int same, List<LiveDifference> differences) {

    public LiveComparison {
        differences = List.copyOf(differences);
    }

    /** The last of the records of each alert. */
    public static Map<String, Alert> last(Collection<Alert> records) {
        Map<String, Alert> last = new TreeMap<>();
        records.forEach(alert -> last.merge(alert.getAlertId(), alert, BinaryOperator.maxBy(AlertRevisions.BY_AGE)));
        return last;
    }

    /**
     * Compares.
     *
     * @param replayed the replay's alerts by id, withdrawn ones included
     * @param live live's alerts by id, withdrawn ones included
     * @param told which are looked at: an alert is when either side's state of it is
     */
    public static LiveComparison of(Map<String, Alert> replayed, Map<String, Alert> live, Predicate<Alert> told) {
        Set<String> ids = new TreeSet<>(replayed.keySet());
        ids.addAll(live.keySet());
        int same = 0;
        List<LiveDifference> differences = new ArrayList<>();
        for (String id : ids) {
            Optional<Alert> here = standing(replayed.get(id));
            Optional<Alert> there = standing(live.get(id));
            if (here.filter(told).isEmpty() && there.filter(told).isEmpty()) {
                continue;
            }
            List<String> fields = AlertContent.of(here.orElse(null))
                    .flatMap(one -> AlertContent.of(there.orElse(null)).map(one::differs))
                    .orElse(List.of());
            if (here.isPresent() && there.isPresent() && fields.isEmpty()) {
                same++;
            } else {
                differences.add(new LiveDifference(id, here, there, fields));
            }
        }
        return new LiveComparison(same, differences);
    }

    /** Whether another state of an alert leaves no difference from live; null is none. */
    static boolean isSettled(@Nullable AlertContent state, LiveDifference difference) {
        Optional<AlertContent> there = AlertContent.of(difference.live().orElse(null));
        return state == null
                ? there.isEmpty()
                : there.filter(live -> state.differs(live).isEmpty()).isPresent();
    }

    private static Optional<Alert> standing(@Nullable Alert alert) {
        return Optional.ofNullable(alert).filter(one -> !one.getStatus().equals("withdrawn"));
    }
}
