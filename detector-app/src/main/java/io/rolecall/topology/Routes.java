package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
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
        return only(Routed.Fact.class, Routed.Fact::event, "facts");
    }

    KStream<String, AppEvent> identities() {
        return only(Routed.Identity.class, Routed.Identity::event, "identities");
    }

    KStream<String, SpecificRecord> actorMessages() {
        return only(Routed.Actor.class, Routed.Actor::message, "actor-messages");
    }

    KStream<String, byte[]> quarantined() {
        return only(Routed.Quarantine.class, Routed.Quarantine::element, "quarantined");
    }

    KStream<String, Routed.Raised> raised() {
        return only(Routed.Raised.class, revision -> revision, "alerts");
    }

    /** What goes one way, as the next step takes it: one node, since every record passes each node of every way. */
    private <W extends Routed, T> KStream<String, T> only(Class<W> way, Function<W, T> content, String label) {
        return routed.flatMapValues(
                value -> way.isInstance(value) ? List.of(content.apply(way.cast(value))) : List.of(),
                Named.as(name + "-" + label));
    }
}
