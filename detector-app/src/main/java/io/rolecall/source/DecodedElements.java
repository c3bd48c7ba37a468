package io.rolecall.source;

import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What elements turned out to be, kept until it is told, perhaps on another thread. Told once: who is told may change the events.
 */
public final class DecodedElements implements ElementSink {

    private final List<Consumer<ElementSink>> elements = new ArrayList<>();

    @Override
    public void decoded(List<AppEvent> events) {
        elements.add(sink -> sink.decoded(events));
    }

    @Override
    public void signedIn(ReadSignIn signIn) {
        elements.add(sink -> sink.signedIn(signIn));
    }

    @Override
    public void skipped() {
        elements.add(ElementSink::skipped);
    }

    @Override
    public void rejected(Rejected rejected) {
        elements.add(sink -> sink.rejected(rejected));
    }

    /** Tells them in the order of the input. */
    public void tell(ElementSink sink) {
        elements.forEach(element -> element.accept(sink));
    }
}
