package io.rolecall.inprocess;

import io.rolecall.source.DecodedElements;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.Chunk;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Feeds a detector chunks of files, in the order in which they come, and decodes the next ones on a thread of its own meanwhile: an
 * element is decoded from its own bytes alone, so that nothing of what is found hangs on it. Decoding is a third of a scan's work.
 * Not safe for use by several threads.
 */
public final class FeedAhead implements AutoCloseable {

    /** Of a megabyte each: enough that neither thread waits for the other for long, little enough to keep in memory. */
    private static final int MOST_WAITING = 3;

    private final InProcessDetector detector;
    private final LogDecoder decoder;
    private final Clock clock;
    private final Deque<CompletableFuture<Decoded>> waiting = new ArrayDeque<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "rolecall-decode");
        made.setDaemon(true);
        return made;
    });

    private record Decoded(DecodedElements elements, Instant at) {}

    FeedAhead(InProcessDetector detector, LogDecoder decoder, Clock clock) {
        this.detector = detector;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** Takes a chunk, and feeds those that have waited long enough. */
    public void take(Chunk chunk) {
        waiting.add(CompletableFuture.supplyAsync(() -> decode(chunk), thread));
        if (waiting.size() > MOST_WAITING) {
            next();
        }
    }

    /** Feeds what waits, and tells what has become of the elements up to here. */
    public Summary summary() {
        while (!waiting.isEmpty()) {
            next();
        }
        return detector.summary();
    }

    private Decoded decode(Chunk chunk) {
        // As the time of a record, in whole milliseconds.
        Instant at = Instant.ofEpochMilli(clock.millis());
        DecodedElements elements = new DecodedElements();
        decoder.decode(chunk, at, elements);
        return new Decoded(elements, at);
    }

    private void next() {
        Decoded decoded;
        try {
            decoded = waiting.remove().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        detector.feed(decoded.elements(), decoded.at());
    }

    /** What waits is dropped. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
