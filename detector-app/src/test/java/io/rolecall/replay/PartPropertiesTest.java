package io.rolecall.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** A process may be killed at any byte: what is read afterwards is read once, and nothing is missing. */
class PartPropertiesTest {

    private static final PlannedPartition PARTITION = GivenParts.partition("entra.audit-logs", 0, 20);
    private static final List<Long> ALL = LongStream.range(0, 20).boxed().toList();

    private Path directory = Path.of("");

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("parts-");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        Files.deleteIfExists(file());
        Files.delete(directory);
    }

    @Property(tries = 300)
    void a_file_that_ends_at_any_byte_is_completed_to_what_it_would_have_been(
            @ForAll @IntRange(max = 10_000) int cut, @ForAll byte torn, @ForAll boolean isTorn) throws IOException {
        // Given
        Files.deleteIfExists(file());
        GivenParts.gather(directory, PARTITION);
        byte[] whole = Files.readAllBytes(file());
        byte[] left = Arrays.copyOf(whole, Math.min(cut % (whole.length + 1), whole.length));
        if (isTorn && left.length > 0) {
            left[left.length - 1] ^= (byte) (torn | 1);
        }
        Files.write(file(), left);

        // When
        GivenParts.gather(directory, PARTITION);

        // Then
        assertThat(GivenParts.offsets(directory, PARTITION)).isEqualTo(ALL);
        try (PartWriter writer = PartWriter.open(directory, PARTITION)) {
            assertThat(writer.next()).isEqualTo(20);
            assertThat(writer.tally().get(Counted.RECORDS)).isEqualTo(20);
        }
    }

    @Property(tries = 300)
    void what_is_read_of_a_torn_file_is_a_beginning_of_it(@ForAll @IntRange(max = 10_000) int cut) throws IOException {
        // Given
        Files.deleteIfExists(file());
        GivenParts.gather(directory, PARTITION);
        byte[] whole = Files.readAllBytes(file());

        // When
        Files.write(file(), Arrays.copyOf(whole, cut % (whole.length + 1)));

        // Then
        List<Long> read = GivenParts.offsets(directory, PARTITION);
        assertThat(ALL.subList(0, read.size())).isEqualTo(read);
        try (PartWriter writer = PartWriter.open(directory, PARTITION)) {
            assertThat(writer.next()).isEqualTo(read.size());
        }
    }

    private Path file() {
        return directory.resolve(PARTITION.fileName());
    }
}
