package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.rolecall.config.ConfigurationException;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registry that serves TLS only. Whether it asks for a client's certificate is fixed when Apicurio is built, so that part is
 * tried on the JDK's own server.
 */
class RegistryTlsTest {

    private static final Map<String, Schema> WRITTEN = Map.of("org.networks", OrgNetwork.getClassSchema());

    @TempDir
    static Path directory;

    private static TestCertificates serverCertificate;
    private static TestCertificates clientCertificate;
    private static RegistryProcess server;

    @BeforeAll
    static void startServer() throws IOException, GeneralSecurityException {
        serverCertificate = TestCertificates.make(directory, "server");
        clientCertificate = TestCertificates.make(directory, "client");
        server = RegistryProcess.start(List.of(
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.http.ssl-port=0",
                "-Dquarkus.http.ssl.certificate.key-store-file=" + serverCertificate.keys("PKCS12"),
                "-Dquarkus.http.ssl.certificate.key-store-password=" + TestCertificates.PASSWORD));
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private static Map<String, String> plain() {
        return new TreeMap<>(Map.of("schema.registry.url", server.url(), "max.retries", "0"));
    }

    private static Map<String, String> trusting(String type) {
        Map<String, String> properties = plain();
        properties.put("schema.registry.ssl.truststore.type", type);
        properties.put(
                "schema.registry.ssl.truststore.location",
                serverCertificate.trusted(type).toString());
        if (!type.equals("PEM")) {
            properties.put("schema.registry.ssl.truststore.password", TestCertificates.PASSWORD);
        }
        return properties;
    }

    private static Map<String, String> withKeys(String type) {
        Map<String, String> properties = trusting(type);
        properties.put("schema.registry.ssl.keystore.type", type);
        properties.put(
                "schema.registry.ssl.keystore.location",
                clientCertificate.keys(type).toString());
        if (!type.equals("PEM")) {
            properties.put("schema.registry.ssl.keystore.password", TestCertificates.PASSWORD);
            properties.put("schema.registry.ssl.key.password", TestCertificates.PASSWORD);
        }
        return properties;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM"})
    void stores_of_every_type_open_the_way(String type) {
        // Given
        Registry registry = Registry.open(trusting(type));

        // When
        registry.prepare(WRITTEN);

        // Then
        OrgNetwork network =
                OrgNetwork.newBuilder().setCidr("::1/128").setLabel("self").build();
        byte[] bytes = registry.serde(OrgNetwork.class).serializer().serialize("org.networks", network);
        assertThat(Registry.open(trusting(type))
                        .serde(OrgNetwork.class)
                        .deserializer()
                        .deserialize("org.networks", bytes))
                .isEqualTo(network);
    }

    @Test
    void a_certificate_that_is_not_trusted_is_said_with_the_key_to_set() {
        // Given
        Registry registry = Registry.open(plain());

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(WRITTEN));

        // Then
        assertThat(thrown)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(server.url())
                .hasMessageContaining("TLS fails")
                .hasMessageContaining("schema.registry.ssl.truststore.location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM"})
    void a_server_that_asks_for_a_certificate_gets_ours(String type) throws IOException, GeneralSecurityException {
        try (AskingServer asking = new AskingServer()) {
            // Given
            Map<String, String> properties = withKeys(type);
            properties.put("schema.registry.url", asking.url());

            // When
            Registry.open(properties).prepare(WRITTEN);

            // Then
            assertThat(asking.clients).containsExactly("CN=client");
        }
    }

    @Test
    void without_a_certificate_such_a_server_does_not_serve_us() throws IOException, GeneralSecurityException {
        try (AskingServer asking = new AskingServer()) {
            // Given
            Map<String, String> properties = trusting("PKCS12");
            properties.put("schema.registry.url", asking.url());

            // When
            Throwable thrown = catchThrowable(() -> Registry.open(properties).prepare(WRITTEN));

            // Then
            assertThat(thrown).isInstanceOf(RegistryUnavailableException.class).hasMessageContaining(asking.url());
            assertThat(asking.clients).isEmpty();
        }
    }

    @Test
    void a_wrong_store_password_is_an_error_of_the_configuration_and_not_shown() {
        // Given
        Map<String, String> properties = trusting("PKCS12");
        properties.put("schema.registry.ssl.truststore.password", "n0t-it");

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(properties));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry.schema.registry.ssl")
                .hasMessageContaining("server-trusted.PKCS12")
                .hasMessageNotContaining("n0t-it");
    }

    /** Serves only clients whose certificate it trusts, and remembers their names. */
    private static final class AskingServer implements AutoCloseable {

        private final HttpsServer https;
        private final List<String> clients = new CopyOnWriteArrayList<>();

        AskingServer() throws IOException, GeneralSecurityException {
            char[] password = TestCertificates.PASSWORD.toCharArray();
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(serverCertificate.keys("PKCS12").toFile(), password), password);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(
                    KeyStore.getInstance(clientCertificate.trusted("PKCS12").toFile(), password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                    ssl.setNeedClientAuth(true);
                    parameters.setSSLParameters(ssl);
                }
            });
            https.createContext("/", exchange -> {
                SSLSession session = ((HttpsExchange) exchange).getSSLSession();
                clients.add(session.getPeerPrincipal().getName());
                byte[] id = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, id.length);
                exchange.getResponseBody().write(id);
                exchange.close();
            });
            https.start();
        }

        String url() {
            return "https://127.0.0.1:" + https.getAddress().getPort();
        }

        @Override
        public void close() {
            https.stop(0);
        }
    }
}
