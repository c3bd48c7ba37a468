package io.rolecall.sandbox.story;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes a story as files: raw logs by source and envelope, the networks, the truth, and a page that explains them. */
public final class StoryWriter {

    /** Name of the policy file, which only the story of the whole catalogue has. */
    public static final String POLICY = "policy.yaml";

    private StoryWriter() {}

    /**
     * Writes a story; files of the same names are replaced.
     *
     * @param story the story
     * @param directory where to; created when missing
     * @return number of records written
     * @throws IOException when a file cannot be written
     */
    public static long write(Story story, Path directory) throws IOException {
        Files.createDirectories(directory);
        lines(
                directory.resolve("truth.ndjson"),
                story.truth().stream().map(ExpectedAlert::toJson).toList());
        lines(directory.resolve("networks.csv"), networks(story));
        if (story.policy().isPresent()) {
            Files.writeString(directory.resolve(POLICY), story.policy().orElseThrow());
        }
        try (var page = StoryWriter.class.getResourceAsStream("README.txt")) {
            if (page == null) {
                throw new IOException("The page that explains the story is missing from the distribution");
            }
            Files.write(directory.resolve("README.txt"), page.readAllBytes());
        }
        return logs(story, directory);
    }

    private static List<String> networks(Story story) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add("cidr,label,valid_from,valid_to");
        story.networks().forEach(network -> lines.add(network.csvLine()));
        return lines;
    }

    private static long logs(Story story, Path directory) throws IOException {
        Map<Envelope, EnvelopeFile> files = new EnumMap<>(Envelope.class);
        long records = 0;
        try {
            for (Envelope envelope : Envelope.values()) {
                files.put(envelope, new EnvelopeFile(directory, envelope));
            }
            for (Iterator<StoryEvent> events = story.events().iterator(); events.hasNext(); records++) {
                StoryEvent event = events.next();
                EnvelopeFile file = files.get(event.envelope());
                if (file != null) {
                    file.write(event.json());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            close(files);
        }
        return records;
    }

    /** Closes every file, and throws the first failure afterwards. */
    private static void close(Map<Envelope, EnvelopeFile> files) throws IOException {
        IOException failure = null;
        for (EnvelopeFile file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void lines(Path file, List<String> lines) throws IOException {
        try (Writer out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            for (String line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
    }
}
