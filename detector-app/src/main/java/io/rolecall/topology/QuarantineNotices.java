package io.rolecall.topology;

import io.rolecall.source.split.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says in the log what goes into the quarantine, and nothing of its content: the first of each reason and stage at once, with its
 * position and what to do about it, the others as a number once a minute. A backlog can hold millions. An error of ours is said with
 * its frames, once for every place where one strikes. Safe for use by several threads.
 */
final class QuarantineNotices {

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineNotices.class);

    private static final long EVERY_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Places of errors that are told apart; further ones are counted only. */
    private static final int MOST_PLACES = 100;

    /** Why and where an element left the stream. */
    private record Way(Reason reason, String stage) {}

    private static final class Tally {
        private long all;
        private long untold;
    }

    private final boolean live;
    private final Map<Way, Tally> tallies =
            new TreeMap<>(Comparator.comparing(Way::reason).thenComparing(Way::stage));
    private final Set<String> places = new HashSet<>();
    private boolean waiting;
    private long toldAtMillis;

    private QuarantineNotices(boolean live) {
        this.live = live;
    }

    /** Of the service, whose quarantine nobody may be looking at. */
    static QuarantineNotices ofService() {
        return new QuarantineNotices(true);
    }

    /** Of a run over files, which lists every rejected element itself: only the frames of errors of ours are said. */
    static QuarantineNotices ofFiles() {
        return new QuarantineNotices(false);
    }

    /** One more element. */
    synchronized void add(Routed.Quarantine element, long nowMillis) {
        boolean newPlace = isNewPlace(element);
        if (!live && !newPlace) {
            return;
        }
        Tally tally =
                tallies.computeIfAbsent(new Way(element.rejected().reason(), element.stage()), way -> new Tally());
        tally.all++;
        if (tally.all == 1 || newPlace) {
            tellOne(element, newPlace);
        } else {
            tally.untold++;
        }
        if (!waiting) {
            waiting = true;
            toldAtMillis = nowMillis;
        }
    }

    /** Says how many more there are, if a minute has passed. */
    synchronized void tell(long nowMillis) {
        if (waiting && nowMillis - toldAtMillis >= EVERY_MILLIS) {
            tellRest();
            toldAtMillis = nowMillis;
        }
    }

    /** Says how many more there are. */
    synchronized void tellRest() {
        tallies.forEach(QuarantineNotices::tellMore);
    }

    private boolean isNewPlace(Routed.Quarantine element) {
        RuntimeException error = element.error();
        return error != null && places.size() < MOST_PLACES && places.add(element.stage() + " " + place(error));
    }

    /** Where in this program an error struck, without what it says. */
    private static String place(RuntimeException error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.rolecall."))
                .findFirst()
                .map(frame -> error.getClass().getName() + " " + frame)
                .orElseGet(() -> error.getClass().getName());
    }

    private static void tellOne(Routed.Quarantine element, boolean withFrames) {
        Reason reason = element.rejected().reason();
        LoggingEventBuilder line = at(reason, element.stage())
                .addKeyValue("position", element.rejected().position());
        if (isOurs(reason, element.stage())) {
            line = line.addKeyValue("why", element.rejected().message());
        }
        RuntimeException error = withFrames ? element.error() : null;
        if (error != null) {
            line = line.setCause(StackOnly.of(error));
        }
        line.log("An element went to the quarantine, as more like it will, which are counted here once a minute. "
                + QuarantineRemedies.of(reason, element.stage()));
    }

    private static void tellMore(Way way, Tally tally) {
        if (tally.untold > 0) {
            at(way.reason(), way.stage())
                    .addKeyValue("more", tally.untold)
                    .addKeyValue("sinceStart", tally.all)
                    .log("More elements went to the quarantine");
            tally.untold = 0;
        }
    }

    private static LoggingEventBuilder at(Reason reason, String stage) {
        boolean error = reason == Reason.PROCESSING_ERROR || stage.equals(QuarantineRemedies.NETWORKS);
        return LOG.atLevel(error ? Level.ERROR : Level.WARN)
                .addKeyValue("reason", reason.label())
                .addKeyValue("stage", stage);
    }

    /** Whether a message can be told: it quotes no event, only times, or an entry of the operator's own table. */
    private static boolean isOurs(Reason reason, String stage) {
        return reason == Reason.LATE || reason == Reason.FUTURE || stage.equals(QuarantineRemedies.NETWORKS);
    }
}
