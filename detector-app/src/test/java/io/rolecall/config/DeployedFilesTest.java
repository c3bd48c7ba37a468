package io.rolecall.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        assertThat(configuration.http()).isEqualTo(new Configuration.Http("0.0.0.0", 8080));
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
        assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThan(20);
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
        assertThat(pod.at("/containers/0/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    }
}
