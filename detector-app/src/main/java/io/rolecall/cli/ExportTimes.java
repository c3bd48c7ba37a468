package io.rolecall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When files were exported: as the command says, else when each was last written; what is piped in, now. */
final class ExportTimes {

    private static final char MEMBER = '!';

    private final @Nullable PointInTime given;
    private final Clock clock;
    private final Map<String, Instant> known = new HashMap<>();

    ExportTimes(@Nullable PointInTime given, Clock clock) {
        this.given = given;
        this.clock = clock;
    }

    /** @param name name of a file, with the member's name behind it for an archive */
    Instant of(String name) {
        return given != null ? given.resolve(clock) : known.computeIfAbsent(name, this::written);
    }

    private Instant written(String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf(MEMBER, end - 1)) {
            Path file = Path.of(name.substring(0, end));
            try {
                if (Files.isRegularFile(file)) {
                    return Files.getLastModifiedTime(file).toInstant();
                }
            } catch (IOException e) {
                return clock.instant();
            }
        }
        return clock.instant();
    }
}
