package io.rolecall.topology;

import io.rolecall.alert.OcsfFinding;
import io.rolecall.config.DetectorConfig;
import io.rolecall.config.Topics;
import io.rolecall.detection.Catalogue;
import io.rolecall.event.SubjectKind;
import io.rolecall.incident.OcsfIncident;
import io.rolecall.incident.PublicationRules;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.SourceProgress;
import io.rolecall.schema.state.AddressRequest;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.SightingBatch;
import io.rolecall.schema.state.Supersession;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.MemoryNeeds;
import io.rolecall.state.Names;
import io.rolecall.state.Retention;
import io.rolecall.state.SharedRocksDbMemory;
import io.rolecall.state.StoredHistory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The map of the product: raw logs are decoded in one step; facts go to the history of their subject, directly or through the
 * identity step; addresses that acts lack are resolved from sightings of their actors; detections run where a
 * subject's history lies.
 */
public final class DetectorTopology {

    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<AppEvent> EVENT = AvroSerde.of(AppEvent.class);
    private static final Serde<SpecificRecord> ACTOR_MESSAGE =
            AvroSerde.ofUnion(List.of(AddressRequest.class, SightingBatch.class, SourceProgress.class));

    private static final Serde<SpecificRecord> INCIDENT_MESSAGE =
            AvroSerde.ofUnion(List.of(AlertExtract.class, Supersession.class));

    private final DetectorConfig config;
    private final Policy policy;
    private final String origin;
    private final TopicSerdes serdes;
    private final DetectorObserver observer;
    private final Catalogue catalogue;
    private final Optional<LocalRun> local;
    private final Questions questions;
    private final FactReaders readers;
    private final Watermarks watermarks;
    private final NetworkTable networks = new NetworkTable();
    private final QuarantineNotices notices;

    /**
     * Prepares a topology; it keeps the address table of one running application, so build one for each.
     *
     * @param config settings
     * @param catalogue the detections
     * @param policy effective policy
     * @param origin {@code live}, {@code replay} or {@code scan}, written on every alert
     * @param serdes of the public topics
     * @param observer told what happens
     * @param sources the topics of raw logs as the brokers have them
     */
    public DetectorTopology(
            DetectorConfig config,
            Catalogue catalogue,
            Policy policy,
            String origin,
            TopicSerdes serdes,
            DetectorObserver observer,
            Sources sources) {
        this(config, catalogue, policy, origin, serdes, observer, sources, Set.of(), Optional.empty());
    }

    private DetectorTopology(
            DetectorConfig config,
            Catalogue catalogue,
            Policy policy,
            String origin,
            TopicSerdes serdes,
            DetectorObserver observer,
            Sources sources,
            Set<SubjectKind> keptInFull,
            Optional<LocalRun> local) {
        this.questions = new Questions(catalogue, policy);
        this.readers = FactReaders.of(
                catalogue,
                questions.asked(),
                keptInFull,
                policy.applications().banned(),
                new PeopleFacts(catalogue, policy));
        this.serdes = serdes;
        this.observer = observer;
        this.catalogue = catalogue;
        this.config = config;
        this.policy = policy;
        this.origin = origin;
        this.local = local;
        this.watermarks = new Watermarks(config, sources);
        this.notices = local.isEmpty() ? QuarantineNotices.ofService() : QuarantineNotices.ofFiles();
    }

    /**
     * The same topology for a run whose state ends with it, and so needs no changelogs.
     *
     * @param keptInFull kinds of subjects of which all facts are kept, read by a detection or not
     */
    public static DetectorTopology ofOneRun(
            DetectorConfig config,
            Catalogue catalogue,
            Policy policy,
            String origin,
            Set<SubjectKind> keptInFull,
            LocalRun local) {
        return new DetectorTopology(
                config,
                catalogue,
                policy,
                origin,
                TopicSerdes.plain(),
                DetectorObserver.NONE,
                local.sources(),
                keptInFull,
                Optional.of(local));
    }

    /** Properties of Kafka Streams that belong to the topology: how its state lies in memory, and what its consumer leaves out. */
    public static Map<String, Object> properties(
            DetectorConfig config, Catalogue catalogue, StreamConsumers consumers) {
        return Map.of(
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                SharedRocksDbMemory.class,
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                EarlySkipInterceptor.class.getName(),
                StreamsConfig.mainConsumerPrefix(EarlySkipInterceptor.TOPICS),
                String.join(",", config.topics().rawLogs()),
                StreamsConfig.mainConsumerPrefix(EarlySkipInterceptor.NEEDED),
                NeededOperations.of(catalogue.operations()),
                StreamsConfig.mainConsumerPrefix(StreamConsumers.PROPERTY),
                consumers);
    }

    /**
     * Builds it.
     *
     * @param properties Kafka Streams properties; explicit names of internal topics are enforced through them
     */
    public Topology build(StreamsConfig properties) {
        Topics topics = config.topics();
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(properties));
        StateStores stores = new StateStores(builder, local);
        stores.addNetworks(topics.networks(), () -> new NetworksProcessor(networks, serdes, observer, notices));

        Routes decoded = Routes.promptly(
                "decoded",
                builder.stream(topics.rawLogs(), Consumed.with(BYTES, BYTES).withName("raw-logs"))
                        .process(this::decode, Named.as("decode"), Names.DECODE_COUNTS));

        Routes imported = Routes.of(
                "imported",
                builder.stream(topics.inventory(), Consumed.with(BYTES, BYTES).withName("inventory"))
                        .process(this::readImport, Named.as("read-import"), Names.DECODE_COUNTS));

        Routes identified = Routes.promptly(
                "identified",
                decoded.identities()
                        .merge(imported.identities(), Named.as("all-identities"))
                        .repartition(Repartitioned.with(TEXT, EVENT)
                                .withName(Names.IDENTITY_REPARTITION)
                                .withStreamPartitioner(ProgressRecords.ofFacts()))
                        .process(this::identify, Named.as("identify"), Names.IDENTITY));

        Routes resolved = Routes.promptly(
                "resolved",
                decoded.actorMessages()
                        .repartition(Repartitioned.with(TEXT, ACTOR_MESSAGE)
                                .withName(Names.ACTOR_REPARTITION)
                                .withStreamPartitioner(ProgressRecords.ofActors()))
                        .process(this::resolveAddresses, Named.as("resolve-addresses"), Names.ACTORS));

        Routes read = Routes.of(
                "read",
                builder.stream(topics.appEvents(), Consumed.with(TEXT, BYTES).withName("app-events"))
                        .process(this::readFact, Named.as("read"), Names.HISTORY_COUNTS));

        Routes correlated = Routes.promptly(
                "correlated",
                read.facts().process(this::correlate, Named.as("correlate"), StateStores.ofCorrelation()));

        for (Routes routes : List.of(decoded, imported, identified, resolved, correlated)) {
            routes.facts()
                    .to(
                            topics.appEvents(),
                            Produced.with(TEXT, serdes.events())
                                    .withName(routes.name() + "-facts-sink")
                                    .withStreamPartitioner(ProgressRecords.ofFacts()));
        }
        for (Routes routes : List.of(decoded, imported, identified, resolved, read, correlated)) {
            routes.quarantined(notices)
                    .to(topics.quarantine(), Produced.with(TEXT, BYTES).withName(routes.name() + "-quarantine-sink"));
        }
        KStream<String, Routed.Raised> raised = correlated.raised();
        raised.mapValues(Routed.Raised::alert, Named.as("correlated-alerts-value"))
                .to(topics.alerts(), Produced.with(TEXT, serdes.alerts()).withName("alerts-sink"));
        raised.flatMapValues(DetectorTopology::report, Named.as("ocsf"))
                .to(topics.alertsOcsf(), Produced.with(TEXT, TEXT).withName("alerts-ocsf-sink"));
        if (local.isEmpty()) {
            incidents(correlated);
        }
        return builder.build();
    }

    /** What people are paged by. A run over files ends, and makes its incidents of what is left then. */
    private void incidents(Routes correlated) {
        Topics topics = config.topics();
        Routes incidents = Routes.promptly(
                "incidents",
                correlated
                        .extracts()
                        .repartition(Repartitioned.with(TEXT, INCIDENT_MESSAGE).withName(Names.INCIDENT_REPARTITION))
                        .process(this::followIncidents, Named.as("follow-incidents"), StateStores.ofIncidents()));
        KStream<String, Incident> published = incidents.incidents();
        published.to(topics.incidents(), Produced.with(TEXT, serdes.incidents()).withName("incidents-sink"));
        published
                .mapValues(
                        incident -> OcsfIncident.of(incident, incident.getRevision() == 1)
                                .toString(),
                        Named.as("incidents-ocsf"))
                .to(topics.incidentsOcsf(), Produced.with(TEXT, TEXT).withName("incidents-ocsf-sink"));
        // Back to where it came from, for the group of the application that an unresolved one turned out to be.
        OwnTopic messages = new OwnTopic(Names.repartitionTopic(config.applicationId(), Names.INCIDENT_REPARTITION));
        incidents
                .supersessions()
                .to(messages, Produced.with(TEXT, INCIDENT_MESSAGE).withName("supersessions-sink"));
    }

    /** What the readers of the OCSF topic get of a revision, if anything. */
    private static List<String> report(Routed.Raised revision) {
        return revision.report() == Routed.Report.NONE
                ? List.of()
                : List.of(OcsfFinding.of(revision.alert(), revision.report() == Routed.Report.FIRST)
                        .toString());
    }

    /** Names of the internal topics on which facts wait on their way to the history. */
    public static List<String> betweenSteps(DetectorConfig config) {
        return Stream.of(Names.IDENTITY_REPARTITION, Names.ACTOR_REPARTITION)
                .map(name -> Names.repartitionTopic(config.applicationId(), name))
                .toList();
    }

    /** A decoder as the decode step has one, for who decodes ahead of it. */
    public LogDecoder decoder() {
        DecodeSettings defaults = DecodeSettings.DEFAULT;
        DecodeSettings settings = new DecodeSettings(
                config.tenantId(), config.maxFuture(), defaults.maxDepth(), defaults.maxElementBytes(), false);
        return new LogDecoder(settings, NeededOperations.of(catalogue.operations()));
    }

    private DecodeProcessor decode() {
        AddressRequests asking = new AddressRequests(policy.permissionSets());
        return new DecodeProcessor(decoder(), readers, asking, questions, observer, watermarks, local);
    }

    private IdentityProcessor identify() {
        return new IdentityProcessor(config.resolveWithin(), watermarks);
    }

    private ActorProcessor resolveAddresses() {
        return new ActorProcessor(config.borrowWithin(), Retention.of(config, catalogue, policy), watermarks);
    }

    private CorrelateProcessor correlate() {
        Evaluator.Rules rules = new Evaluator.Rules(config, policy, networks, origin, catalogue);
        return new CorrelateProcessor(
                rules, readers, Retention.of(config, catalogue, policy), watermarks, observer, notices);
    }

    private IncidentProcessor followIncidents() {
        return new IncidentProcessor(PublicationRules.of(config));
    }

    private ImportProcessor readImport() {
        return new ImportProcessor(serdes);
    }

    private FactProcessor readFact() {
        return new FactProcessor(serdes, config.maxFuture());
    }

    /** Labels of the networks that are loaded, ordered; complete once the streams have started. */
    public Set<String> networkLabels() {
        return networks.labels();
    }

    /** What its detections have remembered for baselines. */
    public MemoryNeeds memoryNeeds() {
        return MemoryNeeds.of(catalogue, policy);
    }

    /** Whether any facts of such subjects are kept; of people and tenants only if a detection reads some. */
    public boolean keepsFactsOf(SubjectKind kind) {
        return readers.read(kind);
    }

    /** A history of this topology, ready to be explained. */
    public ExplainedSubject explained(StoredHistory history) {
        return new ExplainedSubject(
                history.subject(), history, catalogue, policy, networks.table(), config.borrowWithin());
    }

    public NetworkTable networks() {
        return networks;
    }
}
