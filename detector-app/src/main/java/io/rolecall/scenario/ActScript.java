package io.rolecall.scenario;

import io.rolecall.acts.ActLine;
import io.rolecall.acts.ActWriter;
import io.rolecall.acts.Cast;
import io.rolecall.acts.LoggedEvent;
import io.rolecall.config.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Acts told as in scenario files, for a script that is none: it has a beginning of its own, and delivers its events itself. */
public final class ActScript {

    private ActScript() {}

    /** The people of a section {@code people}; what is wrong with it is told. */
    public static Map<String, Cast.Member> people(Fields section) {
        return PeopleReader.read(section, Map.of());
    }

    /**
     * The events of a list of acts, in the order of the list.
     *
     * @param section holds the list under {@code key}; what is wrong with it is told
     * @param cast who takes part
     * @param start what {@code +0d} means
     */
    public static List<LoggedEvent> events(Fields section, String key, Cast cast, Instant start) {
        Duration later = Duration.between(ActTimes.START, start);
        List<ActLine> lines = new ArrayList<>();
        section.forEach(
                key,
                line -> ActReader.read(line).map(act -> shifted(act, later)).ifPresent(lines::add));
        return new ActWriter(cast).write(lines).stream().flatMap(List::stream).toList();
    }

    private static ActLine shifted(ActLine act, Duration later) {
        return new ActLine(act.verb(), act.at().plus(later), act.sound(), act.values(), act.problems());
    }
}
