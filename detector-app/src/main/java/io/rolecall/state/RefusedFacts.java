package io.rolecall.state;

import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that facts are refused because they lie before the history: the first at once and with what mends it, the others
 * as a number once a minute. A backlog can hold millions. Safe for use by several threads.
 */
public final class RefusedFacts {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedFacts.class);

    private static final long EVERY_MILLIS = Duration.ofMinutes(1).toMillis();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong toldAtMillis = new AtomicLong();

    /** One more, of one task. */
    public void add(AppEvent fact, TaskClock clock, long nowMillis) {
        if (refused.incrementAndGet() == 1) {
            told.set(1);
            toldAtMillis.set(nowMillis);
            LOG.atWarn()
                    .addKeyValue("position", fact.getPosition())
                    .addKeyValue("eventTime", fact.getEventTime())
                    .addKeyValue("lowWatermark", clock.time())
                    .addKeyValue("historyFrom", clock.historyHorizon())
                    .log(
                            "A fact lies further back than the history reaches, so it was not evaluated: it is in the quarantine"
                                    + " with reason late, as the next ones will be. The history reaches back the largest window of the"
                                    + " policy and 'lateness': a larger lateness (ROLECALL_LATENESS, at most 365d) takes what comes"
                                    + " from then on, for that many more days of facts on disk and in the changelog of the store"
                                    + " history; 'rolecall scan' evaluates files of any age");
        }
    }

    /** Says how many more there are, if a minute has passed. */
    public void tell(long nowMillis) {
        long before = toldAtMillis.get();
        if (refused.get() > told.get()
                && nowMillis - before >= EVERY_MILLIS
                && toldAtMillis.compareAndSet(before, nowMillis)) {
            tellRest();
        }
    }

    /** Says how many more there are. */
    public void tellRest() {
        long now = refused.get();
        long more = now - told.getAndSet(now);
        if (more > 0) {
            LOG.atWarn()
                    .addKeyValue("more", more)
                    .addKeyValue("sinceStart", now)
                    .log(
                            "Facts that lie further back than the history reaches went to the quarantine with reason late");
        }
    }
}
