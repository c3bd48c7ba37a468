package io.rolecall.topology;

import io.rolecall.config.DetectorConfig;
import io.rolecall.event.Actors;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.Alert;
import io.rolecall.schema.state.AlertState;
import io.rolecall.state.ApplicationLookup;
import io.rolecall.state.EntryStore;
import io.rolecall.state.Memories;
import io.rolecall.state.Names;
import io.rolecall.state.SubjectStores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    /**
     * Of a service.
     *
     * @param streams the running application
     * @param topology the topology it runs
     */
    public LiveHistories(KafkaStreams streams, DetectorTopology topology, DetectorConfig config) {
        this.streams = streams;
        this.topology = topology;
        this.config = config;
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
     * What is asked about, of those that this instance follows: of an App ID one a tenant, else the applications of an object id, a
     * service principal id or a name, for which all tasks here are asked; people and tenants by their keys.
     *
     * @throws InvalidStateStoreException while the stores cannot be read, for example during a rebalance
     */
    public List<ExplainedSubject> explained(Asked asked) {
        Set<Integer> here = partitionsHere();
        if (asked.kind() == SubjectKind.APPLICATION) {
            List<ExplainedSubject> byAppId = metadata(asked.id())
                    .map(KeyQueryMetadata::partition)
                    .filter(here::contains)
                    .map(this::stores)
                    .map(stores -> views(stores, stores.lookup().byAppId(asked.id())))
                    .orElse(List.of());
            if (!byAppId.isEmpty()) {
                return byAppId;
            }
        }
        Asked best = best(asked);
        return here.stream()
                .map(this::stores)
                .flatMap(stores -> views(stores, stores.find(best.kind(), best.text())).stream())
                .limit(ApplicationLookup.MOST_FOUND)
                .toList();
    }

    /**
     * Some of the applications and tenants that this instance follows.
     *
     * @param found what is known of them
     * @param next asks for those after them; empty after the last ones
     */
    public record Slice(List<ExplainedSubject> found, Optional<String> next) {}

    /**
     * The applications and tenants that this instance follows, in slices, by partition and key.
     *
     * @param after what the slice before gave; empty for the first one
     * @param most subjects of a slice, at least 1
     * @throws IllegalArgumentException when no slice gave that
     * @throws InvalidStateStoreException as {@link #explained}
     */
    public Slice slice(String after, int most) {
        Optional<SlicePlace> from = after.isEmpty() ? Optional.empty() : Optional.of(SlicePlace.of(after));
        List<ExplainedSubject> found = new ArrayList<>();
        int read = 0;
        for (int partition : partitionsHere()) {
            for (SubjectKind kind : SlicePlace.KINDS) {
                if (from.filter(place -> place.isBehind(partition, kind)).isPresent()) {
                    continue;
                }
                SubjectStores stores = stores(partition);
                Subject last = from.filter(place -> place.isIn(partition, kind))
                        .map(SlicePlace::last)
                        .orElse(null);
                List<Subject> slice = stores.slice(kind, last, most - read);
                found.addAll(views(stores, slice));
                read += slice.size();
                if (read >= most) {
                    return new Slice(
                            current(found), Optional.of(new SlicePlace(partition, slice.get(slice.size() - 1)).text()));
                }
            }
        }
        return new Slice(current(found), Optional.empty());
    }

    /** Without the unresolved ones that have turned out to be others. */
    private static List<ExplainedSubject> current(List<ExplainedSubject> found) {
        return found.stream()
                .filter(one -> one.history().profile().getMovedTo().isEmpty())
                .toList();
    }

    /**
     * The best name of a person that the tasks of this instance know of, which another instance may know better; of anything else what was
     * asked.
     */
    public Asked best(Asked asked) {
        if (asked.kind() != SubjectKind.ACTOR) {
            return asked;
        }
        Set<Integer> here = partitionsHere();
        String name = asked.id();
        for (Optional<String> better = Optional.of(name); better.isPresent(); better = better(here, name)) {
            name = better.orElseThrow();
        }
        return new Asked(asked.kind(), name);
    }

    private Optional<String> better(Set<Integer> here, String name) {
        return here.stream()
                .flatMap(partition -> stores(partition).named().named(SubjectKind.ACTOR, name).stream())
                .map(Subject::id)
                .filter(found -> Actors.bestName().compare(found, name) < 0)
                .min(Actors.bestName());
    }

    /** Whether facts of such subjects are kept at all. */
    public boolean keepsFactsOf(SubjectKind kind) {
        return topology.keepsFactsOf(kind);
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

    private List<ExplainedSubject> views(SubjectStores stores, List<Subject> subjects) {
        return subjects.stream()
                .flatMap(subject -> stores.view(subject).stream())
                .map(topology::explained)
                .toList();
    }

    private SubjectStores stores(int partition) {
        Memories memories = new Memories(
                topology.memoryNeeds(), store(Names.BASELINES, partition), store(Names.USE_COUNTS, partition));
        return new SubjectStores(store(Names.HISTORY, partition), store(Names.PROFILES, partition), memories);
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
     * The alerts raised on a subject, of any status.
     *
     * @throws InvalidStateStoreException as {@link #explained}
     */
    public List<Alert> alerts(ExplainedSubject explained) {
        EntryStore alerts =
                new EntryStore(store(Names.ALERTS, partition(explained.subject().key())));
        return AlertBook.of(alerts, explained.subject()).values().stream()
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
