package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;

/**
 * One event of an act, as each log that has it tells it.
 *
 * @param events the event of each log
 */
record Telling(Map<Log, ObjectNode> events) {

    Telling {
        events = new EnumMap<>(events);
    }

    static Telling in(Log log, ObjectNode event) {
        return new Telling(Map.of(log, event));
    }
}
