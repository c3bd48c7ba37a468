package io.rolecall.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads an earlier audit, as {@code --format ndjson} wrote it. */
public final class AuditBaseline {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AuditBaseline() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or a line is no entry of an audit; the message says which and what to do
     */
    public static List<AuditEntry> read(Path file) throws IOException {
        List<AuditEntry> entries = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    entries.add(entry(line).orElseThrow(noEntry(number)));
                }
            }
        }
        return entries;
    }

    private static Supplier<IOException> noEntry(int number) {
        return () -> new IOException("line " + number
                + " is no entry of a whole audit; a baseline is what 'rolecall audit --format ndjson --output FILE'"
                + " wrote without --baseline");
    }

    private static Optional<AuditEntry> entry(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            // What was printed against a baseline is only what differed.
            return AuditEntry.read(json).filter(entry -> !json.has("change"));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
