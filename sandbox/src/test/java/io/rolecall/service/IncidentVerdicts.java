package io.rolecall.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.incident.AlertExtracts;
import io.rolecall.incident.AlertTally;
import io.rolecall.incident.GroupOfAlerts;
import io.rolecall.incident.IncidentChanges;
import io.rolecall.incident.Incidents;
import io.rolecall.inprocess.HeapFirstStore;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Incident;
import io.rolecall.state.IncidentStore;
import io.rolecall.state.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * What must come of the incidents of a story: those of {@code scan} over the same events. The state must say all that they say; what
 * was published must be what the state holds as published, each once, and tell all that people are told of at once. What is not
 * material is published when a group has been quiet for longer than a test takes.
 */
final class IncidentVerdicts {

    /** What is not material is looked at when a group has been quiet for longer. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Map<String, Incident> expected;

    private IncidentVerdicts(Map<String, Incident> expected) {
        this.expected = expected;
    }

    /** Of the final alerts of a scan. */
    static IncidentVerdicts of(Collection<Alert> scanned) {
        Map<String, Incident> byGroup = new LinkedHashMap<>();
        Incidents.of(scanned.stream().map(AlertExtracts::of).toList())
                .forEach(incident -> byGroup.put(incident.getGroupKey(), incident));
        assertThat(byGroup).as("the story has incidents").hasSizeGreaterThan(3);
        return new IncidentVerdicts(byGroup);
    }

    /** The incidents of scan, the worst first. */
    List<Incident> expected() {
        return List.copyOf(expected.values());
    }

    /** Waits until state and publications are as they must be. */
    void awaitIn(Site site, Duration atMost) {
        await("the incidents of scan")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(org.apache.kafka.common.KafkaException.class)
                .untilAsserted(() -> {
                    List<Incident> publications = site.incidents();
                    requireTold(publications);
                    requireDecided(state(site), publications);
                });
        requireEveryPublicationOnce(site.incidents());
    }

    /** Every incident of scan with all that is told at once; every other one that was published is closed. */
    private void requireTold(List<Incident> publications) {
        Map<String, Incident> last = last(publications);
        assertThat(last.keySet()).as("groups with a publication").containsAll(expected.keySet());
        last.forEach((group, incident) -> {
            if (!expected.containsKey(group)) {
                assertThat(incident.getStatus())
                        .as("an incident of nothing: %s", incident)
                        .isEqualTo("closed");
                return;
            }
            Incident wanted = requireNonNull(expected.get(group));
            assertThat(incident.getStatus()).as("status of %s", group).isEqualTo(wanted.getStatus());
            assertThat(incident.getClosedBecause())
                    .as("why %s is closed", group)
                    .isEqualTo(wanted.getClosedBecause());
            assertThat(Severity.ofLabel(incident.getSeverity()))
                    .as("severity of %s", group)
                    .isGreaterThanOrEqualTo(Severity.ofLabel(wanted.getSeverity()));
            assertThat(incident.getAlertCounts().keySet())
                    .as("detections of %s", group)
                    .containsAll(wanted.getAlertCounts().keySet());
            assertThat(permissions(incident)).as("permissions of %s", group).containsAll(permissions(wanted));
        });
    }

    private void requireDecided(IncidentStore state, List<Incident> publications) {
        long soon = System.currentTimeMillis() + SOON.toMillis();
        assertThat(state.due(soon, 1)).as("groups to be looked at soon").isEmpty();
        expected.forEach((group, incident) -> assertThat(decided(state, group))
                .as("state of %s", group)
                .get()
                .satisfies(found -> assertThat(IncidentChanges.sameContent(found, incident))
                        .as("%s%n%s", found, incident)
                        .isTrue()));
        last(publications).forEach((group, incident) -> {
            assertThat(state.published(group)).as("published last of %s", group).contains(incident);
            if (!expected.containsKey(group)) {
                assertThat(decided(state, group)).as("state of %s", group).isEmpty();
            }
        });
    }

    /** None twice, none missing: the revisions of every incident are 1, 2, 3 and so on, all of one state. */
    static void requireEveryPublicationOnce(List<Incident> publications) {
        publications.stream()
                .collect(Collectors.groupingBy(Incident::getIncidentId))
                .forEach((id, records) -> {
                    assertThat(records)
                            .as("generations of %s", id)
                            .extracting(Incident::getGeneration)
                            .containsOnly(records.get(0).getGeneration());
                    for (int i = 0; i < records.size(); i++) {
                        assertThat(records.get(i).getRevision())
                                .as("revision %s of %s", i, id)
                                .isEqualTo(i + 1);
                    }
                });
    }

    /** The last publication of each group, by group key. */
    static Map<String, Incident> last(List<Incident> publications) {
        return publications.stream()
                .collect(Collectors.toMap(
                        Incident::getGroupKey, Function.identity(), (earlier, later) -> later, TreeMap::new));
    }

    private static List<String> permissions(Incident incident) {
        return incident.getPermissions().stream().map(AlertPermission::getValue).toList();
    }

    private static Optional<Incident> decided(IncidentStore state, String group) {
        return state.group(group)
                .flatMap(known -> Incidents.of(new GroupOfAlerts(
                        group,
                        new AlertTally(known.getTally()),
                        state.worst(group, GroupOfAlerts.MOST_ALERTS),
                        state.first(group).orElse(Instant.EPOCH),
                        state.last(group).orElse(Instant.EPOCH))));
    }

    /** The state of all tasks, as a restored instance would have it: neither which instance has a task matters, nor whether any runs. */
    private static IncidentStore state(Site site) {
        HeapFirstStore entries = new HeapFirstStore(Names.INCIDENTS, Long.MAX_VALUE);
        for (ConsumerRecord<byte[], byte[]> record :
                site.client().committed(site.id() + "-" + Names.INCIDENTS + "-changelog")) {
            entries.put(Bytes.wrap(record.key()), record.value());
        }
        return new IncidentStore(entries);
    }
}
