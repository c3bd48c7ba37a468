package io.rolecall.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.Incident;

/** An incident as JSON (contract section 5). */
public final class IncidentJson {

    private IncidentJson() {}

    /** The incident as a new tree; one of a run that keeps no state has no generation. */
    public static ObjectNode tree(Incident incident) {
        ObjectNode tree = AvroJson.toTree(incident);
        if (incident.getGeneration() == 0) {
            tree.remove("generation");
        }
        return tree;
    }

    /** The incident as one line of compact JSON, without a line end. */
    public static String line(Incident incident) {
        return tree(incident).toString();
    }
}
