package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DecodeSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits the events of a case, inline or in files, into single ones, as {@code scan} would. */
public final class EventFiles {

    private static final String FILE = "file";

    private final Source source;

    /** Finds a file by the path given in a scenario. */
    @FunctionalInterface
    public interface Source {

        /**
         * The file's content.
         *
         * @param path path as written, relative to the scenario file
         * @throws IOException when there is none
         */
        byte[] read(String path) throws IOException;
    }

    EventFiles(Source source) {
        this.source = source;
    }

    /** The events that an entry of the list stands for. */
    List<byte[]> elements(JsonNode entry) throws IOException {
        if (entry.isObject() && entry.size() == 1 && entry.path(FILE).isTextual()) {
            String path = entry.path(FILE).asText();
            byte[] content;
            try {
                content = source.read(path);
            } catch (IOException e) {
                throw new IOException("cannot read the event file " + path, e);
            }
            return split(path, content);
        }
        if (entry.isTextual()) {
            return split("event.json", entry.asText().getBytes(StandardCharsets.UTF_8));
        }
        return split("event.json", entry.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> split(String name, byte[] content) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        LogFileReader reader =
                new LogFileReader(LogFileReader.CHUNK_BYTES, DecodeSettings.DEFAULT.maxElementBytes(), count -> {});
        reader.readStream(name, new ByteArrayInputStream(content), chunk -> lines(chunk, elements));
        return elements;
    }

    private static void lines(Chunk chunk, List<byte[]> elements) {
        if (chunk.broken() != null) {
            elements.add(chunk.value());
            return;
        }
        for (String line : new String(chunk.value(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isBlank()) {
                elements.add(line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
