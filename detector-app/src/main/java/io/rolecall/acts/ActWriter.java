package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.policy.Guids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the acts of a case as events: one after the other in the order of time, so that each can show what was before it. */
public final class ActWriter {

    /** Most repetitions of a line. */
    public static final int MOST_TIMES = 5_000;

    private static final String BOTH = "both";
    private static final List<String> IDS = List.of("appId", "objectId", "servicePrincipalId");

    private final Cast cast;

    public ActWriter(Cast cast) {
        this.cast = cast;
    }

    /**
     * The events of the lines.
     *
     * @return for each line its events, in the order of the lines; names that cannot be found are told to the line
     */
    public List<List<LoggedEvent>> write(List<ActLine> lines) {
        lines.forEach(this::enter);
        Held held = new Held();
        // What is unsound makes no events, but who acts is looked up, so that all that is wrong is told at once.
        lines.stream().filter(line -> !line.sound()).forEach(line -> new Line(line, line.at(), 0, cast, held)
                .initiator());
        List<List<LoggedEvent>> events = new ArrayList<>();
        lines.forEach(line -> events.add(new ArrayList<>()));
        IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> repetitions(index, lines.get(index)))
                .sorted(Comparator.comparing(Repetition::time))
                .forEach(one -> events.get(one.index()).addAll(one(lines.get(one.index()), one, held)));
        return events;
    }

    private record Repetition(int index, int number, Instant time) {}

    private static Stream<Repetition> repetitions(int index, ActLine line) {
        if (!line.sound()) {
            return Stream.empty();
        }
        int times = line.values().get("times") instanceof Integer number ? number : 1;
        Duration every = line.values().get("every") instanceof Duration duration ? duration : Duration.ofSeconds(1);
        return IntStream.range(0, times)
                .mapToObj(number -> new Repetition(index, number, line.at().plus(every.multipliedBy(number))));
    }

    /** The applications that the lines name, and the ids that they state. */
    private void enter(ActLine line) {
        for (String field : List.of("by", "owner")) {
            if (line.values().get(field) instanceof Map<?, ?> named && named.get(Initiators.APP) != null) {
                cast.enter(String.valueOf(named.get(Initiators.APP)));
            }
        }
        if (!(line.values().get("app") instanceof String app)) {
            return;
        }
        cast.enter(app);
        for (String kind : IDS) {
            if (line.values().get(kind) instanceof String id) {
                if (!Guids.isGuid(id)) {
                    line.problems().accept(kind, "must be a GUID, not '" + id + "'");
                }
                cast.state(app, kind, id.toLowerCase(Locale.ROOT))
                        .ifPresent(other -> line.problems().accept(kind, "is " + other + " on another line"));
            }
        }
    }

    private List<LoggedEvent> one(ActLine told, Repetition one, Held held) {
        Line line = new Line(told, one.time(), one.number(), cast, held);
        List<Log> logs = told.verb().logs();
        Optional<String> where = line.text("log");
        if (where.isPresent()
                && !where.get().equals(BOTH)
                && Log.ofLabel(where.get()).filter(logs::contains).isEmpty()) {
            line.error(
                    "log",
                    "'" + told.verb().name() + "' is logged in " + String.join(", ", Log.labels(logs)) + " only");
            return List.of();
        }
        List<LoggedEvent> events = new ArrayList<>();
        List<Telling> tellings = told.verb().maker().apply(line);
        for (int i = 0; i < tellings.size(); i++) {
            Map<Log, ObjectNode> copies = tellings.get(i).events();
            if (i == 0) {
                line.text("event").ifPresent(id -> EventId.set(copies, logs.get(0), id));
            }
            if (where.filter(BOTH::equals).isPresent()) {
                logs.forEach(
                        log -> logged(copies, log, one.time(), Optional.empty()).ifPresent(events::add));
            } else {
                Log log = where.flatMap(Log::ofLabel).orElse(logs.get(0));
                Optional<Log> other = where.isPresent()
                        ? Optional.empty()
                        : logs.stream().skip(1).findFirst();
                logged(
                                copies,
                                log,
                                one.time(),
                                other.flatMap(second -> logged(copies, second, one.time(), Optional.empty())))
                        .ifPresent(events::add);
            }
        }
        return events;
    }

    private static Optional<LoggedEvent> logged(
            Map<Log, ObjectNode> copies, Log log, Instant time, Optional<LoggedEvent> inOtherLog) {
        return Optional.ofNullable(copies.get(log))
                .map(event -> new LoggedEvent(log, time, Json.text(event), inOtherLog));
    }
}
