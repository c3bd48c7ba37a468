package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
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
        return only(Routed.Fact.class, "facts").mapValues(Routed.Fact::event, named("facts-value"));
    }

    KStream<String, AppEvent> identities() {
        return only(Routed.Identity.class, "identities").mapValues(Routed.Identity::event, named("identities-value"));
    }

    KStream<String, SpecificRecord> actorMessages() {
        return only(Routed.Actor.class, "actor-messages")
                .mapValues(Routed.Actor::message, named("actor-messages-value"));
    }

    KStream<String, byte[]> quarantined() {
        return only(Routed.Quarantine.class, "quarantined")
                .mapValues(Routed.Quarantine::element, named("quarantined-value"));
    }

    KStream<String, Routed.Raised> raised() {
        return only(Routed.Raised.class, "alerts");
    }

    private <T extends Routed> KStream<String, T> only(Class<T> way, String label) {
        return routed.filter((key, value) -> way.isInstance(value), named(label))
                .mapValues(way::cast, named(label + "-cast"));
    }

    private Named named(String label) {
        return Named.as(name + "-" + label);
    }
}
