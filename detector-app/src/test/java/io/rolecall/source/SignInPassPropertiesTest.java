package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.AvroJson;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** One pass over the bytes of a sign-in gives what a parse of them gives, or leaves it to the parse. */
class SignInPassPropertiesTest {

    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final List<String> SEEDS = SignInSamples.settled();

    private static final LogDecoder[][] DECODERS = {
        {decoder(false, false), decoder(false, true)}, {decoder(true, false), decoder(true, true)}
    };

    /** Decodes what was parsed, and nothing else. */
    private record ParsingOnly(EventDecoder events) implements ElementDecoder {

        @Override
        public List<AppEvent> decode(JsonNode element, String position, Instant reference)
                throws RejectedElementException {
            return events.decode(element, position, reference);
        }
    }

    /** What became of each element, in full. */
    private static final class Outcomes implements ElementSink {

        private final List<String> lines = new ArrayList<>();
        private int settled;

        @Override
        public void decoded(List<AppEvent> events) {
            events.forEach(event -> lines.add("decoded " + AvroJson.toLine(event)));
        }

        @Override
        public void signedIn(ReadSignIn signIn) {
            settled++;
            ElementSink.super.signedIn(signIn);
        }

        @Override
        public void skipped() {
            lines.add("skipped");
        }

        @Override
        public void rejected(Rejected rejected) {
            String bytes = new String(rejected.element(), StandardCharsets.ISO_8859_1);
            lines.add(rejected.reason() + " " + rejected.message() + " " + rejected.position() + " " + rejected.size()
                    + " " + bytes);
        }
    }

    private static LogDecoder decoder(boolean everything, boolean parsing) {
        DecodeSettings settings = DecodeSettings.DEFAULT.withEverything(everything);
        EventDecoder events = new EventDecoder(settings, Needed.BY_DETECTIONS);
        return parsing
                ? new LogDecoder(settings, Needed.BY_DETECTIONS, new ParsingOnly(events))
                : new LogDecoder(settings, Needed.BY_DETECTIONS, events);
    }

    private static Outcomes decode(byte[] bytes, boolean everything, boolean parsing) {
        Outcomes outcomes = new Outcomes();
        DECODERS[everything ? 1 : 0][parsing ? 1 : 0].decode(bytes, index -> "p/" + index, NOW, outcomes);
        return outcomes;
    }

    private static int settledAlike(byte[] bytes, boolean everything) {
        Outcomes passed = decode(bytes, everything, false);
        Outcomes parsed = decode(bytes, everything, true);
        assertThat(passed.lines).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(parsed.lines);
        return passed.settled;
    }

    @Property(tries = 4000)
    void a_changed_sign_in_is_read_alike(@ForAll long seed, @ForAll boolean everything) {
        // Given
        Random random = new Random(seed);
        byte[] changed = new Mutations(random).of(SEEDS.get(random.nextInt(SEEDS.size())));

        // When // Then
        settledAlike(changed, everything);
    }

    @Property(tries = 500)
    void changed_sign_ins_are_read_alike_in_a_batch(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] changed = new Mutations(random).of(SEEDS.get(random.nextInt(SEEDS.size())));
            records.add(new String(changed, StandardCharsets.UTF_8));
        }
        String batch = "{\"records\":[" + String.join(",", records) + "]}";

        // When // Then
        settledAlike(batch.getBytes(StandardCharsets.UTF_8), random.nextBoolean());
    }

    @Test
    void sign_ins_of_every_envelope_are_settled_without_a_parse() {
        for (String sample : SEEDS) {
            // When
            int settled = settledAlike(sample.getBytes(StandardCharsets.UTF_8), false);

            // Then
            assertThat(settled).as(sample).isEqualTo(1);
        }
    }

    @Test
    void captured_logs_are_read_alike() throws IOException, URISyntaxException {
        // Given
        Path samples = Path.of(Objects.requireNonNull(SignInPassPropertiesTest.class.getResource("/samples"))
                .toURI());
        int settled = 0;

        // When
        try (Stream<Path> files = Files.walk(samples)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                settled += settledAlike(Files.readAllBytes(file), true);
            }
        }

        // Then
        assertThat(settled).as("sign-ins among the captured events").isPositive();
    }

    @Test
    void another_operation_is_left_to_the_parse_where_its_name_stands() {
        // Given
        String json = "{\"time\":\"2025-01-01T00:00:00Z\",\"operationName\":\"Add application\",\"operation\":3}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        // When
        SlotFields fields = new SignInPass().read(bytes, 0, bytes.length);

        // Then
        assertThat(fields).isNull();
    }
}
