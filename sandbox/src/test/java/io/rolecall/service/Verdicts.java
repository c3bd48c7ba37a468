package io.rolecall.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.alert.AlertRevisions;
import io.rolecall.sandbox.StoryRun;
import io.rolecall.sandbox.story.Story;
import io.rolecall.schema.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** What must come of a story: the alerts of {@code scan} over the same events, which no broker and no crash disturbs. */
final class Verdicts {

    private final Map<String, Alert> expected;

    private Verdicts(Map<String, Alert> expected) {
        this.expected = expected;
    }

    static Verdicts of(Story story) {
        return of(StoryRun.of(story).alerts());
    }

    static Verdicts of(List<Alert> scanned) {
        Map<String, Alert> byId = new TreeMap<>();
        scanned.forEach(alert -> byId.put(alert.getAlertId(), alert));
        assertThat(byId).as("the story has alerts").hasSizeGreaterThan(10);
        return new Verdicts(byId);
    }

    /** The incidents that the same alerts make. */
    IncidentVerdicts incidents() {
        return IncidentVerdicts.of(expected.values());
    }

    /** Waits until everything is read and the last alerts are those of scan, field by field but for what depends on the journey. */
    void awaitIn(Site site, Duration atMost) {
        await("the alerts of scan")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(org.apache.kafka.common.KafkaException.class)
                .untilAsserted(() -> {
                    assertThat(site.lag()).as("records not yet read").isZero();
                    requireEqual(last(site.alerts()));
                });
    }

    private void requireEqual(Map<String, Alert> last) {
        Map<String, Alert> standing = last.values().stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .collect(Collectors.toMap(Alert::getAlertId, alert -> alert, (a, b) -> b, TreeMap::new));
        assertThat(standing.keySet()).as("alerts").isEqualTo(expected.keySet());
        expected.forEach((id, alert) -> {
            Alert found = requireNonNull(standing.get(id));
            if (!AlertRevisions.sameContent(alert, found)) {
                // Fails, and shows what differs.
                assertThat(found.toString()).as("content of %s", id).isEqualTo(alert.toString());
            }
        });
    }

    /** How many alerts of scan are not there, or end with another content. */
    long lost(List<Alert> alerts) {
        Map<String, Alert> last = last(alerts);
        return expected.entrySet().stream()
                .filter(alert -> !last.containsKey(alert.getKey())
                        || !AlertRevisions.sameContent(alert.getValue(), last.get(alert.getKey())))
                .count();
    }

    /** None twice, none missing: the revisions of every alert are 1, 2, 3 and so on, all of one state. */
    static void requireEveryRevisionOnce(List<Alert> alerts) {
        Map<String, List<Integer>> revisions = alerts.stream()
                .collect(Collectors.groupingBy(
                        Alert::getAlertId, Collectors.mapping(Alert::getRevision, Collectors.toList())));
        Map<String, Set<Long>> generations = alerts.stream()
                .collect(Collectors.groupingBy(
                        Alert::getAlertId, Collectors.mapping(Alert::getGeneration, Collectors.toSet())));
        assertThat(generations).allSatisfy((id, states) -> assertThat(states)
                .as("generations of %s", id)
                .singleElement()
                .satisfies(state -> assertThat(state).isPositive()));
        revisions.forEach((id, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as("revisions %s of %s", numbers, id).isEqualTo(i + 1);
            }
        });
    }

    static Map<String, Alert> last(List<Alert> alerts) {
        Map<String, Alert> last = new TreeMap<>();
        alerts.forEach(alert -> last.merge(alert.getAlertId(), alert, BinaryOperator.maxBy(AlertRevisions.BY_AGE)));
        return last;
    }
}
