package io.rolecall.benchmarks;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryEvent;
import io.rolecall.sandbox.story.StoryNetwork;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.schema.OrgNetwork;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A month of a tenant of two thousand people as one file of one event a line, in the order of delivery.
 *
 * @param name what it is, for the report
 * @param file the file
 * @param elements its lines
 * @param bytes its size
 * @param truth number of alerts that must come of it
 * @param networks the organisation's networks
 */
record Corpus(String name, Path file, long elements, long bytes, int truth, List<OrgNetwork> networks) {

    /** In place of a share of sign-ins. */
    static final int NOTHING_NEEDED = -1;

    private static final int PEOPLE = 2_000;
    private static final int QUIET_EVENTS_ARE_ONE_IN = 5;
    private static final int BUFFER = 1 << 20;

    /** Bytes of an average event of the story; decides how many a size asks for. */
    private static final int BYTES_PER_EVENT = 1_700;

    /**
     * Writes a corpus.
     *
     * @param directory where to
     * @param name name of the file, without its ending
     * @param mebibytes size to reach, roughly
     * @param signInPercent share of sign-ins in the background, 0 to 100; {@value #NOTHING_NEEDED} for a background of nothing that a
     *     detection needs
     * @throws IOException when the file cannot be written
     */
    static Corpus write(Path directory, String name, int mebibytes, int signInPercent) throws IOException {
        boolean quiet = signInPercent == NOTHING_NEEDED;
        StoryOptions options = StoryOptions.defaults()
                .withSignInPercent(Math.max(0, signInPercent))
                .withPeople(PEOPLE);
        long events = ((long) mebibytes << 20) / BYTES_PER_EVENT * (quiet ? QUIET_EVENTS_ARE_ONE_IN : 1);
        Story story = Story.generate(options.withNoisePerDay((int) (events / options.days())));
        Predicate<String> wanted = quiet ? new Unneeded(options)::keeps : json -> true;
        Path file = directory.resolve(name + ".ndjson");
        long elements = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            for (Iterator<StoryEvent> each = story.events().iterator(); each.hasNext(); ) {
                String json = each.next().json();
                if (wanted.test(json)) {
                    out.write(json.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                    elements++;
                }
            }
        }
        return new Corpus(
                name,
                file,
                elements,
                Files.size(file),
                story.truth().size(),
                story.networks().stream().map(StoryNetwork::toRecord).toList());
    }
}
