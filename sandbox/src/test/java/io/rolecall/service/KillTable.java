package io.rolecall.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was killed when, and how long it took to come back; for people, on standard output and in a file. */
final class KillTable {

    private static final String NOT_YET = "killed again";

    private final long seed;
    private final List<Kill> kills = new ArrayList<>();

    KillTable(long seed) {
        this.seed = seed;
    }

    /** One kill; {@code recovery} is empty while the victim has not come back. */
    private record Kill(String victim, String moment, long produced, long unread, String recovery) {}

    /**
     * A process has been killed.
     *
     * @param moment since when it had been up
     * @param produced elements produced by then
     * @param unread records that the service had not yet read by then
     */
    void killed(String victim, String moment, long produced, long unread) {
        kills.add(new Kill(victim, moment, produced, unread, NOT_YET));
        // Told at once, for a run that fails, or takes its time.
        System.out.println("kill " + kills.size() + " of seed " + seed + ": " + victim + ", " + moment);
    }

    /** The last victim is back. */
    void cameBack(Duration after) {
        Kill last = kills.remove(kills.size() - 1);
        kills.add(new Kill(
                last.victim(), last.moment(), last.produced(), last.unread(), Long.toString(after.toMillis())));
    }

    /** Writes the table with what came of it. */
    void publish(long alerts, long lost, long twice) throws IOException {
        StringBuilder text = new StringBuilder("seed " + seed + "\n");
        String row = "%-4s %-8s %-34s %10s %8s %14s%n";
        text.append(String.format(Locale.ROOT, row, "kill", "victim", "moment", "produced", "unread", "recovery ms"));
        for (int i = 0; i < kills.size(); i++) {
            Kill kill = kills.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    i + 1,
                    kill.victim(),
                    kill.moment(),
                    kill.produced(),
                    kill.unread(),
                    kill.recovery()));
        }
        text.append(
                "recovery: of the service, from its start to RUNNING; of the broker, from the kill until the service reads on\n");
        text.append("alerts " + alerts + ", lost " + lost + ", twice " + twice + "\n");
        System.out.print(text);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("kill-table.txt"), text);
    }
}
