package io.rolecall.source;

import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Rejected;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told, one line an element. */
public final class RecordingSink implements ElementSink {

    public final List<String> calls = new ArrayList<>();
    public final List<Rejected> rejected = new ArrayList<>();

    @Override
    public void decoded(List<AppEvent> events) {
        calls.add("decoded");
    }

    @Override
    public void skipped() {
        calls.add("skipped");
    }

    @Override
    public void rejected(Rejected element) {
        calls.add(element.reason().label());
        rejected.add(element);
    }
}
