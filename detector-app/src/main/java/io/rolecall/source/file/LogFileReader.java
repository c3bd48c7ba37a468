package io.rolecall.source.file;

import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DateOrder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads exported log files as chunks of elements, by streaming: memory is bounded by the largest element accepted, whatever the
 * size of a file or of what is packed in it. Packing is recognised by content, CSV by the file's ending, or by content where the
 * name says nothing.
 */
public final class LogFileReader {

    /** Size of chunks: 1 MiB, as the largest record that the topics carry. */
    public static final int CHUNK_BYTES = 1 << 20;

    private static final int BUFFER = 1 << 18;
    private static final int SNIFFED = 512;

    /** Bytes at the begin of a text in which local dates are looked for. */
    private static final int SURVEYED = 1 << 16;

    private static final int MOST_LAYERS = 2;

    private final int chunkBytes;
    private final int maxElementBytes;
    private final @Nullable DateOrder dates;
    private final boolean exports;
    private final LongConsumer bytesRead;
    private final List<String> notRead = new ArrayList<>();
    private final List<String> undecided = new ArrayList<>();

    /**
     * @param chunkBytes size of chunks, exceeded only by a single larger element
     * @param maxElementBytes larger elements are handed on cut, one byte beyond this bound, for the decoder to reject
     * @param bytesRead told how many bytes of the files were read since the last call
     */
    public LogFileReader(int chunkBytes, int maxElementBytes, LongConsumer bytesRead) {
        this(chunkBytes, maxElementBytes, null, bytesRead);
    }

    /**
     * A reader that may know the order of local dates.
     *
     * @param dates how they are read; null when each file decides for itself, month first where nothing in it does
     */
    public LogFileReader(int chunkBytes, int maxElementBytes, @Nullable DateOrder dates, LongConsumer bytesRead) {
        this(chunkBytes, maxElementBytes, dates, false, bytesRead);
    }

    private LogFileReader(
            int chunkBytes, int maxElementBytes, @Nullable DateOrder dates, boolean exports, LongConsumer bytesRead) {
        this.dates = dates;
        this.exports = exports;
        this.chunkBytes = chunkBytes;
        this.maxElementBytes = maxElementBytes;
        this.bytesRead = bytesRead;
    }

    /**
     * A reader of files that hold no log but the objects of a directory: of each page it also hands on what the page says of itself,
     * above all whether a next one follows, and {@code {"data":[..]}} is a batch.
     *
     * @param maxElementBytes as in {@link #LogFileReader(int, int, LongConsumer)}
     * @param bytesRead told how many bytes of the files were read since the last call
     */
    public static LogFileReader ofExports(int maxElementBytes, LongConsumer bytesRead) {
        return new LogFileReader(CHUNK_BYTES, maxElementBytes, DateOrder.MONTH_FIRST, true, bytesRead);
    }

    /** Members of archives that were not read for their type, so far. */
    public List<String> notRead() {
        return List.copyOf(notRead);
    }

    /** Files and members of archives with local dates whose order nothing decided, so far; they were read month first. */
    public List<String> undecidedDates() {
        return List.copyOf(undecided);
    }

    /**
     * Reads one file to its end.
     *
     * @param input the file
     * @param stdin what {@code -} stands for
     * @param sink receives the chunks, each as soon as it is full
     * @throws IOException when the file cannot be opened, is not what its packing says, or breaks off; what was read before has
     *     been handed on
     */
    public void read(LogFiles.Input input, InputStream stdin, Consumer<Chunk> sink) throws IOException {
        if (input.isStdin()) {
            readStream(input.name(), stdin, sink);
            return;
        }
        try (InputStream in = Files.newInputStream(input.path())) {
            readStream(input.name(), in, sink);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name name of what is read, for the positions and, by its ending, for the type
     * @param stream packed or not
     * @param sink receives the chunks, each as soon as it is full
     * @throws IOException as {@link #read}
     */
    public void readStream(String name, InputStream stream, Consumer<Chunk> sink) throws IOException {
        open(name, new Counting(stream), sink);
    }

    private void open(String name, InputStream raw, Consumer<Chunk> sink) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
        byte[] start = peek(in, SNIFFED);
        String lower = name.toLowerCase(Locale.ROOT);
        boolean packed = isGzip(start) || isZip(start);
        if (!packed && start.length > 0 && (lower.endsWith(".gz") || lower.endsWith(".zip"))) {
            throw new IOException("not a " + lower.substring(lower.lastIndexOf('.') + 1) + " file");
        }
        unpack(name, in, 0, sink);
    }

    private void unpack(String name, BufferedInputStream in, int layers, Consumer<Chunk> sink) throws IOException {
        byte[] start = peek(in, SNIFFED);
        boolean gzip = isGzip(start);
        if (!gzip && !isZip(start)) {
            text(name, in, sink);
        } else if (layers == MOST_LAYERS) {
            notRead.add(name);
        } else if (gzip) {
            unpack(name, new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER), layers + 1, sink);
        } else {
            zip(name, in, layers + 1, sink);
        }
    }

    private void zip(String name, InputStream in, int layers, Consumer<Chunk> sink) throws IOException {
        ZipEndStream end = new ZipEndStream(in);
        ZipInputStream zip = new ZipInputStream(end);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String member = name + "!" + entry.getName();
            if (entry.isDirectory()) {
                continue;
            }
            if (LogFiles.isRead(entry.getName())) {
                unpack(member, new BufferedInputStream(zip, BUFFER), layers, sink);
            } else {
                notRead.add(member);
            }
        }
        if (!end.isWhole()) {
            throw new EOFException();
        }
    }

    private void text(String name, InputStream in, Consumer<Chunk> sink) throws IOException {
        BufferedInputStream text = new BufferedInputStream(Utf8.of(in), SNIFFED);
        byte[] start = peek(text, SURVEYED);
        boolean csv = isCsv(name, start);
        if (dates != null || !DateSurvey.isWorthwhile(start)) {
            split(name, text, csv, dates == null ? DateOrder.MONTH_FIRST : dates, sink);
            return;
        }
        try (SpooledText spool = new SpooledText(text)) {
            DateOrder order = survey(name, spool.first(), csv);
            split(name, spool.second(), csv, order, sink);
        }
    }

    /** Reads a text until one of its local dates tells their order; notes the file when none does. */
    private DateOrder survey(String name, InputStream text, boolean csv) {
        DateSurvey survey = new DateSurvey();
        try {
            split(name, text, csv, DateOrder.MONTH_FIRST, chunk -> {
                survey.look(chunk);
                if (survey.order() != null) {
                    throw new Surveyed();
                }
            });
        } catch (Surveyed | IOException end) {
            // The rest need not be looked at, or the reading that follows meets the same trouble.
        }
        DateOrder order = survey.order();
        if (order == null && survey.found()) {
            undecided.add(name);
        }
        return order == null ? DateOrder.MONTH_FIRST : order;
    }

    private void split(String name, InputStream text, boolean csv, DateOrder order, Consumer<Chunk> sink)
            throws IOException {
        ChunkWriter writer = new ChunkWriter(name, chunkBytes, order, sink);
        ByteWindow window = new ByteWindow(text, maxElementBytes);
        try {
            if (csv) {
                new CsvRows(window, writer).read();
            } else {
                new JsonDocuments(window, writer, exports).read();
            }
        } catch (IOException e) {
            writer.flush();
            throw e;
        }
    }

    /** Ends a survey that has its answer. */
    private static final class Surveyed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Surveyed() {
            super("", null, false, false);
        }
    }

    private static boolean isCsv(String name, byte[] start) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv") || lower.endsWith(".csv.gz")) {
            return true;
        }
        if (lower.contains(".json") || lower.contains(".ndjson")) {
            return false;
        }
        for (byte next : start) {
            if (next > ' ' || next < 0) {
                return Character.isLetter(next) || next == '#' || (next == '"' && !lower.endsWith(".jsonl"));
            }
        }
        return false;
    }

    private static byte[] peek(BufferedInputStream in, int count) throws IOException {
        in.mark(count);
        byte[] start = in.readNBytes(count);
        in.reset();
        return start;
    }

    private static boolean isGzip(byte[] start) {
        return startsWith(start, 0x1f, 0x8b);
    }

    private static boolean isZip(byte[] start) {
        return startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 'P', 'K', 5, 6);
    }

    private static boolean startsWith(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (start.length <= i || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Tells how far the file has been read. */
    private final class Counting extends FilterInputStream {

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytesRead.accept(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytesRead.accept(Math.max(count, 0));
            return count;
        }
    }
}
