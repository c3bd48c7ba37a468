package io.rolecall.topology;

import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The counters of the tasks that this process runs, read from the stores that exactly-once covers. They move with their task when
 * it moves to another instance: the sum over all instances is what counts.
 *
 * @param byTopic what became of the elements, by topic of raw logs; of the records, for the topic of imported facts
 * @param seen decoded events by {@code source operation}
 * @param history what became of the facts: {@code new, duplicate, late, moved, failed, unreadable, evaluations-failed},
 *     {@code inventory} for imported ones, which are no acts, and beside them {@code taken-late}, those of new and duplicate that came
 *     later than {@code lateness}
 * @param raised alerts published for the first time, by {@code detection severity}
 * @param incidents what the step of incidents counts, by its names: {@code alerts new} and the like, {@code opened high},
 *     {@code published close}; and {@code alert-revisions}, which all {@code alerts ...} add up to
 */
public record ServiceCounts(
        Map<String, TopicCounts> byTopic,
        Map<String, Long> seen,
        Map<String, Long> history,
        Map<String, Long> raised,
        Map<String, Long> incidents) {

    /** Nothing counted. */
    public static final ServiceCounts NONE = new ServiceCounts(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * Of one topic: {@code in = facts + sightings + skipped + quarantined}.
     *
     * @param in elements read
     * @param facts elements that became facts
     * @param sightings elements that only show where an actor was
     * @param skipped elements that no detection needs
     * @param quarantined rejected elements by reason
     */
    public record TopicCounts(long in, long facts, long sightings, long skipped, Map<String, Long> quarantined) {

        public TopicCounts {
            quarantined = Map.copyOf(quarantined);
        }
    }

    public ServiceCounts {
        byTopic = Map.copyOf(byTopic);
        seen = Map.copyOf(seen);
        history = Map.copyOf(history);
        raised = Map.copyOf(raised);
        incidents = Map.copyOf(incidents);
    }

    /**
     * Reads them.
     *
     * @return what can be read: {@link #NONE} while no store can, less than there is during a rebalance
     */
    public static ServiceCounts read(KafkaStreams streams) {
        try {
            return of(
                    all(streams, Names.DECODE_COUNTS),
                    all(streams, Names.HISTORY_COUNTS),
                    all(streams, Names.INCIDENT_COUNTS));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return NONE;
        }
    }

    /**
     * What counters say.
     *
     * @param decode of the decode step, by their names in its store, summed over tasks
     * @param history of the history step, likewise
     * @param incidents of the step of incidents, likewise
     */
    public static ServiceCounts of(Map<String, Long> decode, Map<String, Long> history, Map<String, Long> incidents) {
        Map<String, Long> facts = new TreeMap<>(history);
        facts.keySet().removeIf(name -> name.startsWith(Counts.RAISED) || name.equals(StoreFormats.COUNTER));
        Map<String, Long> ofIncidents = new TreeMap<>(incidents);
        ofIncidents.remove(StoreFormats.COUNTER);
        ofIncidents.put(
                Counts.REVISIONS,
                Optional.ofNullable(facts.remove(Counts.REVISIONS)).orElse(0L));
        return new ServiceCounts(
                byTopic(decode),
                startingWith(decode, Counts.SEEN),
                facts,
                startingWith(history, Counts.RAISED),
                ofIncidents);
    }

    private static Map<String, TopicCounts> byTopic(Map<String, Long> decode) {
        Map<String, Map<String, Long>> quarantined = new TreeMap<>();
        startingWith(decode, Counts.QUARANTINED).forEach((reasonAndTopic, count) -> {
            int space = reasonAndTopic.indexOf(' ');
            quarantined
                    .computeIfAbsent(reasonAndTopic.substring(space + 1), topic -> new TreeMap<>())
                    .put(reasonAndTopic.substring(0, space), count);
        });
        Map<String, TopicCounts> topics = new TreeMap<>();
        startingWith(decode, Counts.IN)
                .forEach((topic, in) -> topics.put(
                        topic,
                        new TopicCounts(
                                in,
                                decode.getOrDefault(Counts.FACTS + topic, 0L),
                                decode.getOrDefault(Counts.SIGHTINGS + topic, 0L),
                                decode.getOrDefault(Counts.SKIPPED + topic, 0L),
                                quarantined.getOrDefault(topic, Map.of()))));
        return topics;
    }

    /** Sums over the tasks: the stores of a process are read one after the other, each with its own counter of a name. */
    private static Map<String, Long> all(KafkaStreams streams, String name) {
        Map<String, Long> sums = new TreeMap<>();
        ReadOnlyKeyValueStore<String, Long> stores;
        try {
            stores = streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
        } catch (InvalidStateStoreException e) {
            return sums; // none of the tasks with this store runs here; those with the other one may
        }
        try (KeyValueIterator<String, Long> counters = stores.all()) {
            counters.forEachRemaining(counter -> sums.merge(counter.key, counter.value, Long::sum));
        }
        return sums;
    }

    private static Map<String, Long> startingWith(Map<String, Long> counters, String prefix) {
        Map<String, Long> found = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), count);
            }
        });
        return found;
    }
}
