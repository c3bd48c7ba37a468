package io.rolecall.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.alert.AlertJson;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Order, copies and the log that tells change nothing in tenants in which every detection fires and is nearly met. */
class GeneratedTenantsTest {

    private static final Path SCENARIOS = Path.of("src/main/resources/scenarios");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final int CASES_A_TENANT = 7;
    private static final int MOST_EVENTS = 120;

    private static final List<Told> CASES = new ArrayList<>();
    private static final Set<String> FIRED = new TreeSet<>();

    /** A case of a scenario file, with the people of the file. */
    private record Told(JsonNode everybody, JsonNode one) {}

    @BeforeContainer
    static void read() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            files.sorted().forEach(file -> {
                JsonNode scenario = yaml(file);
                scenario.path("cases").forEach(one -> CASES.add(new Told(scenario.path("people"), one)));
            });
        }
    }

    @AfterContainer
    static void every_detection_fired_in_some_tenant() {
        assertThat(FIRED).containsExactlyInAnyOrderElementsOf(CATALOGUE.ids());
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void any_order_any_copies_and_both_logs_give_the_same_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        Scenario.Case tenant = tenant(random);

        // When
        List<ObjectNode> inOrder = inAnyOrder(tenant, random);

        // Then
        inOrder.forEach(alert -> FIRED.add(alert.path("detection").asText()));
    }

    /** Compares the alerts of any order, any copies and both logs; those of the order in which it happened. */
    static List<ObjectNode> inAnyOrder(Scenario.Case tenant, Random random) {
        List<CaseEvent> shuffled = new ArrayList<>(tenant.events());
        tenant.events().stream().filter(event -> random.nextInt(3) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        List<CaseEvent> both = new ArrayList<>(tenant.events());
        tenant.events().stream()
                .flatMap(event -> event.inOtherLog().map(CaseEvent::raw).stream())
                .forEach(both::add);
        List<CaseEvent> bothShuffled = new ArrayList<>(both);
        Collections.shuffle(bothShuffled, random);
        List<ObjectNode> inOrder = alerts(tenant, tenant.events());
        List<ObjectNode> inBothLogs = alerts(tenant, both);
        assertThat(AlertComparison.differences(inOrder, alerts(tenant, shuffled)))
                .isEmpty();
        assertThat(AlertComparison.differences(inBothLogs, alerts(tenant, bothShuffled)))
                .isEmpty();
        assertThat(standing(inBothLogs)).containsAll(standing(named(inOrder)));
        return inOrder;
    }

    private static Scenario.Case tenant(Random random) {
        while (true) {
            GeneratedTenant tenant = new GeneratedTenant(random);
            for (int i = 0; i < CASES_A_TENANT; i++) {
                Told told = CASES.get(random.nextInt(CASES.size()));
                tenant.tell(told.everybody(), told.one());
            }
            Optional<Scenario.Case> one = read(tenant.text(CATALOGUE.ids().get(0)));
            if (one.isPresent()) {
                return one.get();
            }
        }
    }

    /** Empty when the acts together say what cannot be, or are too many. */
    static Optional<Scenario.Case> read(String tenant) {
        try {
            return Optional.of(whole(tenant)).filter(one -> one.events().size() <= MOST_EVENTS);
        } catch (ConfigurationException contradictory) {
            return Optional.empty();
        }
    }

    /** The only case of a file. */
    static Scenario.Case whole(String file) {
        return ScenarioFile.read("generated", file, path -> Files.readAllBytes(SCENARIOS.resolve(path)), CATALOGUE)
                .cases()
                .get(0);
    }

    static List<ObjectNode> alerts(Scenario.Case tenant, List<CaseEvent> events) {
        try (InProcessDetector detector = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(), CATALOGUE, tenant.policy(), tenant.networks(), CLOCK)) {
            int line = 1;
            for (CaseEvent event : events) {
                detector.feed(new Chunk(event.event(), "events", new int[] {line++}, new int[] {0}));
            }
            List<Alert> raised = detector.finish();
            return raised.stream().map(AlertJson::tree).toList();
        }
    }

    /**
     * Which alerts stand. The copies of another log may add to the rest, severity included: within a minute its whole seconds have no
     * order, and the reading that fires wins.
     */
    private static Set<String> standing(Collection<ObjectNode> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.path("status").asText().equals("withdrawn"))
                .map(alert -> Stream.of("detection", "alertId", "status")
                        .map(field -> alert.path(field).asText())
                        .collect(Collectors.joining(" | ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose subject goes by its last name: of the others the other log may tell the App ID, the object id or the person. */
    private static List<ObjectNode> named(List<ObjectNode> alerts) {
        return alerts.stream()
                .filter(alert -> {
                    String subject = alert.at("/subject/id").asText();
                    return !subject.startsWith("sp:") && subject.indexOf('@') < 0;
                })
                .toList();
    }

    private static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
