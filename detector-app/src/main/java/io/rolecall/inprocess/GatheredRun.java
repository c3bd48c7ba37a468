package io.rolecall.inprocess;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.Policy;
import io.rolecall.replay.GatheredElement;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.KeyedEntry;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.EventDays;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Decides over gathered history: the topology of the service in this process, fed in the order of the events. It can be run again over
 * the same history with another policy, other networks, or without some of the facts.
 */
public final class GatheredRun {

    /** Elements fed at once: what repeats among them is sent on once. */
    private static final int BATCH = 256;

    /** Longer than a step waits until it tells how far it has read. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(11);

    /** Steps between a raw record and its history, each of which tells the next. */
    private static final int STEPS = 4;

    private final DetectorConfig config;
    private final Catalogue catalogue;
    private final Policy policy;
    private final List<OrgNetwork> networks;
    private final Clock clock;
    private Predicate<GatheredElement> taken = element -> true;
    private List<KeyedEntry<AppEvent>> more = List.of();
    private LongConsumer progress = fed -> {};

    /**
     * A run.
     *
     * @param config settings; without a bound on lateness, unless what expires is the question
     * @param catalogue the detections
     * @param policy effective policy
     * @param networks the organisation's networks
     * @param clock gives the reference time for what waits
     */
    public GatheredRun(
            DetectorConfig config, Catalogue catalogue, Policy policy, List<OrgNetwork> networks, Clock clock) {
        this.config = config;
        this.catalogue = catalogue;
        this.policy = policy;
        this.networks = List.copyOf(networks);
        this.clock = clock;
    }

    /** Takes only some of the elements. */
    public GatheredRun taking(Predicate<GatheredElement> some) {
        taken = some;
        return this;
    }

    /** Takes facts beside the gathered ones, each under the key of its subject. */
    public GatheredRun adding(List<KeyedEntry<AppEvent>> facts) {
        more = List.copyOf(facts);
        return this;
    }

    /** Tells now and then how many elements were fed. */
    public GatheredRun telling(LongConsumer fed) {
        progress = fed;
        return this;
    }

    /**
     * What was decided.
     *
     * @param alerts the last state of every alert, withdrawn ones included, ordered by first event time and id
     * @param summary what became of the elements that were fed
     * @param rejected elements on which processing failed
     * @param oldest time of the oldest element that was fed; {@link Instant#MAX} when none was
     * @param newest time of the newest element that was fed; {@link Instant#MIN} when none was
     */
    public record Decided(
            List<Alert> alerts, Summary summary, List<Rejected> rejected, Instant oldest, Instant newest) {}

    /**
     * Decides.
     *
     * @param scratch a directory for what does not fit into memory
     * @throws IOException when the gathered files cannot be read, or the scratch directory not written
     */
    public Decided over(GatheredHistory history, Path scratch) throws IOException {
        try (InProcessDetector detector = detector()) {
            List<Rejected> rejected = new ArrayList<>();
            Batch batch = feed(history, scratch, detector, rejected);
            List<Alert> alerts = detector.finish();
            rejected.addAll(detector.drainRejected());
            return new Decided(alerts, detector.summary(), List.copyOf(rejected), batch.oldest, batch.newest);
        }
    }

    /**
     * Feeds everything to a detector that stays open, for whoever asks it more than its alerts; the caller finishes and closes it.
     *
     * @param scratch a directory for what does not fit into memory
     * @throws IOException when the gathered files cannot be read, or the scratch directory not written
     */
    public InProcessDetector open(GatheredHistory history, Path scratch) throws IOException {
        InProcessDetector detector = detector();
        try {
            feed(history, scratch, detector, new ArrayList<>());
            return detector;
        } catch (IOException | RuntimeException e) {
            detector.close();
            throw e;
        }
    }

    private InProcessDetector detector() {
        return new InProcessDetector(config, catalogue, policy, networks, clock, Set.of(), "replay");
    }

    private Batch feed(GatheredHistory history, Path scratch, InProcessDetector detector, List<Rejected> rejected)
            throws IOException {
        for (GatheredHistory.Imported imported : history.imported()) {
            detector.feedImported(imported.fact(), Instant.ofEpochMilli(imported.millis()));
        }
        for (KeyedEntry<AppEvent> fact : more) {
            AppEvent event = fact.value();
            if (event != null) {
                detector.feedFact(fact.key(), event);
            }
        }
        Batch batch = new Batch(detector, rejected);
        history.elements(scratch, batch::take);
        batch.feed();
        return batch;
    }

    private final class Batch {

        private final InProcessDetector detector;
        private final List<Rejected> rejected;
        private final List<GatheredElement> elements = new ArrayList<>(BATCH);
        private long fed;
        private Instant oldest = Instant.MAX;
        private Instant newest = Instant.MIN;

        Batch(InProcessDetector detector, List<Rejected> rejected) {
            this.detector = detector;
            this.rejected = rejected;
        }

        void take(GatheredElement element) {
            if (taken.test(element)) {
                if (config.boundedLateness() && dayBegins(element.time())) {
                    // What has been read is told by wall clock, from step to step, and what is old then expires.
                    feed();
                    for (int step = 0; step < STEPS; step++) {
                        detector.pass(TOLD_WITHIN);
                    }
                }
                oldest = element.time().isBefore(oldest) ? element.time() : oldest;
                newest = EventDays.later(newest, element.time());
                elements.add(element);
                if (elements.size() == BATCH) {
                    feed();
                }
            }
        }

        private boolean dayBegins(Instant time) {
            return newest.isAfter(Instant.MIN)
                    && time.truncatedTo(ChronoUnit.DAYS).isAfter(newest.truncatedTo(ChronoUnit.DAYS));
        }

        void feed() {
            if (!elements.isEmpty()) {
                detector.feed(elements);
                rejected.addAll(detector.drainRejected());
                fed += elements.size();
                elements.clear();
                progress.accept(fed);
            }
        }
    }
}
