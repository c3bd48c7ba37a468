package io.rolecall.source;

import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Rejected;
import java.util.List;

/**
 * Receives what a record's elements turn out to be: one call an element, in the order of the input. Only a wrapper of good and bad
 * events is told twice, as decoded and as rejected, under one position.
 */
public interface ElementSink {

    /** An element that is an event; usually one normalised event, several when one update changes several things. */
    void decoded(List<AppEvent> events);

    /** An element that is a sign-in, of which the event need not be made where nobody wants it. */
    default void signedIn(ReadSignIn signIn) {
        decoded(List.of(signIn.event()));
    }

    /** An element that no detection needs, recognised without a full parse. Called once an element, with nothing allocated. */
    void skipped();

    /** An element that is no event. */
    void rejected(Rejected rejected);
}
