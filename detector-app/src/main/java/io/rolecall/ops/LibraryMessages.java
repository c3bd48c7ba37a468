package io.rolecall.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the messages of libraries few: what nobody can act on is not said ({@link LibraryMessage} lists it), what comes again is said
 * once and then counted, once a minute. Our own messages pass. Logback's {@code DuplicateMessageFilter} lets the first few of a message
 * pass and then is silent about the rest for ever, so that nobody would know whether it goes on.
 */
public final class LibraryMessages extends Filter<ILoggingEvent> {

    static final Duration QUIET = Duration.ofSeconds(15);
    static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LibraryMessages.class);
    private static final String OURS = "io.rolecall.";

    /** Names of clients and threads in front of a message of Kafka, and numbers: what differs between repetitions. */
    private static final Pattern DIFFERING = Pattern.compile("^(stream-\\w+ )?(\\[[^\\]]*\\] ?)+|\\d+");

    /** Messages of different words that are counted at once; of more, the oldest are said anew when they come again. */
    private static final int MOST_KEPT = 500;

    private static final long SECONDS_BETWEEN_LOOKS = 5;

    private final Map<String, RepeatedMessage> repeated = new LinkedHashMap<>();
    private long counted;
    private boolean active = true;

    /** Whether it does anything; with {@code -v} everything is said. */
    public void setActive(boolean value) {
        active = value;
    }

    @Override
    public void start() {
        super.start();
        if (!active) {
            return;
        }
        ScheduledFuture<?> looks = getContext()
                .getScheduledExecutorService()
                .scheduleWithFixedDelay(
                        () -> look(System.currentTimeMillis()),
                        SECONDS_BETWEEN_LOOKS,
                        SECONDS_BETWEEN_LOOKS,
                        TimeUnit.SECONDS);
        getContext().addScheduledFuture(looks);
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!active
                || event.getLoggerName().startsWith(OURS)
                || !event.getLevel().isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        String message = event.getFormattedMessage();
        Optional<LibraryMessage> known = LibraryMessage.of(event.getLoggerName(), message);
        if (known.filter(LibraryMessage::isNoise).isPresent()) {
            return FilterReply.DENY;
        }
        String key = known.map(LibraryMessage::name)
                .orElseGet(() ->
                        event.getLoggerName() + " " + DIFFERING.matcher(message).replaceAll(""));
        return count(key, known, message, event.getTimeStamp()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private synchronized boolean count(String key, Optional<LibraryMessage> known, String message, long now) {
        RepeatedMessage entry = repeated.computeIfAbsent(key, unseen -> new RepeatedMessage(known.orElse(null), now));
        if (repeated.size() > MOST_KEPT) {
            Iterator<String> oldest = repeated.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return entry.again(message, now);
    }

    /** Tells of what came again, once a minute, and of what is over. */
    synchronized void look(long now) {
        boolean minute = now - counted >= COUNTED_EVERY.toMillis();
        counted = minute ? now : counted;
        Iterator<RepeatedMessage> entries = repeated.values().iterator();
        while (entries.hasNext()) {
            RepeatedMessage entry = entries.next();
            long untold = minute ? entry.takeUntold() : 0;
            if (untold > 0) {
                LOG.atWarn().addKeyValue("times", untold).log("Again: " + entry.latest());
            }
            if (entry.isQuiet(now, entry.over().isEmpty() ? COUNTED_EVERY : QUIET)) {
                entries.remove();
                if (!entry.over().isEmpty()) {
                    LOG.atInfo()
                            .addKeyValue("failures", entry.total())
                            .addKeyValue("seconds", entry.span().toSeconds())
                            .log(entry.over());
                }
            }
        }
    }
}
