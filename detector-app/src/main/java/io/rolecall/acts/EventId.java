package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Where the logs keep the id of an event. */
final class EventId {

    private EventId() {}

    /** Gives the event of a log the id that the line states. */
    static void set(Map<Log, ObjectNode> events, Log log, String id) {
        ObjectNode event = events.get(log);
        if (event == null) {
            return;
        }
        if (event.has("Id")) {
            event.put("Id", id);
        } else if (event.get("properties") instanceof ObjectNode properties && properties.has("id")) {
            properties.put("id", id);
        } else {
            event.put("eventDataId", id);
        }
    }
}
