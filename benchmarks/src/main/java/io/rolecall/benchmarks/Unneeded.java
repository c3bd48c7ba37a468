package io.rolecall.benchmarks;

import io.rolecall.detection.Catalogue;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.ElementSink;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks the story's script, and of its background what no detection needs. */
final class Unneeded implements ElementSink {

    private static final Instant REFERENCE = Instant.parse("2030-01-01T00:00:00Z");

    private final Set<String> script;
    private final LogDecoder decoder = new LogDecoder(
            DecodeSettings.DEFAULT, NeededOperations.of(Catalogue.shipped().operations()));
    private boolean skipped;

    /** @param options the story's, whatever its volume */
    Unneeded(StoryOptions options) {
        script = Story.generate(options.withNoisePerDay(0))
                .events()
                .map(StoryEvent::json)
                .collect(Collectors.toSet());
    }

    boolean keeps(String json) {
        skipped = false;
        decoder.decode(json.getBytes(StandardCharsets.UTF_8), index -> "", REFERENCE, this);
        return skipped || script.contains(json);
    }

    @Override
    public void decoded(List<AppEvent> events) {
        // A detection needs it.
    }

    @Override
    public void skipped() {
        skipped = true;
    }

    @Override
    public void rejected(Rejected rejected) {
        throw new IllegalStateException("The story holds no rejects: " + rejected.message());
    }
}
