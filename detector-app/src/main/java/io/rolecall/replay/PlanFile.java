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
                    .addDeserializer(Instant.class, new Rfc3339Times())
                    .addSerializer(Shard.class, ToStringSerializer.instance)
                    .addDeserializer(Shard.class, new Shards()))
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

    private static final class Rfc3339Times extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Rfc3339Times() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, parser.getText(), "no time");
            }
        }
    }

    private static final class Shards extends StdDeserializer<Shard> {

        private static final long serialVersionUID = 1L;

        Shards() {
            super(Shard.class);
        }

        @Override
        public Shard deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Shard.parse(parser.getText());
            } catch (IllegalArgumentException e) {
                return (Shard) context.handleWeirdStringValue(Shard.class, parser.getText(), "no share");
            }
        }
    }
}
