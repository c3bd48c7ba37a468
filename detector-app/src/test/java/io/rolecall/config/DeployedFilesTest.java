package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.detection.Catalogue;
import io.rolecall.ops.StopBound;
import io.rolecall.policy.PolicyFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The files under deploy/ and docker-compose.yml, as far as no engine is needed to check them. */
class DeployedFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonNode compose() throws IOException {
        return YAML.readTree(ROOT.resolve("docker-compose.yml").toFile());
    }

    private static List<JsonNode> manifests() throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(ROOT.resolve("deploy/kubernetes/rolecall.yaml").toFile())) {
            return documents.readAll();
        }
    }

    private static JsonNode yaml(String file) throws IOException {
        return YAML.readTree(ROOT.resolve(file).toFile());
    }

    private static Configuration configurationOfThePods() throws IOException {
        return ConfigFile.read(
                "rolecall.yaml", manifest("ConfigMap").at("/data/rolecall.yaml").asText(), Map.of());
    }

    /** Number of a port that the container gives a name. */
    private static int containerPort(String name) throws IOException {
        for (JsonNode port : manifest("StatefulSet").at("/spec/template/spec/containers/0/ports")) {
            if (port.path("name").asText().equals(name)) {
                return port.path("containerPort").asInt();
            }
        }
        throw new AssertionError("the container names no port " + name);
    }

    private static JsonNode manifest(String kind) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void the_configuration_beside_the_compose_file_is_valid() {
        // When
        Configuration configuration = ConfigFile.read(ROOT.resolve("deploy/compose/rolecall.yaml"), Map.of());

        // Then
        assertThat(configuration.http()).isEqualTo(new Configuration.Http("0.0.0.0", 8080, 8081));
        assertThat(configuration.stateDir()).isEqualTo(Path.of("/var/lib/rolecall"));
    }

    @Test
    void every_port_of_the_compose_file_is_published_on_the_loopback_interface() throws IOException {
        // When
        List<String> ports = new ArrayList<>();
        compose().get("services").forEach(service -> ports.addAll(texts(service.path("ports"))));

        // Then
        assertThat(ports).hasSizeGreaterThanOrEqualTo(5).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void every_foreign_image_of_the_compose_file_is_pinned_to_a_version() throws IOException {
        // When
        List<String> images = compose().get("services").findValuesAsText("image");

        // Then
        assertThat(images).hasSize(4).allMatch(image -> image.matches("[a-z/-]+:v?[0-9]+\\.[0-9]+\\.[0-9]+"));
    }

    @Test
    void the_service_in_the_compose_file_can_do_no_more_than_it_needs() throws IOException {
        // When
        JsonNode ours = compose().get("x-rolecall");

        // Then
        assertThat(ours.get("read_only").asBoolean()).isTrue();
        assertThat(texts(ours.get("cap_drop"))).containsExactly("ALL");
        assertThat(texts(ours.get("security_opt"))).containsExactly("no-new-privileges:true");
    }

    @Test
    void what_is_mounted_by_the_compose_file_exists() throws IOException {
        // Given
        List<String> mounts = new ArrayList<>();
        compose().get("services").forEach(service -> mounts.addAll(texts(service.path("volumes"))));

        // When
        List<String> files = mounts.stream()
                .filter(mount -> mount.startsWith("./"))
                .map(mount -> mount.substring(2, mount.indexOf(':')))
                .toList();

        // Then
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(ROOT.resolve(file))
                .exists());
    }

    @Test
    void the_configuration_and_the_policy_in_the_manifests_are_valid() throws IOException {
        // Given
        JsonNode data = manifest("ConfigMap").get("data");

        // When
        Configuration configuration =
                ConfigFile.read("rolecall.yaml", data.get("rolecall.yaml").asText(), Map.of());
        PolicyFile.read(
                "policy.yaml",
                data.get("policy.yaml").asText(),
                Catalogue.shipped().parameters());

        // Then
        assertThat(configuration.kafka().get("sasl.jaas.config"))
                .isEqualTo("${dir:/run/secrets/rolecall:sasl.jaas.config}");
    }

    @Test
    void the_pods_run_as_the_image_says_and_have_longer_to_stop_than_the_service_takes() throws IOException {
        // When
        JsonNode pod = manifest("StatefulSet").at("/spec/template/spec");

        // Then
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
        assertThat(Duration.ofSeconds(pod.get("terminationGracePeriodSeconds").asInt()))
                .isGreaterThan(StopBound.WHOLE);
        assertThat(Durations.parse(
                        compose().at("/services/rolecall/stop_grace_period").asText()))
                .hasValueSatisfying(granted -> assertThat(granted).isGreaterThan(StopBound.WHOLE));
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
        assertThat(pod.at("/containers/0/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    }

    @Test
    void every_probe_asks_the_port_that_answers_nothing_else() throws IOException {
        // Given
        Configuration.Http http = configurationOfThePods().http();
        JsonNode container = manifest("StatefulSet").at("/spec/template/spec/containers/0");

        // When
        List<String> probed = container.findParents("httpGet").stream()
                .map(probe -> probe.at("/httpGet/port").asText())
                .toList();

        // Then
        assertThat(probed).hasSize(3).containsOnly("probes");
        assertThat(containerPort("probes")).isEqualTo(http.probePort());
        assertThat(containerPort("http")).isEqualTo(http.port());
        assertThat(texts(compose().at("/services/rolecall/healthcheck/test")).get(3))
                .contains("/127.0.0.1/8081 ");
    }

    @Test
    void the_network_policy_lets_anybody_probe_and_only_those_it_names_ask_for_more() throws IOException {
        // Given
        JsonNode policy = yaml("deploy/kubernetes/network-policy.yaml");

        // When
        JsonNode probes = policy.at("/spec/ingress/0");
        JsonNode everything = policy.at("/spec/ingress/1");

        // Then
        assertThat(policy.get("kind").asText()).isEqualTo("NetworkPolicy");
        assertThat(policy.at("/spec/podSelector"))
                .isEqualTo(manifest("StatefulSet").at("/spec/selector"));
        assertThat(policy.at("/spec/ingress")).hasSize(2);
        assertThat(probes.has("from")).isFalse();
        assertThat(probes.findValuesAsText("port")).containsExactly("probes");
        assertThat(everything.get("from"))
                .hasSize(3)
                .allMatch(from -> from.has("podSelector"))
                .anyMatch(from -> from.get("podSelector").equals(policy.at("/spec/podSelector"))
                        && !from.has("namespaceSelector"));
        assertThat(everything.findValuesAsText("port")).containsExactly("http");
    }

    @Test
    void the_network_policy_lets_the_pods_reach_what_their_configuration_names() throws IOException {
        // Given
        Configuration configuration = configurationOfThePods();
        String brokers = configuration.kafka().getOrDefault("bootstrap.servers", "");
        URI registry = URI.create(configuration.registry().getOrDefault("schema.registry.url", ""));

        // When
        List<String> ports =
                yaml("deploy/kubernetes/network-policy.yaml").at("/spec/egress").findValuesAsText("port");

        // Then
        assertThat(ports)
                .contains("53", brokers.substring(brokers.lastIndexOf(':') + 1), Integer.toString(registry.getPort()));
    }

    @Test
    void the_service_monitor_finds_the_service_and_names_series_as_the_scrape_configuration_does() throws IOException {
        // Given
        JsonNode monitor = yaml("deploy/kubernetes/service-monitor.yaml");
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        JsonNode service = manifest("Service");

        // When
        List<Map<String, Object>> relabelings = relabelings(endpoint.get("metricRelabelings"));

        // Then
        assertThat(monitor.get("kind").asText()).isEqualTo("ServiceMonitor");
        assertThat(monitor.at("/spec/selector/matchLabels")).isEqualTo(service.at("/metadata/labels"));
        assertThat(endpoint.get("port").asText())
                .isEqualTo(service.at("/spec/ports/0/name").asText());
        assertThat(endpoint.get("path").asText()).isEqualTo("/metrics");
        assertThat(relabelings)
                .isNotEmpty()
                .isEqualTo(relabelings(
                        yaml("deploy/prometheus/prometheus.yml").at("/scrape_configs/0/metric_relabel_configs")));
    }

    /** The operator's names are those of Prometheus in camel case. */
    private static List<Map<String, Object>> relabelings(JsonNode configs) {
        List<Map<String, Object>> relabelings = new ArrayList<>();
        for (JsonNode config : configs) {
            Map<String, Object> one = new TreeMap<>();
            config.properties()
                    .forEach(field ->
                            one.put(field.getKey().replace("_", "").toLowerCase(Locale.ROOT), field.getValue()));
            relabelings.add(one);
        }
        return relabelings;
    }
}
