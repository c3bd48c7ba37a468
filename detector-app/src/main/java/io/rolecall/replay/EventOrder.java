package io.rolecall.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts elements into the order of their events, however many there are: sorted runs go to files in a scratch directory when they
 * outgrow a bound, and are merged. Not for use by several threads at once.
 */
final class EventOrder implements Closeable {

    /** What an element takes in memory beside its bytes: the record, its time, the array's head. */
    private static final int OVERHEAD = 120;

    private final Path scratch;
    private final long mostBytes;
    private final List<GatheredElement> inMemory = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private final List<Run> open = new ArrayList<>();
    private long bytes;

    /** @param mostBytes of elements held in memory */
    EventOrder(Path scratch, long mostBytes) {
        this.scratch = scratch;
        this.mostBytes = mostBytes;
    }

    void add(GatheredElement element) throws IOException {
        inMemory.add(element);
        bytes += element.events().length + OVERHEAD;
        if (bytes > mostBytes) {
            spill();
        }
    }

    private void spill() throws IOException {
        inMemory.sort(GatheredElement.ORDER);
        Path file = Files.createTempFile(scratch, "sorted-", ".run");
        runs.add(file);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (GatheredElement element : inMemory) {
                out.writeBoolean(true);
                write(element, out);
            }
            out.writeBoolean(false);
        }
        inMemory.clear();
        bytes = 0;
    }

    /** What takes the elements in their order. */
    interface Taking {
        void take(GatheredElement element) throws IOException;
    }

    /** Hands all elements over in their order. To be called once. */
    void forEach(Taking taking) throws IOException {
        inMemory.sort(GatheredElement.ORDER);
        PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(Run::head, GatheredElement.ORDER));
        open.add(new Run(inMemory));
        for (Path run : runs) {
            open.add(new Run(run));
        }
        for (Run run : open) {
            if (run.advance()) {
                heads.add(run);
            }
        }
        for (Run least = heads.poll(); least != null; least = heads.poll()) {
            taking.take(least.head());
            if (least.advance()) {
                heads.add(least);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Run run : open) {
            run.close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private static void write(GatheredElement element, DataOutputStream out) throws IOException {
        Instant time = element.time();
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
        out.writeUTF(element.topic());
        out.writeInt(element.partition());
        out.writeLong(element.offset());
        out.writeInt(element.index());
        out.writeLong(element.millis());
        out.writeInt(element.events().length);
        out.write(element.events());
    }

    private static GatheredElement read(DataInputStream in) throws IOException {
        Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
        String topic = in.readUTF();
        int partition = in.readInt();
        long offset = in.readLong();
        int index = in.readInt();
        long millis = in.readLong();
        return new GatheredElement(time, topic, partition, offset, index, millis, in.readNBytes(in.readInt()));
    }

    /** One sorted run, in memory or in a file. */
    private static final class Run implements Closeable {

        private final List<GatheredElement> sorted;
        private final @Nullable DataInputStream file;
        private int at;
        private @Nullable GatheredElement head;

        Run(List<GatheredElement> sorted) {
            this.sorted = sorted;
            this.file = null;
        }

        Run(Path file) throws IOException {
            this.sorted = List.of();
            this.file = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        }

        GatheredElement head() {
            GatheredElement known = head;
            if (known == null) {
                throw new IllegalStateException("advance says whether there is one");
            }
            return known;
        }

        boolean advance() throws IOException {
            if (file != null) {
                head = file.readBoolean() ? read(file) : null;
            } else {
                head = at < sorted.size() ? sorted.get(at++) : null;
            }
            return head != null;
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
