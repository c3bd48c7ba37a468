package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
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
     * The histories of an application that this instance follows, one a tenant.
     *
     * @param appId App ID, lower case
     * @throws InvalidStateStoreException while the stores cannot be read, for example during a rebalance
     */
    public List<ExplainedApplication> applications(String appId) {
        SubjectStores stores = new SubjectStores(store(Names.HISTORY, appId), store(Names.PROFILES, appId));
        return stores.profiles().subjects().stream()
                .filter(subject -> subject.kind() == SubjectKind.APPLICATION
                        && subject.id().equals(appId))
                .flatMap(subject -> stores.view(subject).stream()
                        .map(history -> new ExplainedApplication(
                                subject, history, policy, topology.networks().table(), config.borrowWithin())))
                .toList();
    }

    /**
     * The alerts raised on an application, of any status.
     *
     * @throws InvalidStateStoreException as {@link #applications}
     */
    public List<Alert> alerts(ExplainedApplication application) {
        EntryStore alerts =
                new EntryStore(store(Names.ALERTS, application.subject().id()));
        return AlertBook.of(alerts, application.subject()).values().stream()
                .map(AlertState::getLatest)
                .toList();
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, String appId) {
        int partition = metadata(appId)
                .orElseThrow(() -> new InvalidStateStoreException("The tasks are being assigned"))
                .partition();
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
    }

    private Optional<KeyQueryMetadata> metadata(String appId) {
        return Optional.ofNullable(streams.queryMetadataForKey(
                        Names.PROFILES, appId, Serdes.String().serializer()))
                .filter(metadata -> !metadata.equals(KeyQueryMetadata.NOT_AVAILABLE));
    }
}
