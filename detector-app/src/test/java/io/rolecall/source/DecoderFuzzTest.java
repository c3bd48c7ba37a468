package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoding ends, throws nothing and accounts for every element. */
class DecoderFuzzTest {

    private static final int INPUTS = 100_000;
    private static final byte[] TELLING = "{}[]\",:\\\n\r\t 0-\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final Random random = new Random(20_261_122);

    @Test
    void mutated_and_random_inputs_are_accounted_for() throws IOException {
        // Given
        List<byte[]> seeds = seeds();
        LogDecoder skipping = new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS);
        LogDecoder full = new LogDecoder(DecodeSettings.DEFAULT.withEverything(true), Needed.BY_DETECTIONS);

        for (int i = 0; i < INPUTS; i++) {
            byte[] input = i % 10 == 0 ? noise() : mutated(seeds.get(random.nextInt(seeds.size())), seeds);
            RecordingSink sink = new RecordingSink();
            List<Integer> asked = new ArrayList<>();

            // When
            (i % 2 == 0 ? skipping : full).decode(input, index -> number(asked, index), NOW, sink);

            // Then
            String text = "input " + i + ": " + new String(input, StandardCharsets.ISO_8859_1);
            assertThat(sink.calls).as(text).doesNotContain(Reason.PROCESSING_ERROR.label());
            assertThat(asked).as(text).isSorted().allMatch(index -> index < sink.calls.size());
            assertThat(sink.rejected)
                    .as(text)
                    .allMatch(r -> r.size() <= input.length && !r.message().isBlank());
            if (sink.calls.isEmpty()) {
                assertThat(text).as("only an empty batch holds no element").contains("[");
            }
        }
    }

    private static String number(List<Integer> asked, int index) {
        asked.add(index);
        return "p" + index;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(64)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
        }
        return noise;
    }

    private byte[] mutated(byte[] seed, List<byte[]> seeds) {
        byte[] bytes = seed.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 2 -> bytes = spliced(bytes, at, new byte[0], bytes.length);
                case 3 -> bytes = spliced(bytes, at, new byte[0], Math.min(bytes.length, at + random.nextInt(40)));
                default -> bytes = spliced(bytes, at, seeds.get(random.nextInt(seeds.size())), at);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int to, byte[] middle, int from) {
        byte[] result = new byte[to + middle.length + bytes.length - from];
        System.arraycopy(bytes, 0, result, 0, to);
        System.arraycopy(middle, 0, result, to, middle.length);
        System.arraycopy(bytes, from, result, to + middle.length, bytes.length - from);
        return result;
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (InputStream in = DecoderFuzzTest.class.getResourceAsStream("fuzz-seeds.ndjson")) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                seeds.add(line.getBytes(StandardCharsets.UTF_8));
                seeds.add(("{\"records\":[" + line + "," + line + "]}").getBytes(StandardCharsets.UTF_8));
            }
        }
        for (String small : List.of(
                "{\"tables\":[{\"columns\":[{\"name\":\"OperationName\"},{\"name\":\"a\"}],\"rows\":[[\"Add user\",1],[\"x\",2]]}]}",
                "[{\"value\":[{\"activityDisplayName\":\"Add application\"}]},{\"value\":[]}]",
                "\"{\\\"Operation\\\":\\\"Add application.\\\"}\"",
                "{\"operationName\":\"Update user\"}\n{\"operationName\":\"Add user\"}\n{\"a\":\"x\n{\"b\":1}")) {
            seeds.add(small.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }
}
