package io.rolecall.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.state.AlertExtract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IncidentsPropertiesTest {

    @Property(tries = 200)
    void the_order_of_the_alerts_and_withdrawn_ones_change_nothing(
            @ForAll("alerts") List<AlertExtract> alerts, @ForAll Random random) {
        // Given
        List<AlertExtract> shuffled = new ArrayList<>(alerts);
        shuffled.removeIf(alert -> alert.getStatus().equals("withdrawn"));
        Collections.shuffle(shuffled, random);

        // When
        var incidents = Incidents.of(shuffled);

        // Then
        assertThat(incidents).isEqualTo(Incidents.of(alerts));
    }

    @Property(tries = 100)
    void a_tally_forgets_what_is_taken_out_again(@ForAll("alerts") List<AlertExtract> alerts) {
        // Given
        AlertTally tally = new AlertTally(java.util.Map.of());
        alerts.forEach(tally::add);

        // When
        alerts.forEach(tally::remove);

        // Then
        assertThat(tally.numbers()).isEmpty();
    }

    @Provide
    Arbitrary<List<AlertExtract>> alerts() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 40);
        return Combinators.combine(
                        numbers,
                        Arbitraries.of("a", "b", "c", "risky-permission-requested"),
                        Arbitraries.of("informational", "low", "medium", "high", "critical"),
                        Arbitraries.of("open", "contained", "suppressed", "withdrawn"),
                        Arbitraries.integers().between(0, 3))
                .as((number, detection, severity, status, use) ->
                        AlertExtracts.of(GivenAlerts.alert(detection, severity, status)
                                .setAlertId("rc-" + number)
                                .setActors(List.of(GivenAlerts.mallory("granted", "192.0.2." + number % 5)))
                                .setFirstEventTime(GivenAlerts.GRANTED.plusSeconds(number % 7))
                                .setInvestigation(GivenAlerts.investigation(use))
                                .build()))
                .list()
                .uniqueElements(AlertExtract::getAlertId)
                .ofMaxSize(30);
    }
}
