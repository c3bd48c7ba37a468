package io.rolecall.detection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.policy.Param;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    /** Tactics of the techniques in use, as ATT&CK publishes them. */
    private static final Set<String> ATTACK_PAIRS = Set.of(
            "initial-access T1078.004",
            "persistence T1098.003",
            "privilege-escalation T1098.003",
            "persistence T1098",
            "persistence T1098.001",
            "persistence T1136.003",
            "credential-access T1528",
            "credential-access T1555.006",
            "execution T1651",
            "collection T1530",
            "collection T1114.002",
            "lateral-movement T1534",
            "impact T1485",
            "impact T1486",
            "collection T1114.003",
            "defense-evasion T1562.001",
            "persistence T1556.009",
            "privilege-escalation T1484.002");

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    static Stream<Detection> catalogue() {
        return CATALOGUE.all().stream();
    }

    @Test
    void ids_are_unique_and_found() {
        // When
        Set<String> ids = new TreeSet<>();
        CATALOGUE.all().forEach(detection -> ids.add(detection.id()));

        // Then
        assertThat(ids).hasSameSizeAs(CATALOGUE.all());
        assertThat(ids).allSatisfy(id -> assertThat(CATALOGUE.byId(id)).isPresent());
        assertThat(CATALOGUE.parameters().keySet()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void every_detection_has_a_page_that_names_its_parameters_and_techniques(Detection detection) throws IOException {
        // Given
        Path docs = Stream.of(Path.of("docs/detections"), Path.of("../docs/detections"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow();

        // When
        String page = Files.readString(docs.resolve(detection.id() + ".md"), UTF_8);

        // Then
        assertThat(page).contains("## When exactly it fires", "## Severity", "## Investigation", "## Containment");
        assertThat(detection.parameters()).extracting(Param::name).allSatisfy(name -> assertThat(page)
                .contains("`" + name + "`"));
        assertThat(CATALOGUE.page(detection).attack())
                .allSatisfy(pair -> assertThat(ATTACK_PAIRS).contains(pair.tactic() + " " + pair.technique()));
        assertThat(Files.readString(docs.resolve("README.md"), UTF_8)).contains(detection.id() + ".md");
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void every_detection_ships_scenarios_that_fire_and_that_stay_silent_in_every_delivery(Detection detection)
            throws IOException {
        // Given
        String id = detection.id();

        // When
        JsonNode file;
        try (InputStream in = Objects.requireNonNull(
                Catalogue.class.getResourceAsStream("/scenarios/" + id + ".yaml"), "no scenario file of " + id)) {
            file = new YAMLMapper().readTree(in);
        }

        // Then
        int firing = 0;
        int silent = 0;
        int everyWay = 0;
        for (JsonNode scenario : file.path("cases")) {
            if (scenario.path("expect").isEmpty()) {
                silent++;
            } else {
                firing++;
            }
            everyWay += scenario.path("delivery").isEmpty() ? 1 : 0;
            assertThat(scenario.path("events")).isNotEmpty();
        }
        assertThat(file.path("detection").asText()).isEqualTo(id);
        assertThat(firing).isGreaterThanOrEqualTo(2);
        assertThat(silent).isGreaterThanOrEqualTo(3);
        assertThat(everyWay).isPositive();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void every_detection_says_what_it_needs_and_reads_what_it_needs(Detection detection) {
        // When
        Reads reads = detection.reads();

        // Then
        assertThat(reads.needs()).isNotEmpty();
        assertThat(reads.needs()).allSatisfy(set -> assertThat(reads.logged()).containsAll(set));
        assertThat(CATALOGUE.operations()).containsAll(reads.logged());
    }
}
