package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.event.Subject;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.ApplicationLookup;
import io.rolecall.state.EntryStore;
import io.rolecall.state.Names;
import io.rolecall.state.SubjectStores;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the histories of a running service, without touching them. */
public final class LiveHistories {

    private final KafkaStreams streams;
    private final DetectorTopology topology;
    private final DetectorConfig config;
    private final Policy policy;

    /**
     * Of a service.
     *
     * @param streams the running application
     * @param topology the topology it runs
     */
    public LiveHistories(KafkaStreams streams, DetectorTopology topology, DetectorConfig config, Policy policy) {
        this.streams = streams;
        this.topology = topology;
        this.config = config;
        this.policy = policy;
    }

    /**
     * Which instance follows an application; the same for all its tenants.
     *
     * @param appId App ID, lower case
     * @return empty while the tasks are being assigned
     */
    public Optional<HostInfo> instanceOf(String appId) {
        return metadata(appId).map(KeyQueryMetadata::activeHost);
    }

    /**
     * The applications that are meant, of those that this instance follows: of an App ID one a tenant, else those of an object id, a
     * service principal id or a name, for which the profiles of all tasks here are read.
     *
     * @param application id or whole name, in any case
     * @throws InvalidStateStoreException while the stores cannot be read, for example during a rebalance
     */
    public List<ExplainedSubject> applications(String application) {
        String id = application.toLowerCase(Locale.ROOT);
        Set<Integer> here = partitionsHere();
        List<ExplainedSubject> found = metadata(id)
                .map(KeyQueryMetadata::partition)
                .filter(here::contains)
                .map(this::stores)
                .map(stores -> explained(stores, stores.lookup().byAppId(id)))
                .orElse(List.of());
        if (!found.isEmpty()) {
            return found;
        }
        return here.stream()
                .map(this::stores)
                .flatMap(stores -> explained(stores, stores.lookup().byIdOrName(application)).stream())
                .limit(ApplicationLookup.MOST_FOUND)
                .toList();
    }

    /** The instances of the service but one. */
    public List<HostInfo> instancesBeside(HostInfo self) {
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(instance -> !instance.equals(self))
                .distinct()
                .sorted(Comparator.comparing(HostInfo::toString))
                .toList();
    }

    private List<ExplainedSubject> explained(SubjectStores stores, List<Subject> subjects) {
        return subjects.stream()
                .flatMap(subject -> stores.view(subject).stream())
                .map(history -> new ExplainedSubject(
                        history.subject(), history, policy, topology.networks().table(), config.borrowWithin()))
                .toList();
    }

    private SubjectStores stores(int partition) {
        return new SubjectStores(store(Names.HISTORY, partition), store(Names.PROFILES, partition));
    }

    /** Partitions of the facts that tasks of this instance process. */
    private Set<Integer> partitionsHere() {
        String facts = config.topics().appEvents();
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(facts))
                .map(TopicPartition::partition)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The alerts raised on an application, of any status.
     *
     * @throws InvalidStateStoreException as {@link #applications}
     */
    public List<Alert> alerts(ExplainedSubject application) {
        EntryStore alerts = new EntryStore(
                store(Names.ALERTS, partition(application.subject().key())));
        return AlertBook.of(alerts, application.subject()).values().stream()
                .map(AlertState::getLatest)
                .toList();
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
    }

    private int partition(String key) {
        return metadata(key)
                .orElseThrow(() -> new InvalidStateStoreException("The tasks are being assigned"))
                .partition();
    }

    private Optional<KeyQueryMetadata> metadata(String appId) {
        return Optional.ofNullable(streams.queryMetadataForKey(
                        Names.PROFILES, appId, Serdes.String().serializer()))
                .filter(metadata -> !metadata.equals(KeyQueryMetadata.NOT_AVAILABLE));
    }
}
