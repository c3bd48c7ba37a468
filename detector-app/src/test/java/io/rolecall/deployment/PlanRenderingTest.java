package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlanRenderingTest {

    private static final Configuration DEFAULTS = ConfigFile.read(Map.of());

    @Test
    void the_script_has_a_command_for_every_topic_and_every_right() {
        // Given
        DeploymentPlan plan = DeploymentPlan.of(DEFAULTS, 12, OptionalInt.of(3));

        // When
        String script = new KafkaCommands("b1:9092,b2:9092").script(plan, "User:CN=rolecall,O=A B");

        // Then
        assertThat(script)
                .startsWith("#!/bin/sh\n")
                .contains(
                        "kafka-topics.sh --bootstrap-server b1:9092,b2:9092 ${KAFKA_OPTIONS:-} --create --if-not-exists"
                                + " --topic rolecall.alerts --partitions 3 --replication-factor 3 --config"
                                + " cleanup.policy=delete --config compression.type=producer --config max.message.bytes=8388608"
                                + " --config message.timestamp.type=LogAppendTime --config min.insync.replicas=2 --config"
                                + " retention.ms=34560000000\n")
                .contains("--topic entra.audit-logs --partitions 12 ")
                .contains("kafka-acls.sh --bootstrap-server b1:9092,b2:9092 ${KAFKA_OPTIONS:-} --add --allow-principal"
                        + " 'User:CN=rolecall,O=A B' --operation Write --transactional-id rolecall-"
                        + " --resource-pattern-type prefixed  # ");
        assertThat(script.lines().filter(line -> line.startsWith("kafka-topics.sh ")))
                .hasSize(12);
        assertThat(script.lines().filter(line -> line.startsWith("kafka-acls.sh ")))
                .hasSize(26);
    }

    @Test
    void replicas_and_replicas_in_sync_are_left_to_the_broker_unless_asked_for() {
        // Given
        DeploymentPlan plan = DeploymentPlan.of(DEFAULTS, 6, OptionalInt.empty());

        // When
        String script = new KafkaCommands("b:9092").script(plan, "User:rolecall");

        // Then
        assertThat(script).doesNotContain("--replication-factor").doesNotContain("min.insync.replicas");
    }

    @Test
    void a_word_cannot_break_out_of_the_script() {
        // Given
        AccessRule rule = AccessPlan.of(DEFAULTS).rules().get(0);

        // When
        String command = new KafkaCommands("b:9092").allow(rule, "User:a'; rm -rf $HOME; '");

        // Then
        assertThat(command).contains("--allow-principal 'User:a'\\''; rm -rf $HOME; '\\''' --operation Read");
    }

    @Test
    void the_operators_resources_say_the_same() throws IOException {
        // Given
        Configuration configuration = ConfigFile.read(Map.of("ROLECALL_TOPICS_QUARANTINE", "Bad_Things"));
        DeploymentPlan plan = DeploymentPlan.of(configuration, 6, OptionalInt.of(3));

        // When
        String yaml = new StrimziResources("prod").render(plan, configuration, "User:rolecall");

        // Then
        List<JsonNode> documents;
        YAMLMapper mapper = new YAMLMapper();
        try (var parser = mapper.getFactory().createParser(yaml)) {
            documents = mapper.readerFor(JsonNode.class)
                    .<JsonNode>readValues(parser)
                    .readAll();
        }
        assertThat(documents).hasSize(13).allSatisfy(document -> {
            assertThat(document.path("apiVersion").asText()).isEqualTo("kafka.strimzi.io/v1");
            assertThat(document.at("/metadata/labels/strimzi.io~1cluster").asText())
                    .isEqualTo("prod");
            assertThat(document.at("/metadata/name").asText()).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
        });
        JsonNode quarantine = documents.get(11);
        assertThat(quarantine.at("/spec/topicName").asText()).isEqualTo("Bad_Things");
        assertThat(quarantine.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(quarantine.at("/spec/config/retention.ms").asLong()).isEqualTo(2_592_000_000L);
        JsonNode user = documents.get(12);
        assertThat(user.path("kind").asText()).isEqualTo("KafkaUser");
        assertThat(user.at("/spec/authentication/type").asText()).isEqualTo("scram-sha-512");
        JsonNode acls = user.at("/spec/authorization/acls");
        assertThat(acls).hasSize(15);
        JsonNode internal = acls.get(12);
        assertThat(internal.at("/resource/name").asText()).isEqualTo("rolecall-");
        assertThat(internal.at("/resource/patternType").asText()).isEqualTo("prefix");
        assertThat(internal.at("/operations")).hasSize(4);
        assertThat(acls.get(14).at("/resource/type").asText()).isEqualTo("transactionalId");
    }

    @Test
    void the_tables_show_topics_and_rights() {
        // Given
        DeploymentPlan plan = DeploymentPlan.of(DEFAULTS, 6, OptionalInt.empty());

        // When
        String table = PlanTable.of(plan);

        // Then
        assertThat(table)
                .containsPattern("(?m)^entra\\.audit-logs +6 +broker's +delete +30d +1088 KiB +raw Entra audit logs$")
                .containsPattern("(?m)^org\\.networks +1 +broker's +compact +for ever +broker's +networks of")
                .containsPattern("(?m)^rolecall\\.alerts +3 +broker's +delete +400d +8192 KiB +alerts in Avro$")
                .containsPattern("(?m)^Delete on topics that begin with rolecall- +deletes repartitioned records");
    }
}
