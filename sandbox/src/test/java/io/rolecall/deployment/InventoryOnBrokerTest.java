package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.cli.ExitCode;
import io.rolecall.config.ClientProperties;
import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.detection.Catalogue;
import io.rolecall.policy.PolicyFile;
import io.rolecall.registry.Registry;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.service.DetectorService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryOnBrokerTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String TENANT = "3b1c9a44-7d2e-4e0b-9a6f-0c5d8e7f6a21";
    private static final String APP_ID = "631a96bc-a705-4eda-9f99-fdaf9f54f6a2";
    private static final String PRINCIPAL = "9028d19c-26a9-4809-8e3f-20ff73e2d75e";
    private static final String OBJECT = "03ef14b0-ca33-4840-8f4f-d6e91916010e";

    private static final String EXPORT = """
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals","value":[
            {"id":"%s","appId":"%s","displayName":"CRM Sync","servicePrincipalType":"Application",
             "appOwnerOrganizationId":"%s","createdDateTime":"2019-09-17T19:10:36Z"},
            {"id":"8fce32da-1246-437b-99cd-76d1d4677bd5","appId":"00000003-0000-0000-c000-000000000000",
             "displayName":"Microsoft Graph","servicePrincipalType":"Application"}]}
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#applications","value":[
            {"id":"%s","appId":"%s","displayName":"CRM Sync","signInAudience":"AzureADMyOrg",
             "createdDateTime":"2019-09-17T19:10:35Z"}]}
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#appRoleAssignments","value":[
            {"id":"nNEokKkmCUiOPyD_c-LXXrlZnyWBJKxEsfTkSHW8L7A","appRoleId":"e2a3a72e-5f79-4c64-b1b1-878b674786c9",
             "createdDateTime":"2021-02-15T16:39:38Z","principalDisplayName":"CRM Sync","principalId":"%s",
             "principalType":"ServicePrincipal","resourceDisplayName":"Microsoft Graph",
             "resourceId":"8fce32da-1246-437b-99cd-76d1d4677bd5"}]}
            """.formatted(PRINCIPAL, APP_ID, TENANT, OBJECT, APP_ID, PRINCIPAL);

    /** A secret on the registration, which the log names by its object id alone. */
    private static final String SECRET = """
            {"time":"2026-02-27T10:00:00.1234567Z","operationName":"Update application – Certificates and secrets management ",
            "category":"AuditLogs","tenantId":"%1$s","correlationId":"5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e09",
            "callerIpAddress":"198.51.100.7","properties":{"id":"Directory_5d0a3f31_ABCDE_1",
            "activityDisplayName":"Update application – Certificates and secrets management ",
            "activityDateTime":"2026-02-27T10:00:00.1234567+00:00","correlationId":"5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e09",
            "result":"success","initiatedBy":{"user":{"id":"e4c722ac-3b83-478d-8f52-c388885dc30f",
            "userPrincipalName":"admin@contoso.com","ipAddress":"198.51.100.7"}},"targetResources":[{"id":"%2$s",
            "displayName":"CRM Sync","type":"Application","modifiedProperties":[{"displayName":"KeyDescription","oldValue":"[]",
            "newValue":"[\\"[KeyIdentifier=59eaeebc-8a6b-44a6-9f24-7d55e64420c9,KeyType=Password,KeyUsage=Verify,DisplayName=s]\\"]"}]}],
            "additionalDetails":[]}}""".formatted(TENANT, OBJECT);

    @TempDir
    private Path folder;

    private final BrokerUnderTest broker = new BrokerUnderTest();
    private Path export;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void startBroker() throws IOException {
        broker.start();
        export = Files.writeString(folder.resolve("export.json"), EXPORT);
        environment.put("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL", "mock://inventory");
        environment.put("ROLECALL_STATE_DIR", folder.resolve("state").toString());
        environment.put("ROLECALL_HTTP_PORT", "0");
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void what_was_imported_makes_a_later_secret_an_alert_and_what_is_no_fact_goes_to_the_quarantine() throws Exception {
        // Given
        createTopics();
        Configuration configuration = configuration();
        CommandLineRun imported = CommandLineRun.of(environment, "inventory", "import", export.toString());
        produce("rolecall.inventory", "anything");

        // When
        try (DetectorService service = DetectorService.start(
                configuration,
                Catalogue.shipped(),
                PolicyFile.load("defaults", "", Catalogue.shipped().parameters())
                        .policy(),
                Clock.systemUTC())) {
            assertThat(service.awaitRunning(LONG)).isTrue();
            produce("entra.audit-logs", SECRET);
            await().atMost(LONG)
                    .until(() -> !records("rolecall.alerts").isEmpty()
                            && !records("rolecall.quarantine").isEmpty());
        }

        // Then
        assertThat(imported.exitCode()).isZero();
        assertThat(imported.err())
                .contains("Wrote to rolecall.inventory: 1 applications, 2 service principals, 1 app role assignments,"
                        + " 0 delegated permission grants.");
        Alert alert = value(Alert.class, records("rolecall.alerts").get(0));
        assertThat(alert.getDetection()).isEqualTo("credential-on-privileged-app");
        assertThat(alert.getApplication().orElseThrow().getAppId()).hasValue(APP_ID);
        assertThat(alert.getPermissions()).extracting("value").containsExactly("Mail.ReadWrite");
        assertThat(records("rolecall.quarantine")).singleElement().satisfies(record -> assertThat(record.key())
                .isEqualTo("rolecall.inventory/0/4/0"));
    }

    @Test
    void each_object_of_the_tenant_is_one_key_however_often_it_is_imported() {
        // Given
        createTopics();
        CommandLineRun.of(environment, "inventory", "import", export.toString());

        // When
        CommandLineRun again = CommandLineRun.of(environment, "inventory", "import", export.toString());

        // Then
        assertThat(again.exitCode()).isZero();
        List<ConsumerRecord<String, byte[]>> records = records("rolecall.inventory");
        assertThat(records).hasSize(8);
        assertThat(records.stream().map(ConsumerRecord::key).distinct())
                .hasSize(4)
                .contains(TENANT + "/" + OBJECT, TENANT + "/nNEokKkmCUiOPyD_c-LXXrlZnyWBJKxEsfTkSHW8L7A");
        assertThat(records)
                .allSatisfy(record ->
                        assertThat(value(AppEvent.class, record).getSource()).isEqualTo("inventory"));
    }

    @Test
    void a_missing_topic_is_told_with_the_command_that_creates_it() {
        // Given no topics

        // When
        CommandLineRun run = CommandLineRun.of(environment, "inventory", "import", export.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .contains("the topic is missing: rolecall.inventory")
                .contains("rolecall topics create")
                .doesNotContain("\tat ");
    }

    private Configuration configuration() {
        return ConfigFile.read(environment);
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicCreation(admin, DeploymentPlan.of(configuration(), 1, OptionalInt.empty())).run(false);
        }
    }

    private void produce(String topic, String value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "any key", value)).get();
        }
    }

    /** Every committed record of a topic. */
    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                ClientProperties.consumer(configuration()), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private <T extends org.apache.avro.specific.SpecificRecord> T value(
            Class<T> type, ConsumerRecord<String, byte[]> record) {
        try (Serde<T> serde =
                Registry.open(ClientProperties.registry(configuration())).serde(type)) {
            return serde.deserializer().deserialize(record.topic(), record.value());
        }
    }
}
