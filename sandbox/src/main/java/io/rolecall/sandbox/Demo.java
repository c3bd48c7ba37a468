package io.rolecall.sandbox;

import io.rolecall.config.Configuration;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import io.rolecall.service.DetectorService;
import io.rolecall.service.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;

/**
 * The product as it runs in production, on a broker of its own and over the bundled story: broker, topics, service, producers of raw
 * logs, and readers of the incidents and the alerts. What comes is compared with what the story says must come.
 */
final class Demo {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_DAY = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** Whatever is to be resolved, revised or published is, when nothing has come for so long; the service looks once a second. */
    private static final Duration SETTLED = DemoConfiguration.SETTLE_UNCONFIRMED.plusMillis(1_500);

    private static final long MILLIS_BETWEEN_LOOKS = 100;
    private static final long FEW_RECORDS = 40;
    private static final double MILLIS_A_SECOND = 1e3;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private final DemoSettings settings;
    private final DemoScreen screen;
    private final TerminalStyle style;
    private final DemoText text;
    private final Clock clock;
    private final Story story;
    private final long started = System.nanoTime();

    /** A demo; it can be run once. */
    Demo(DemoSettings settings, DemoScreen screen, TerminalStyle style, Clock clock) {
        this.settings = settings;
        this.screen = screen;
        this.style = style;
        this.text = new DemoText(style);
        this.clock = clock;
        this.story = Story.generate(settings.story());
    }

    /**
     * Runs it. Everything it opens is closed when it returns.
     *
     * @return the alerts and incidents, and how they compare with the story's truth
     * @throws IOException when there is no room for the broker or no port
     * @throws InterruptedException when it is to end before
     */
    DemoResult run() throws IOException, InterruptedException {
        text.welcome(settings).forEach(screen::tell);
        try (Opened opened = new Opened()) {
            opened.add(new QuietLogs());
            Path directory = opened.add(temporaryDirectory()).path();
            EmbeddedKafka.Running broker = startBroker(directory, opened);
            Configuration configuration = DemoConfiguration.of(broker.bootstrapServers(), directory.resolve("state"));
            DemoPlatform platform = new DemoPlatform(configuration);
            prepare(platform);
            DetectorService service = startService(configuration, opened);
            text.diagram(settings.verbose()).forEach(screen::tell);

            WatchedTopics watched =
                    new WatchedTopics(opened.add(watchAlerts(platform)), opened.add(watchIncidents(platform)));
            Backlog backlog = opened.add(platform.backlog());
            long records = feed(platform, backlog, opened);
            settle(watched, backlog);
            screen.endProgress();
            DemoResult result = watched.result(story);
            report(result, watched, records);
            if (settings.keepRunning()) {
                screen.show(text.running(broker.bootstrapServers(), service.httpPort()));
                service.awaitEnd();
            }
            return result;
        } finally {
            screen.endProgress();
        }
    }

    private EmbeddedKafka.Running startBroker(Path directory, Opened opened) throws IOException {
        EmbeddedKafka.Running broker = opened.add(new InJvmKafka().start(directory.resolve("broker")));
        step("broker", broker.bootstrapServers() + ", in this process");
        return broker;
    }

    private void prepare(DemoPlatform platform) {
        int topics = platform.createTopics();
        int networks = platform.publishNetworks(story);
        step("topics", topics + " created, " + networks + " networks of the organisation published");
    }

    private DetectorService startService(Configuration configuration, Opened opened)
            throws IOException, InterruptedException {
        Catalogue catalogue = Catalogue.shipped();
        DetectorService service = opened.add(
                DetectorService.start(configuration, catalogue, PolicyFile.defaults(catalogue.parameters()), clock));
        if (!service.awaitRunning(LONGEST_START)) {
            throw new IOException("the service was not running within " + LONGEST_START.toSeconds() + " s");
        }
        step("detector", "running, exactly-once, http://" + BrokerListeners.LOOPBACK + ":" + service.httpPort());
        return service;
    }

    private TopicWatch<Alert> watchAlerts(DemoPlatform platform) {
        AlertLines lines = new AlertLines(style);
        return platform.alerts((alert, before) -> {
            if (settings.verbose()) {
                screen.show(lines.of(alert, before));
            }
        });
    }

    private TopicWatch<Incident> watchIncidents(DemoPlatform platform) {
        IncidentLines lines = new IncidentLines(style);
        Predicate<Incident> ofAttack = IncidentsVerdict.tellsOfAnAttack(story.truth());
        return platform.incidents((incident, before) -> {
            if (settings.verbose() || ofAttack.test(incident)) {
                screen.show(lines.of(incident, before));
            }
        });
    }

    private long feed(DemoPlatform platform, Backlog backlog, Opened opened) throws InterruptedException {
        Producer<byte[], byte[]> producer = opened.add(platform.logProducer());
        long records =
                new StoryFeed(story, settings, platform.topics(), producer).run((day, fed) -> day(day, fed, backlog));
        screen.progress(style.in("dim", "  the story is over, waiting for the last revisions"));
        return records;
    }

    /** A day begins when the service has read most of the one before: on a slow machine all would settle too early by the clock. */
    private void day(LocalDate day, long records, Backlog backlog) throws InterruptedException {
        long ended = System.nanoTime();
        while (backlog.records() > FEW_RECORDS && since(ended).compareTo(LONGEST_DAY) < 0) {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
        screen.progress(style.in("dim", "  " + DAY.format(day) + " of the story, " + records + " records fed"));
    }

    /** Waits until the service has read everything and nothing more comes of it. */
    private void settle(WatchedTopics watched, Backlog backlog) throws InterruptedException {
        long fed = System.nanoTime();
        long busy = fed;
        while (since(busy).compareTo(SETTLED) < 0 && since(fed).compareTo(LONGEST_WAIT) < 0) {
            watched.check();
            if (backlog.records() > 0 || watched.quiet().compareTo(since(busy)) < 0) {
                busy = System.nanoTime();
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void report(DemoResult result, WatchedTopics watched, long records) {
        VerdictView view = new VerdictView(style, story.truth(), result.attacks());
        result.worst().ifPresent(published -> {
            Incident worst = watched.atLast(published);
            screen.show(new TimelineView(style, worst, watched.publications(worst)).lines());
            screen.show(new FirstSteps(style).of(worst));
        });
        screen.show(view.attacks());
        screen.show(view.nearMisses());
        screen.show(view.verdict(result.verdict()));
        screen.show(style.indented(
                "  ",
                VerdictView.counts(
                                records,
                                watched.alerts().history(),
                                watched.incidents().history()) + " in "
                        + since(started).toSeconds() + " s.",
                ""));
        result.worst().ifPresent(worst -> screen.show(text.next(worst)));
    }

    private void step(String what, String how) {
        double seconds = since(started).toMillis() / MILLIS_A_SECOND;
        screen.tell(String.format(Locale.ROOT, "  %-10s%s ", what, how)
                + style.in("dim", String.format(Locale.ROOT, "(%.1f s)", seconds)));
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private TempDirectory temporaryDirectory() throws IOException {
        String prefix = "rolecall-demo-";
        return settings.directory().isPresent()
                ? TempDirectory.create(settings.directory().get(), prefix)
                : TempDirectory.create(prefix);
    }
}
