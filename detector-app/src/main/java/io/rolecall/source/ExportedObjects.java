package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.ElementHandler;
import io.rolecall.source.split.ElementSplitter;
import io.rolecall.source.split.FirstKeyWinsReader;
import io.rolecall.source.split.KnownOperations;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;

/**
 * Splits exported files that hold no log, in the envelopes of logs, into JSON objects: {@code LogFileReader} reads the files, and
 * this what is in its chunks. A broken element is told with its place, its siblings are read. Not safe for use by several threads.
 */
public final class ExportedObjects {

    /** Takes what is found, in the order of the input. */
    public interface Sink {

        /**
         * An object.
         *
         * @param object in which the first of equal names counts
         * @param position {@code file:line/index}
         */
        void object(JsonNode object, String position);

        /** What is no object. */
        void rejected(Rejected rejected);
    }

    private final Sink sink;
    private final ElementSplitter splitter;
    private Positions positions = index -> "";
    private int index;

    /** Hands everything to one sink. */
    public ExportedObjects(Sink sink) {
        this.sink = sink;
        DecodeSettings settings = DecodeSettings.DEFAULT.withEverything(true);
        this.splitter = new ElementSplitter(
                settings, new KnownOperations(operation -> true), new FirstKeyWinsReader(settings), new Elements());
    }

    /** Splits one chunk. */
    public void read(Chunk chunk) {
        positions = chunk.positions();
        index = 0;
        Chunk.Broken broken = chunk.broken();
        if (broken == null) {
            splitter.split(chunk.value());
        } else {
            sink.rejected(splitter.rejected(chunk.value(), broken, positions.position(0)));
        }
    }

    private final class Elements implements ElementHandler {

        @Override
        public void parsed(JsonNode element, byte[] bytes, int from, int to) {
            if (element.isObject()) {
                sink.object(element, positions.position(index++));
            } else {
                rejected(Reason.NOT_AN_EVENT, "an exported object is an object of JSON", bytes, from, to);
            }
        }

        @Override
        public void unneeded() {
            throw new IllegalStateException("every object is needed");
        }

        @Override
        public void rejected(Reason reason, String message, byte[] bytes, int from, int to) {
            sink.rejected(Rejected.of(reason, message, positions.position(index++), bytes, from, to));
        }
    }
}
