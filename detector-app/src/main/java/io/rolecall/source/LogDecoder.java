package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.config.ErrorWords;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.ElementHandler;
import io.rolecall.source.split.ElementSplitter;
import io.rolecall.source.split.FirstKeyWinsReader;
import io.rolecall.source.split.KnownOperations;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Decodes records of all log sources: splits a record, in any envelope, into elements, recognises those that no detection needs from
 * their operation's name alone, and turns the others into normalised events. Content decides the source, never the topic.
 *
 * <p>Not for use by several threads at once. It keeps no memory of what it decoded.
 */
public final class LogDecoder {

    /**
     * Raised with every change of what an event decodes to, so that events that were decoded and kept are not taken for what this
     * program would make of them.
     */
    public static final int VERSION = 1;

    private final ElementDecoder decoder;
    private final ElementSplitter splitter;
    private final Delivery delivery = new Delivery();

    /**
     * A decoder of events.
     *
     * @param needed what is worth decoding
     */
    public LogDecoder(DecodeSettings settings, NeededOperations needed) {
        this(settings, needed, new EventDecoder(settings, needed));
    }

    public LogDecoder(DecodeSettings settings, NeededOperations needed, ElementDecoder decoder) {
        this.decoder = decoder;
        this.splitter =
                new ElementSplitter(settings, new KnownOperations(needed), new FirstKeyWinsReader(settings), delivery);
    }

    /**
     * Decodes one record. Never throws because of what the record holds.
     *
     * @param value the record's bytes, neither changed nor kept
     * @param positions names the places of the elements
     * @param reference time against which {@link DecodeSettings#maxFuture()} is measured
     * @param sink called once an element, in the order of the input
     */
    public void decode(byte[] value, Positions positions, Instant reference, ElementSink sink) {
        delivery.begin(positions, reference, sink);
        splitter.split(value);
    }

    /**
     * Decodes one chunk of a file, as {@link #decode(byte[], Positions, Instant, ElementSink)} does.
     *
     * @param chunk elements, or one that is known to be broken
     */
    public void decode(Chunk chunk, Instant reference, ElementSink sink) {
        Chunk.Broken broken = chunk.broken();
        if (broken == null) {
            decoder.dates(chunk.dates());
            try {
                decode(chunk.value(), chunk.positions(), reference, sink);
            } finally {
                decoder.dates(DateOrder.MONTH_FIRST);
            }
            return;
        }
        sink.rejected(splitter.rejected(chunk.value(), broken, chunk.positions().position(0)));
    }

    /** Numbers the elements of one record, decodes them and tells the sink. */
    private final class Delivery implements ElementHandler {

        private Positions positions = index -> "";
        private Instant reference = Instant.EPOCH;
        private ElementSink sink = new NoSink();
        private int index;

        void begin(Positions newPositions, Instant newReference, ElementSink newSink) {
            positions = newPositions;
            reference = newReference;
            sink = newSink;
            index = 0;
        }

        @Override
        public void unneeded() {
            index++;
            sink.skipped();
        }

        @Override
        public boolean settled(byte[] bytes, int from, int to) {
            ReadSignIn signIn = decoder.signIn(bytes, from, to, positions.position(index), reference);
            if (signIn == null) {
                return false;
            }
            index++;
            sink.signedIn(signIn);
            return true;
        }

        @Override
        public void parsed(JsonNode element, byte[] bytes, int from, int to) {
            if (!element.isObject()) {
                String kind = element.getNodeType().name().toLowerCase(Locale.ROOT);
                rejected(Reason.NOT_AN_EVENT, "an event is an object, this is of type " + kind, bytes, from, to);
                return;
            }
            List<AppEvent> events;
            try {
                events = decoder.decode(element, positions.position(index), reference);
            } catch (RejectedElementException e) {
                if (!e.siblings().isEmpty()) {
                    sink.decoded(e.siblings());
                }
                rejected(e.reason(), String.valueOf(e.getMessage()), bytes, from, to);
                return;
            } catch (RuntimeException e) {
                // An error of ours must not take the rest of the record with it.
                rejected(Reason.PROCESSING_ERROR, ErrorWords.of(e), bytes, from, to);
                return;
            }
            index++;
            if (events.isEmpty()) {
                sink.skipped();
            } else {
                sink.decoded(events);
            }
        }

        @Override
        public void rejected(Reason reason, String message, byte[] bytes, int from, int to) {
            sink.rejected(Rejected.of(reason, message, positions.position(index++), bytes, from, to));
        }
    }

    /** Stands in until the first record. */
    private static final class NoSink implements ElementSink {

        @Override
        public void decoded(List<AppEvent> events) {
            throw new IllegalStateException("no record is being decoded");
        }

        @Override
        public void skipped() {
            throw new IllegalStateException("no record is being decoded");
        }

        @Override
        public void rejected(Rejected rejected) {
            throw new IllegalStateException("no record is being decoded");
        }
    }
}
