package io.rolecall.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Catalogue;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.file.LogFiles;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The decoder's version cannot lie: beside it stands a hash of what every captured event decodes to. */
class DecoderVersionTest {

    private static final Path FILE = Path.of("src/test/resources/decoder-versions.txt");
    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    /** Run with {@code -Drolecall.write-versions=true} to write down what a raised version decodes. */
    @Test
    void what_captured_events_decode_to_changes_only_together_with_the_version() throws Exception {
        // Given
        Map<Integer, String> known = known();

        // When
        String hash = hash();

        // Then
        if (Boolean.getBoolean("rolecall.write-versions")) {
            known.put(LogDecoder.VERSION, hash);
            Files.writeString(
                    FILE,
                    known.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                            .collect(Collectors.joining()),
                    UTF_8);
            return;
        }
        assertThat(known)
                .as(
                        "events decode otherwise: raise LogDecoder.VERSION, so that gathered history is not taken for what this"
                                + " decoder makes of it, and run this test with -Drolecall.write-versions=true")
                .containsEntry(LogDecoder.VERSION, hash);
    }

    private static Map<Integer, String> known() throws IOException {
        Map<Integer, String> known = new TreeMap<>();
        for (String line : Files.exists(FILE) ? Files.readAllLines(FILE, UTF_8) : List.<String>of()) {
            String[] words = line.split(" ", 2);
            known.put(Integer.valueOf(words[0]), words[1]);
        }
        return known;
    }

    private static String hash() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        LogDecoder decoder = new LogDecoder(
                DecodeSettings.DEFAULT, NeededOperations.of(Catalogue.shipped().operations()));
        ElementSink sink = new ElementSink() {
            @Override
            public void decoded(List<AppEvent> events) {
                events.forEach(event -> digest.update(AvroJson.toLine(event).getBytes(UTF_8)));
            }

            @Override
            public void skipped() {
                digest.update((byte) '-');
            }

            @Override
            public void rejected(Rejected rejected) {
                digest.update(rejected.reason().label().getBytes(UTF_8));
            }
        };
        LogFileReader reader = new LogFileReader(
                LogFileReader.CHUNK_BYTES, DecodeSettings.DEFAULT.maxElementBytes(), null, bytes -> {});
        for (LogFiles.Input input : LogFiles.find(List.of(SAMPLES.toString())).inputs()) {
            reader.read(input, InputStream.nullInputStream(), chunk -> decoder.decode(chunk, Decoding.REFERENCE, sink));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
    }
}
