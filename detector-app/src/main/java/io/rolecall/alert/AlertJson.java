package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.Alert;

/** An alert as JSON (contract section 5). */
public final class AlertJson {

    private AlertJson() {}

    /**
     * The alert as a new tree. A withdrawn one has no times, because no deciding events are left; one of a run that keeps no state has
     * no generation.
     */
    public static ObjectNode tree(Alert alert) {
        ObjectNode tree = AvroJson.toTree(alert);
        if (!hasTimes(alert)) {
            tree.remove("firstEventTime");
            tree.remove("lastEventTime");
        }
        if (!hasGeneration(alert)) {
            tree.remove("generation");
        }
        return tree;
    }

    /** The alert as one line of compact JSON, without a line end. */
    public static String line(Alert alert) {
        return hasTimes(alert) && hasGeneration(alert)
                ? AvroJson.toLine(alert)
                : tree(alert).toString();
    }

    private static boolean hasGeneration(Alert alert) {
        return alert.getGeneration() != 0;
    }

    static boolean hasTimes(Alert alert) {
        return !alert.getStatus().equals("withdrawn");
    }
}
