package io.rolecall.state;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.AppEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads what a detector holds in its stores, entry by entry. */
public final class StoredBytes {

    private static final List<String> STORES = List.of(
            Names.PROFILES,
            Names.HISTORY,
            Names.BASELINES,
            Names.USE_COUNTS,
            Names.IDENTITY,
            Names.ACTORS,
            Names.ALERTS,
            Names.PENDING);

    private static final Set<String> BY_SUBJECT = Set.of(Names.PROFILES, Names.HISTORY);
    private static final List<String> MEMORY = List.of(Names.BASELINES, Names.USE_COUNTS);

    private StoredBytes() {}

    /**
     * Entries of a store.
     *
     * @param count how many
     * @param bytes of their keys and values
     */
    public record Size(long count, long bytes) {

        Size plus(long more) {
            return new Size(count + 1, bytes + more);
        }
    }

    /** Sizes by store; of histories and profiles also by the kind of subject, and of histories by the kind of entry. */
    public static Map<String, Size> of(InProcessDetector detector) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (String name : STORES) {
            Map<String, Size> kinds = new TreeMap<>();
            forEach(detector, name, (key, value) -> {
                kinds.merge(name, new Size(1, key.length + value.length), (known, one) -> known.plus(one.bytes()));
                if (BY_SUBJECT.contains(name) && key[0] != StoreKeys.OF_THE_STORE) {
                    String kind = "  " + name + " of " + kind(key[0]);
                    String entry =
                            name.equals(Names.HISTORY) ? " '" + (char) key[StoreKeys.subjectLength(key)] + "'" : "";
                    for (String part : new TreeSet<>(List.of(kind, kind + entry))) {
                        kinds.merge(
                                part, new Size(1, key.length + value.length), (known, one) -> known.plus(one.bytes()));
                    }
                }
            });
            kinds.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparing((String kind) -> !kind.equals(name))
                            .thenComparing(kind -> kind)))
                    .forEach(kind -> sizes.put(kind.getKey(), kind.getValue()));
        }
        return sizes;
    }

    /** Sizes by store of what is remembered for baselines of one application. */
    public static Map<String, Size> ofMemory(
            Detection detection, String tenantId, String appId, List<AppEvent> events) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        Catalogue shipped = Catalogue.shipped();
        Catalogue catalogue = Catalogue.of(
                List.of(detection), id -> shipped.page(shipped.all().get(0)));
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(),
                Clock.systemUTC())) {
            KeyValueStore<Bytes, byte[]> pending = detector.driver().getKeyValueStore(Names.PENDING);
            TaskClock clock = new TaskClock(
                    new LowWatermark(new EntryStore(pending), List::of, DetectorConfig.DEFAULT.holdAtMost()),
                    new Retention(false, Duration.ZERO, Duration.ZERO, Duration.ZERO));
            Subject subject = Subject.application(tenantId, appId);
            Memories memories = detector.stores().memories();
            events.forEach(event -> memories.take(subject, event, true, clock));
            for (String name : MEMORY) {
                sizes.put(name, new Size(0, 0));
                forEach(detector, name, (key, value) -> {
                    if (key[0] != StoreKeys.OF_THE_STORE) {
                        sizes.merge(
                                name, new Size(1, key.length + value.length), (known, one) -> known.plus(one.bytes()));
                    }
                });
            }
        }
        return sizes;
    }

    private static String kind(byte first) {
        return switch (first) {
            case 'a' -> "applications";
            case 'u' -> "people";
            case 't' -> "tenants";
            default -> "the index";
        };
    }

    private static void forEach(InProcessDetector detector, String store, BiConsumer<byte[], byte[]> entry) {
        KeyValueStore<Bytes, byte[]> entries = detector.driver().getKeyValueStore(store);
        try (KeyValueIterator<Bytes, byte[]> all = entries.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                entry.accept(next.key.get(), next.value);
            }
        }
    }
}
