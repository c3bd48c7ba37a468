package io.rolecall.audit;

import io.rolecall.inventory.ExportedDetails;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;

/**
 * What an import tells of one application.
 *
 * @param facts imported facts about it
 * @param details what its exported objects tell beside the facts
 * @param grantsTold whether role assignments and delegated grants were imported of its tenant, so that it holds no other
 * @param at when it was exported, or imported
 */
public record Imported(List<AppEvent> facts, ExportedDetails.Details details, boolean grantsTold, Instant at) {

    /** No import knows it. */
    public static final Imported NONE = new Imported(List.of(), ExportedDetails.Details.NONE, false, Instant.MIN);

    public Imported {
        facts = List.copyOf(facts);
    }

    /** Whether an act came after the export, which then does not know of it. */
    boolean isBefore(AppEvent act) {
        return act.getEventTime().isAfter(at);
    }

    boolean isKnown() {
        return !facts.isEmpty();
    }
}
