package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.GivenAlerts;
import io.rolecall.incident.OcsfIncident;
import io.rolecall.incident.PublicationRules;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.state.Counts;
import io.rolecall.state.IncidentStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** An alert of a group of twenty thousand costs what one of a group of two costs. */
class IncidentCostTest {

    private static final int MANY = 20_000;
    private static final long BEGIN = 1_780_272_000_000L;

    private final IncidentStore store = new IncidentStore(entries());
    private final IncidentBook book = new IncidentBook(
            store,
            new Counts(counters()),
            new PublicationRules(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofSeconds(30)));

    private static KeyValueStore<Bytes, byte[]> entries() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("incidents"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context(), store);
        return store;
    }

    private static KeyValueStore<String, Long> counters() {
        KeyValueStore<String, Long> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("incident-counts"), Serdes.String(), Serdes.Long())
                .withLoggingDisabled()
                .build();
        store.init(context(), store);
        return store;
    }

    private static StateStoreContext context() {
        return new MockProcessorContext<>().getStateStoreContext();
    }

    private static AlertExtract alert(int number) {
        return AlertExtracts.of(GivenAlerts.alert("d" + number % 20, "high", "open")
                .setAlertId("rc-" + number)
                .setFirstEventTime(GivenAlerts.GRANTED.plusSeconds(number % 3_000))
                .setLastEventTime(GivenAlerts.GRANTED.plusSeconds(number))
                .setEvidence(List.of(GivenAlerts.evidence(
                        "e" + number, GivenAlerts.GRANTED.plusSeconds(number), "mallory did " + number, "192.0.2.1")))
                .build());
    }

    @Test
    void twenty_thousand_alerts_of_one_group_stay_cheap_and_their_message_small() {
        // Given
        List<Incident> published = new ArrayList<>();
        long most = 0;
        long now = BEGIN;
        for (int number = 0; number < MANY; number++) {
            long before = store.reads();

            // When
            book.take(alert(number), now).ifPresent(published::add);

            // Then
            most = Math.max(most, store.reads() - before);
            now += 20;
        }
        book.lookAtDue(now + Duration.ofMinutes(16).toMillis(), published::add);
        Incident last = published.get(published.size() - 1);
        assertThat(most).as("entries read for one alert").isLessThan(300);
        assertThat(published).as("publications in %s s", (now - BEGIN) / 1000).hasSizeLessThan(20);
        assertThat(last.getAlertCounts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(MANY);
        assertThat(last.getAlerts()).hasSize(100);
        assertThat(last.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(256 * 1024);
        assertThat(OcsfIncident.of(last, false).toString().getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(256 * 1024);
    }

    @Test
    void a_second_of_alerts_shares_one_look() {
        // Given
        long now = BEGIN;
        for (int number = 0; number < 200; number++) {
            book.take(alert(number), now);
        }
        book.lookAtDue(now + 61_000, incident -> {});
        now += 120_000;
        long before = store.reads();

        // When
        for (int number = 200; number < 300; number++) {
            book.take(alert(number), now);
        }

        // Then
        assertThat(store.reads() - before).isLessThan(100 * 10 + 300);
    }
}
