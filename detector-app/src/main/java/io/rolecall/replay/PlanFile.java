package io.rolecall.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/** {@code plan.json}: written once, before anything is gathered. */
public final class PlanFile {

    /** Name in the directory; by it a directory is known as gathered history. */
    public static final String NAME = "plan.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // Questions that a record answers are none of its components.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new OfText<>(Instant.class, Instant::parse, "no time"))
                    .addSerializer(Shard.class, ToStringSerializer.instance)
                    .addDeserializer(Shard.class, new OfText<>(Shard.class, Shard::parse, "no share")))
            .build();

    private PlanFile() {}

    /** Whether a path is a directory of gathered history. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(NAME));
    }

    /**
     * Writes a plan so that it is there as a whole or not at all.
     *
     * @throws IOException when the directory cannot be written to, or has a plan already
     */
    public static void write(Plan plan, Path directory) throws IOException {
        if (isIn(directory)) {
            throw new IOException(directory + " holds gathered history already: --resume goes on with it");
        }
        Path file = directory.resolve(NAME);
        Path draft = directory.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap((text(plan) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(directory);
    }

    /** The plan as JSON. */
    public static String text(Plan plan) throws IOException {
        return JSON.writeValueAsString(plan);
    }

    /**
     * Reads the plan of a directory.
     *
     * @throws IOException when there is none, or it is none that this program reads; the message says what to do
     */
    public static Plan read(Path directory) throws IOException {
        return readFile(directory.resolve(NAME));
    }

    /** Reads a plan from a file of any name. */
    public static Plan readFile(Path file) throws IOException {
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            int format = tree.path("format").asInt(-1);
            if (format != Plan.FORMAT) {
                throw new IOException(file + ": format " + format + " of gathered history is not read by this version,"
                        + " which reads format " + Plan.FORMAT + "; gather the range again");
            }
            return JSON.treeToValue(tree, Plan.class);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is missing: the directory holds no gathered history", e);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no plan of a replay: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads values that lie there as text. */
    private static final class OfText<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private final transient Function<String, T> reading;
        private final String otherwise;

        /** @param otherwise what a text is that cannot be read */
        OfText(Class<T> type, Function<String, T> reading, String otherwise) {
            super(type);
            this.type = type;
            this.reading = reading;
            this.otherwise = otherwise;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return reading.apply(parser.getText());
            } catch (DateTimeException | IllegalArgumentException e) {
                return type.cast(context.handleWeirdStringValue(type, parser.getText(), otherwise));
            }
        }
    }
}
