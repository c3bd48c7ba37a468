package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.GivenAlerts;
import io.rolecall.incident.IncidentChanges;
import io.rolecall.incident.Incidents;
import io.rolecall.incident.PublicationRules;
import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.state.Counts;
import io.rolecall.state.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Whatever comes of the alerts of a group, and whenever: its last publication says what they say, and none comes too early or twice. */
class IncidentBookPropertiesTest {

    private static final long BEGIN = 1_780_272_000_000L;
    private static final long INTERVAL = 30_000;

    /** What happens: an alert is so, after a while. */
    record Happening(int alert, String severity, String status, boolean stated, int score, long afterMillis) {

        AlertExtract extract() {
            boolean withdrawn = status.equals("withdrawn");
            Alert content = GivenAlerts.alert("d" + alert % 3, severity, status)
                    .setAlertId("rc-" + alert)
                    .setRiskScore(withdrawn ? 0 : score)
                    .setConfidence(stated ? "high" : "medium")
                    .setActors(GivenAlerts.alert("x", "low", "open").getActors().stream()
                            .map(actor -> AlertActor.newBuilder(actor)
                                    .setBasis(stated ? "event" : "sign-in")
                                    .build())
                            .toList())
                    .setFirstEventTime(withdrawn ? Instant.EPOCH : GivenAlerts.GRANTED.plusSeconds(alert))
                    .setLastEventTime(withdrawn ? Instant.EPOCH : GivenAlerts.GRANTED.plusSeconds(alert + score))
                    .build();
            return AlertExtracts.of(content);
        }
    }

    private final HeapFirstStore entries = new HeapFirstStore("incidents", Long.MAX_VALUE);
    private final KeyValueStore<String, Long> counters = counters();
    private final List<Incident> published = new ArrayList<>();
    private final Map<String, AlertExtract> last = new TreeMap<>();
    private long now = BEGIN;

    private static KeyValueStore<String, Long> counters() {
        KeyValueStore<String, Long> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("incident-counts"), Serdes.String(), Serdes.Long())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }

    /** A new one every time, as after a restart: whatever is due lies in the store. */
    private IncidentBook book() {
        return new IncidentBook(
                new IncidentStore(entries),
                new Counts(counters),
                new PublicationRules(Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofMillis(INTERVAL)));
    }

    private void passes(long millis) {
        long until = now + millis;
        while (now < until) {
            now = Math.min(until, now + Math.max(1_000, millis / 50));
            book().lookAtDue(now, published::add);
        }
    }

    @Property(tries = 150)
    void the_last_publication_is_the_function_of_the_last_alerts_and_each_comes_once(
            @ForAll @Size(min = 1, max = 30) List<@From("happenings") Happening> happenings) {
        // Given
        happenings.forEach(happening -> {
            passes(happening.afterMillis());
            // When
            AlertExtract extract = happening.extract();
            last.put(extract.getAlertId(), extract);
            book().take(extract, now).ifPresent(published::add);
        });
        passes(Duration.ofHours(26).toMillis());
        passes(Duration.ofHours(26).toMillis());

        // Then
        List<Incident> expected = Incidents.of(last.values());
        if (expected.isEmpty()) {
            assertThat(published.isEmpty()
                            || published.get(published.size() - 1).getStatus().equals("closed"))
                    .isTrue();
        } else {
            assertThat(IncidentChanges.sameContent(published.get(published.size() - 1), expected.get(0)))
                    .as("%s%n%s", published, expected)
                    .isTrue();
        }
        for (int i = 0; i < published.size(); i++) {
            assertThat(published.get(i).getRevision()).isEqualTo(i + 1);
            if (i > 0) {
                assertThat(Duration.between(
                                published.get(i - 1).getEmittedAt().orElseThrow(),
                                published.get(i).getEmittedAt().orElseThrow()))
                        .isGreaterThanOrEqualTo(Duration.ofMillis(INTERVAL));
            }
        }
        assertThat(new IncidentStore(entries).due(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Provide
    Arbitrary<Happening> happenings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of("informational", "low", "medium", "high", "critical"),
                        Arbitraries.of("open", "open", "contained", "suppressed", "withdrawn", "withdrawn"),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 100),
                        Arbitraries.longs().between(0, 1_500_000))
                .as(Happening::new);
    }
}
