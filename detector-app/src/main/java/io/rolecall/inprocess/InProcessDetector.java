package io.rolecall.inprocess;

import io.rolecall.config.DetectorConfig;
import io.rolecall.config.DirectoryTree;
import io.rolecall.config.ProcessDirectory;
import io.rolecall.detection.Catalogue;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.replay.GatheredElement;
import io.rolecall.replay.KeptForms;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.DecodedElements;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.Counts;
import io.rolecall.state.Memories;
import io.rolecall.state.Names;
import io.rolecall.state.PendingWork;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.SubjectWalk;
import io.rolecall.topology.Asked;
import io.rolecall.topology.DetectorTopology;
import io.rolecall.topology.ExplainedSubject;
import io.rolecall.topology.QuarantineRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Drives the very topology of the service in this process, on a temporary directory and without a broker: what {@code scan},
 * {@code explain} and the scenario runner stand on. Not safe for use by several threads.
 */
public final class InProcessDetector implements AutoCloseable {

    private static final AvroSerde<Alert> ALERTS = AvroSerde.of(Alert.class);
    private static final AvroSerde<OrgNetwork> NETWORKS = AvroSerde.of(OrgNetwork.class);
    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.of(AppEvent.class);

    private static final byte[] NO_BYTES = new byte[0];

    private final DetectorConfig config;
    private final Path stateDirectory;
    private final RunOverFiles run;
    private final DetectorTopology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestInputTopic<String, OrgNetwork> networkTopic;
    private final TestInputTopic<String, AppEvent> inventory;
    private final TestInputTopic<String, AppEvent> facts;
    private final Clock clock;
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final List<Rejected> rejected = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param config settings
     * @param catalogue the detections
     * @param policy effective policy
     * @param networks networks known at start
     * @param clock gives the reference time for events in the future, and the first wall-clock time
     * @throws UncheckedIOException when no temporary directory can be made
     */
    public InProcessDetector(
            DetectorConfig config, Catalogue catalogue, Policy policy, List<OrgNetwork> networks, Clock clock) {
        this(config, catalogue, policy, networks, clock, Set.of());
    }

    /** @param keptInFull kinds of subjects of which all facts are kept, whether a detection reads them or not */
    public InProcessDetector(
            DetectorConfig config,
            Catalogue catalogue,
            Policy policy,
            List<OrgNetwork> networks,
            Clock clock,
            Set<SubjectKind> keptInFull) {
        this(config, catalogue, policy, networks, clock, keptInFull, "scan");
    }

    /** @param origin what the alerts tell of their origin: {@code scan} or {@code replay} */
    InProcessDetector(
            DetectorConfig config,
            Catalogue catalogue,
            Policy policy,
            List<OrgNetwork> networks,
            Clock clock,
            Set<SubjectKind> keptInFull,
            String origin) {
        this.config = config;
        this.clock = clock;
        this.stateDirectory = temporaryDirectory();
        this.run = new RunOverFiles(config);
        this.topology = DetectorTopology.ofOneRun(config, catalogue, policy, origin, keptInFull, run);
        Properties properties = InProcessProperties.of(config, stateDirectory);
        this.driver =
                new TopologyTestDriver(topology.build(new StreamsConfig(properties)), properties, clock.instant());
        this.raw = driver.createInputTopic(
                config.topics().entraAudit(), new ByteArraySerializer(), new ByteArraySerializer());
        this.networkTopic =
                driver.createInputTopic(config.topics().networks(), new StringSerializer(), NETWORKS.serializer());
        this.inventory =
                driver.createInputTopic(config.topics().inventory(), new StringSerializer(), EVENTS.serializer());
        this.facts = driver.createInputTopic(config.topics().appEvents(), new StringSerializer(), EVENTS.serializer());
        networks(networks);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** Adds networks, or gives known ones another end; effective for everything already read, too. */
    public void networks(List<OrgNetwork> more) {
        more.forEach(network -> networkTopic.pipeInput(PrefixAddressTable.key(network), network));
    }

    /** Takes an entry of the network topic out. */
    public void removeNetwork(OrgNetwork network) {
        networkTopic.pipeInput(new TestRecord<>(PrefixAddressTable.key(network), null));
    }

    /** Feeds one chunk of a file. */
    public void feed(Chunk chunk) {
        raw.pipeInput(new TestRecord<>(null, chunk.value(), ChunkHeaders.of(chunk), clock.instant()));
        drain();
    }

    /** Feeds gathered elements. */
    void feed(List<GatheredElement> elements) {
        DecodedElements decoded = new DecodedElements();
        long newest = clock.millis();
        for (GatheredElement element : elements) {
            decoded.decoded(KeptForms.events(element.events()));
            newest = Math.max(newest, element.millis());
        }
        feed(decoded, Instant.ofEpochMilli(newest));
    }

    /** Feeds elements that are decoded already, in one record of that time. */
    void feed(DecodedElements elements, Instant appended) {
        run.feeds(elements);
        raw.pipeInput(new TestRecord<>(null, NO_BYTES, new RecordHeaders(), appended));
        drain();
    }

    /** Takes chunks of files, and decodes the next of them while one is being decided on. To be closed before the detector is. */
    public FeedAhead ahead() {
        return new FeedAhead(this, topology.decoder(), clock);
    }

    /**
     * Feeds an imported fact.
     *
     * @param importedAt when it was imported
     */
    public void feedImported(AppEvent fact, Instant importedAt) {
        inventory.pipeInput(new TestRecord<>("", fact, new RecordHeaders(), importedAt));
        drain();
    }

    /** Feeds a fact under the key of its subject, behind decoding and everything that completes it. */
    void feedFact(String subject, AppEvent fact) {
        facts.pipeInput(new TestRecord<>(subject, fact, new RecordHeaders(), clock.instant()));
        drain();
    }

    /** Lets wall clock pass. */
    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        drain();
    }

    /** Elements rejected since the last call. */
    public List<Rejected> drainRejected() {
        List<Rejected> taken = List.copyOf(rejected);
        rejected.clear();
        return taken;
    }

    /**
     * Lets every timer run out.
     *
     * @return the last revision of every alert, withdrawn ones included, ordered by first event time and alert id
     */
    public List<Alert> finish() {
        Duration longest = Stream.of(config.resolveWithin(), config.revisionInterval(), config.evidenceInterval())
                .max(Duration::compareTo)
                .orElseThrow()
                .plusSeconds(10);
        boolean busy = true;
        while (busy) {
            driver.advanceWallClockTime(longest);
            boolean emitted = drain();
            busy = emitted || hasPendingWork();
        }
        return alerts.values().stream()
                .sorted(Comparator.comparing(Alert::getFirstEventTime).thenComparing(Alert::getAlertId))
                .toList();
    }

    /** What became of the elements so far. */
    public Summary summary() {
        Counts decode = new Counts(driver.getKeyValueStore(Names.DECODE_COUNTS));
        Counts history = new Counts(driver.getKeyValueStore(Names.HISTORY_COUNTS));
        long duplicate = history.get(Counts.DUPLICATE_ELEMENTS);
        String topic = config.topics().entraAudit();
        Map<String, Long> rejectedByReason = new TreeMap<>();
        decode.startingWith(Counts.QUARANTINED)
                .forEach((reason, count) -> rejectedByReason.put(reason.substring(0, reason.indexOf(' ')), count));
        return new Summary(
                decode.get(Counts.IN + topic),
                decode.get(Counts.FACTS + topic) + decode.get(Counts.SIGHTINGS + topic) - duplicate,
                duplicate,
                decode.get(Counts.SKIPPED + topic),
                rejectedByReason,
                decode.startingWith(Counts.SEEN));
    }

    /**
     * The histories that somebody asks about: of an App ID one a tenant, else those of applications by another id or a name; of a person by
     * any name, or of a tenant; none when nothing is known.
     */
    public List<ExplainedSubject> explained(Asked asked) {
        SubjectStores stores = stores();
        return stores.find(asked.kind(), asked.text()).stream()
                .flatMap(subject -> stores.view(subject).stream())
                .map(topology::explained)
                .toList();
    }

    /** What is known of the subject of an alert; empty when nothing is any more. */
    public Optional<ExplainedSubject> explained(Subject subject) {
        return stores().view(subject).map(topology::explained);
    }

    @Override
    public void close() {
        driver.close();
        try {
            DirectoryTree.delete(stateDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + stateDirectory + " cannot be deleted", e);
        }
    }

    public SubjectStores stores() {
        KeyValueStore<Bytes, byte[]> history = driver.getKeyValueStore(Names.HISTORY);
        KeyValueStore<Bytes, byte[]> profiles = driver.getKeyValueStore(Names.PROFILES);
        KeyValueStore<Bytes, byte[]> baselines = driver.getKeyValueStore(Names.BASELINES);
        KeyValueStore<Bytes, byte[]> counts = driver.getKeyValueStore(Names.USE_COUNTS);
        return new SubjectStores(history, profiles, new Memories(topology.memoryNeeds(), baselines, counts));
    }

    public TopologyTestDriver driver() {
        return driver;
    }

    private boolean hasPendingWork() {
        KeyValueStore<Bytes, byte[]> pending = driver.getKeyValueStore(Names.PENDING);
        return new PendingWork(pending).isWaiting() || new SubjectWalk(pending, stores().profiles()).isOn();
    }

    /** The driver keeps every record of every topic until it is read. */
    private boolean drain() {
        boolean any = false;
        for (String topic : driver.producedTopicNames()) {
            List<TestRecord<byte[], byte[]>> records = driver.createOutputTopic(
                            topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
            if (topic.equals(config.topics().alerts())) {
                records.forEach(record -> {
                    Alert alert = ALERTS.fromBytes(record.value());
                    alerts.put(alert.getAlertId(), alert);
                });
            } else if (topic.equals(config.topics().quarantine())) {
                StringDeserializer text = new StringDeserializer();
                records.forEach(record -> rejected.add(QuarantineRecords.read(
                        text.deserialize(topic, record.key()), record.value(), record.headers())));
            }
            any |= !records.isEmpty();
        }
        return any;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory(ProcessDirectory.path(), "rolecall-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be made", e);
        }
    }
}
