package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Decodes test elements. */
final class Decoding {

    static final Instant REFERENCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final EventDecoder DECODER =
            new EventDecoder(DecodeSettings.DEFAULT.withEverything(true), Needed.BY_DETECTIONS);

    private Decoding() {}

    static List<AppEvent> all(String json) throws RejectedElementException {
        return DECODER.decode(parse(json), "file:1/0", REFERENCE);
    }

    /** The one event of an element. */
    static AppEvent one(String json) {
        try {
            List<AppEvent> events = all(json);
            if (events.size() != 1) {
                throw new AssertionError(events.size() + " events");
            }
            return events.get(0);
        } catch (RejectedElementException rejected) {
            throw new AssertionError(rejected.reason() + ": " + rejected.getMessage(), rejected);
        }
    }

    static <T> T details(AppEvent event, Class<T> type) {
        return type.cast(event.getDetails().orElseThrow());
    }

    static JsonNode parse(String json) {
        return Objects.requireNonNull(JsonText.parse(json), "invalid JSON in a test");
    }

    /** A captured event, by its path under the samples. */
    static String sample(String path) {
        try (InputStream in = Decoding.class.getResourceAsStream("/samples/" + path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a captured file of JSON lines, from 0. */
    static String sample(String path, int line) {
        return sample(path).lines().toList().get(line);
    }
}
