package io.rolecall.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps the demo's screen free of log lines while it is open, but for what went wrong. */
final class QuietLogs implements AutoCloseable {

    /**
     * The broker reports as errors what its clients recover from, as a producer's first write under transactions of version 2. Whether
     * anything was lost the demo sees by itself.
     */
    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.ERROR,
            "io.rolecall",
            Level.WARN,
            "org.apache.kafka",
            Level.ERROR,
            "kafka",
            Level.OFF,
            "state.change.logger",
            Level.OFF);

    private final Map<Logger, @Nullable Level> before = new LinkedHashMap<>();

    QuietLogs() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            LEVELS.forEach((name, level) -> {
                Logger logger = context.getLogger(name);
                before.put(logger, logger.getLevel());
                logger.setLevel(level);
            });
        }
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
    }
}
