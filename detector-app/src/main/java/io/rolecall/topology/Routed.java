package io.rolecall.topology;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.SourceProgress;
import io.rolecall.schema.state.AddressRequest;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.schema.state.Supersession;
import io.rolecall.source.split.Rejected;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What a step of the topology sends on, and where it goes. */
sealed interface Routed {

    /** A fact for a subject's history; key: the subject's key. */
    record Fact(AppEvent event) implements Routed {}

    /** A fact without App ID, or a pair of object id and App ID; key: tenant/object id. */
    record Identity(AppEvent event) implements Routed {}

    /** Sightings of actors, or a request for one; key: the actors' bucket. */
    record Actor(SpecificRecord message) implements Routed {

        static Actor sightings(SightingBatch sightings) {
            return new Actor(sightings);
        }

        static Actor request(AddressRequest request) {
            return new Actor(request);
        }
    }

    /** How far a step has read; every partition of what it feeds gets it; key: the step and its partition. */
    record Progress(SourceProgress progress) implements Routed {}

    /**
     * A rejected element; key: its position, details in the headers.
     *
     * @param stage where in the topology
     * @param error of ours, if one struck
     */
    record Quarantine(
            Rejected rejected, String stage, @Nullable RuntimeException error) implements Routed {}

    /**
     * A revision of an alert; key: alert id.
     *
     * @param report whether the OCSF topic gets it
     */
    record Raised(Alert alert, Report report) implements Routed {}

    /** A publication of an incident; key: incident id. */
    record Published(Incident incident) implements Routed {}

    /** A published incident turned out to be of another group; key: that group's. */
    record Superseding(Supersession supersession) implements Routed {}

    /** What the readers of the OCSF topic get of a revision. */
    enum Report {
        /** Nothing: the alert has never reached the least severity that they are told of. */
        NONE,
        /** The first they hear of the alert. */
        FIRST,
        /** An update or the end of what they have heard of, whatever its severity is now. */
        FURTHER
    }
}
