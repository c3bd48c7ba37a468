package io.rolecall.scenario;

import io.rolecall.acts.ActLine;
import io.rolecall.acts.ActWriter;
import io.rolecall.acts.Cast;
import io.rolecall.acts.LoggedEvent;
import io.rolecall.config.Fields;
import io.rolecall.config.FileErrors;
import io.rolecall.config.Located;
import io.rolecall.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of a case: acts, one a line, and raw events beside them, in the order of the file. */
final class CaseEvents {

    private static final String EVENTS = "events";

    private final Problems problems;
    private final EventFiles eventFiles;
    private final Cast cast;

    CaseEvents(Problems problems, EventFiles eventFiles, Cast cast) {
        this.problems = problems;
        this.eventFiles = eventFiles;
        this.cast = cast;
    }

    List<CaseEvent> read(Fields fields) {
        if (!(fields.get(EVENTS).orElse(null) instanceof Located.Sequence sequence)
                || sequence.items().isEmpty()) {
            fields.error(EVENTS, "must be a list of acts and raw events, at least one");
            return List.of();
        }
        Map<Integer, List<CaseEvent>> events = new LinkedHashMap<>();
        Map<Integer, ActLine> acts = new LinkedHashMap<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            int index = i;
            Located item = sequence.items().get(i);
            events.put(index, new ArrayList<>());
            if (ActReader.isAct(item)) {
                Fields.of(item, fields.pathOf(EVENTS) + "[" + i + "]", problems)
                        .flatMap(ActReader::read)
                        .ifPresent(line -> acts.put(index, line));
            } else {
                events.put(index, raw(fields, item));
            }
        }
        List<List<LoggedEvent>> written = new ActWriter(cast).write(List.copyOf(acts.values()));
        List<Integer> order = List.copyOf(acts.keySet());
        for (int i = 0; i < written.size(); i++) {
            events.put(
                    order.get(i), written.get(i).stream().map(CaseEvents::told).toList());
        }
        return events.values().stream().flatMap(List::stream).toList();
    }

    private List<CaseEvent> raw(Fields fields, Located item) {
        try {
            return eventFiles.elements(LocatedJson.of(item)).stream()
                    .map(CaseEvent::raw)
                    .toList();
        } catch (IOException e) {
            problems.error(item.line(), fields.pathOf(EVENTS), FileErrors.cause(e));
            return List.of();
        }
    }

    private static CaseEvent told(LoggedEvent event) {
        return new CaseEvent(bytes(event.json()), event.inOtherLog().map(other -> bytes(other.json())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
