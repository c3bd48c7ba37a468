package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole inputs in shapes that pipelines make: a single-tenant application, registered and given a role from outside. */
class ShapesFromTheFieldTest {

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = ShapesFromTheFieldTest.class.getResourceAsStream("/faults/" + file)) {
            String text = new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "01-elastic-o365-ecs.json, critical",
        "01b-elastic-o365-ecs-operation-kept.json, critical",
        "33-several-addresses.json, critical",
        "37-epoch-time-on-top.json, critical",
        "02b-elastic-azure-ecs-failed-grant.json, ",
        "02c-raw-failed-grant.json, "
    })
    void the_role_is_found_where_it_was_given_and_not_where_it_was_refused(String file, String severity)
            throws IOException {
        // Given
        List<String> events = lines(file);

        // When
        List<Alert> alerts;
        try (DetectorHarness detector = DetectorHarness.ofFiles()) {
            alerts = detector.feed(events.toArray(String[]::new)).alerts();
        }

        // Then
        assertThat(alerts)
                .filteredOn(alert -> alert.getDetection().equals("single-tenant-app-abuse"))
                .extracting(Alert::getSeverity)
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }
}
