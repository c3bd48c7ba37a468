package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the subject of a finding did itself in the directory; nothing where the subject is a whole tenant. */
final class DoneInDirectory {

    private static final int MOST_LISTED = 20;

    private DoneInDirectory() {}

    /**
     * Those that succeeded, by time; of many those from the first deciding event on come first.
     *
     * @param deciding ids of the deciding events, which are left out
     */
    static List<AppEvent> of(Surroundings around, Set<String> deciding) {
        return own(around)
                .filter(Facts::succeeded)
                .filter(act -> !deciding.contains(act.getEventId()))
                .sorted(Comparator.<AppEvent, Boolean>comparing(
                                act -> act.getEventTime().isBefore(around.first()))
                        .thenComparing(Facts.ORDER))
                .limit(MOST_LISTED)
                .sorted(Facts.ORDER)
                .toList();
    }

    /** Those that failed. */
    static List<AppEvent> refused(Surroundings around) {
        return own(around).filter(act -> !Facts.succeeded(act)).toList();
    }

    private static Stream<AppEvent> own(Surroundings around) {
        if (around.history() instanceof ApplicationHistory) {
            return around.done().stream();
        }
        return around.history().subject().kind() == SubjectKind.TENANT
                ? Stream.of()
                : Stream.concat(around.acts().stream(), around.refused().stream())
                        .filter(Subjects::isOfDirectory);
    }
}
