package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.Alert;

/** An alert as JSON (contract section 5). */
public final class AlertJson {

    private AlertJson() {}

    /** The alert as a new tree; a withdrawn one has no times, because no deciding events are left. */
    public static ObjectNode tree(Alert alert) {
        ObjectNode tree = AvroJson.toTree(alert);
        if (!hasTimes(alert)) {
            tree.remove("firstEventTime");
            tree.remove("lastEventTime");
        }
        return tree;
    }

    /** The alert as one line of compact JSON, without a line end. */
    public static String line(Alert alert) {
        return hasTimes(alert) ? AvroJson.toLine(alert) : tree(alert).toString();
    }

    static boolean hasTimes(Alert alert) {
        return !alert.getStatus().equals("withdrawn");
    }
}
