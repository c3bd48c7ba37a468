package io.rolecall.topology;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The ways out of a step.
 *
 * @param name name of the step's output, from which the names of the processors are made
 * @param routed everything the step sends on
 */
record Routes(String name, KStream<String, Routed> routed) {

    static Routes of(String name, KStream<String, Routed> routed) {
        return new Routes(name, routed);
    }

    /** With a commit at once for what an alert waits for, where a topic lies between this step and the next. */
    static Routes promptly(String name, KStream<String, Routed> routed) {
        return new Routes(name, routed.process(PromptCommit::new, Named.as(name + "-prompt-commit")));
    }

    KStream<String, AppEvent> facts() {
        return only(
                "facts", routed -> routed instanceof Routed.Fact fact ? Optional.of(fact.event()) : progress(routed));
    }

    KStream<String, AppEvent> identities() {
        return only(
                "identities",
                routed ->
                        routed instanceof Routed.Identity identity ? Optional.of(identity.event()) : progress(routed));
    }

    KStream<String, SpecificRecord> actorMessages() {
        return only("actor-messages", routed -> {
            if (routed instanceof Routed.Progress told) {
                return Optional.of(told.progress());
            }
            return routed instanceof Routed.Actor actor ? Optional.of(actor.message()) : Optional.empty();
        });
    }

    KStream<String, byte[]> quarantined(QuarantineNotices notices) {
        return routed.process(() -> new QuarantineExit(notices), Named.as(name + "-quarantined"));
    }

    KStream<String, Routed.Raised> raised() {
        return only(
                "alerts",
                routed -> routed instanceof Routed.Raised revision ? Optional.of(revision) : Optional.empty());
    }

    /** What the incident of an alert needs of each revision, under the key of its group. */
    KStream<String, SpecificRecord> extracts() {
        return routed.flatMap(
                (key, value) -> value instanceof Routed.Raised revision
                        ? List.of(KeyValue.<String, SpecificRecord>pair(
                                revision.alert().getGroupKey(), AlertExtracts.of(revision.alert())))
                        : List.of(),
                Named.as(name + "-extracts"));
    }

    KStream<String, Incident> incidents() {
        return only(
                "published",
                routed -> routed instanceof Routed.Published published
                        ? Optional.of(published.incident())
                        : Optional.empty());
    }

    KStream<String, SpecificRecord> supersessions() {
        return only(
                "supersessions",
                routed -> routed instanceof Routed.Superseding superseding
                        ? Optional.of(superseding.supersession())
                        : Optional.empty());
    }

    /** Goes every way that facts go, behind them. */
    private static Optional<AppEvent> progress(Routed routed) {
        return routed instanceof Routed.Progress told
                ? Optional.of(ProgressRecords.event(told.progress()))
                : Optional.empty();
    }

    /** What goes one way, as the next step takes it: one node, since every record passes each node of every way. */
    private <T> KStream<String, T> only(String label, Function<Routed, Optional<T>> content) {
        return routed.flatMapValues(
                value -> content.apply(value).map(List::of).orElseGet(List::of), Named.as(name + "-" + label));
    }
}
