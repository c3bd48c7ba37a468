package io.rolecall.alert;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done under a person's name from networks where the person had not been for long: of each network the first sign-in or use.
 * Of all else that people do so often the history keeps too little to tell it whole, whatever the order in which it came.
 */
final class NewPlaces {

    /** As far back as a policy can call a network known, so that what is told does not hang on which are kept besides. */
    static final Duration KNOWN = Duration.ofDays(30);

    private static final int MOST = SubjectHistory.MOST_FACTS;

    private static final Comparator<PersonalUse> BY_TIME = Comparator.comparing(PersonalUse::first, Facts.ORDER);

    private NewPlaces() {}

    /** Whether an act of a history is read here instead: a sign-in or use that stands among the acts of a person. */
    static boolean takes(SubjectHistory history, AppEvent act) {
        return history instanceof ActorHistory && Subjects.isUse(act);
    }

    /**
     * The first of each new network, by time.
     *
     * @param from start of a UTC day
     * @param to end, inclusive
     */
    static List<PersonalUse> of(ActorHistory history, Instant from, Instant to) {
        Map<String, PersonalUse> firsts = new TreeMap<>();
        for (PersonalUse use : history.noticed(from, to, MOST)) {
            for (String network : Dimension.NETWORK.of(use.first())) {
                firsts.merge(network, use, (one, other) -> BY_TIME.compare(one, other) <= 0 ? one : other);
            }
        }
        return firsts.entrySet().stream()
                .filter(first -> isNew(history, first.getKey(), first.getValue().first()))
                .map(Map.Entry::getValue)
                .distinct()
                .sorted(BY_TIME)
                .toList();
    }

    private static boolean isNew(ActorHistory history, String network, AppEvent event) {
        Instant since = Facts.day(event.getEventTime()).minus(KNOWN);
        return history.seen(Dimension.NETWORK, network, since, event.getEventTime())
                .isEmpty();
    }
}
