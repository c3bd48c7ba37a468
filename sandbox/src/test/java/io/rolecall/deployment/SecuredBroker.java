package io.rolecall.deployment;

import static org.awaitility.Awaitility.await;

import io.rolecall.config.Configuration;
import io.rolecall.sandbox.InJvmKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker with its authorizer on and two secured listeners, SCRAM without and with TLS. A third listener is the broker's own;
 * whoever comes in there may do everything, which is how the tests set things up.
 */
final class SecuredBroker implements AutoCloseable {

    static final String PASSWORD = "scram-pass-1";

    private final Path directory;
    private final InJvmKafka.Broker broker;
    private final Admin admin;

    private SecuredBroker(Path directory, InJvmKafka.Broker broker) {
        this.directory = directory;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    static SecuredBroker start(Path directory) throws IOException, InterruptedException {
        return start(directory, Map.of());
    }

    /** With further properties, which win. */
    static SecuredBroker start(Path directory, Map<String, String> more) throws IOException, InterruptedException {
        Path keyStore = directory.resolve("broker.p12");
        Keytool.makeStores(keyStore, directory.resolve("trust.p12"));
        Map<String, String> properties = new HashMap<>();
        properties.put("listeners", "INTERNAL://127.0.0.1:0,SCRAM://127.0.0.1:0,TLS://127.0.0.1:0");
        properties.put("listener.security.protocol.map", "INTERNAL:PLAINTEXT,SCRAM:SASL_PLAINTEXT,TLS:SASL_SSL");
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        for (String listener : List.of("scram", "tls")) {
            properties.put(
                    "listener.name." + listener + ".scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        properties.put("ssl.keystore.location", keyStore.toString());
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.password", Keytool.PASSWORD);
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:ANONYMOUS");
        properties.putAll(more);
        return new SecuredBroker(directory, InJvmKafka.start(directory.resolve("broker"), properties));
    }

    /** An admin client that may do everything. */
    Admin admin() {
        return admin;
    }

    /** Address of a listener. */
    String address(String listener) {
        return broker.address(listener);
    }

    /** Creates the topics of a configuration, each raw log with one partition. */
    void createTopics(Configuration configuration) {
        new TopicCreation(admin, DeploymentPlan.of(configuration, 1, OptionalInt.empty())).run(false);
    }

    /** Produces with every right. */
    void produce(String topic, String... records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            // What does not arrive shows in the alerts that are awaited.
            for (String record : records) {
                var unused = producer.send(new ProducerRecord<>(topic, record));
            }
            producer.flush();
        }
    }

    /** Where a topic ends, over all its partitions: how many records it has got, and marks of transactions. */
    long end(String topic) throws ExecutionException, InterruptedException {
        int partitions = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
        long end = 0;
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition one = new TopicPartition(topic, partition);
            end += admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                    .partitionResult(one)
                    .get()
                    .offset();
        }
        return end;
    }

    /** The section {@code kafka} of a user over SCRAM without TLS; the password stands in a file of its own. */
    String scramSection(String user) throws IOException {
        return section(broker.address("SCRAM"), "SASL_PLAINTEXT", user);
    }

    /** The section {@code kafka} of a user over SCRAM within TLS. */
    String tlsSection(String user) throws IOException {
        return section(broker.address("TLS"), "SASL_SSL", user)
                + """
                  ssl.truststore.type: PKCS12
                  ssl.truststore.location: %s
                  ssl.truststore.password: ${file:%s:truststore}
                """.formatted(directory.resolve("trust.p12"), secrets());
    }

    String section(String address, String protocol, String user) throws IOException {
        return """
                kafka:
                  bootstrap.servers: %s
                  security.protocol: %s
                  sasl.mechanism: SCRAM-SHA-512
                  sasl.jaas.config: >-
                    org.apache.kafka.common.security.scram.ScramLoginModule required
                    username="%s" password="${file:%s:password}";
                """.formatted(address, protocol, user, secrets());
    }

    private Path secrets() throws IOException {
        return Files.writeString(
                directory.resolve("secrets.properties"),
                "password=" + PASSWORD + "\ntruststore=" + Keytool.PASSWORD + "\n");
    }

    void addUser(String name) throws ExecutionException, InterruptedException {
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                .all()
                .get();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> admin.describeUserScramCredentials().users().get().contains(name));
    }

    void grant(String principal, List<AclBinding> rights) throws ExecutionException, InterruptedException {
        admin.createAcls(rights).all().get();
        AclBindingFilter own = new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(principal, null, AclOperation.ANY, AclPermissionType.ANY));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> admin.describeAcls(own).values().get().size() == rights.size());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        broker.close();
    }
}
