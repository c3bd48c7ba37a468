package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS towards the registry from {@code schema.registry.ssl.*}, whose names and meaning are those of Kafka's own {@code ssl.*}:
 * stores of type PEM, PKCS12 and JKS. Kafka reads them, as it does in Confluent's client.
 */
final class RegistryTls {

    /** Prefix of the keys, before Kafka's names. */
    static final String PREFIX = "schema.registry.";

    private static final String HOST_CHECK = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;

    private RegistryTls() {}

    /**
     * Of these stores.
     *
     * @param ssl Kafka's {@code ssl.*} properties, not empty
     * @throws ConfigurationException when a store cannot be read
     */
    static SSLContext context(Map<String, String> ssl) {
        if (ssl.containsKey(HOST_CHECK) && !"https".equalsIgnoreCase(ssl.get(HOST_CHECK))) {
            throw RegistryProperties.wrong(
                    PREFIX + HOST_CHECK,
                    "the name in the registry's certificate is always checked; use a certificate for the name in the URL");
        }
        ConfigDef keys = new ConfigDef();
        SslConfigs.addClientSslSupport(keys);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(keys, ssl, false).values());
            return factory.sslContext();
        } catch (ConfigException e) {
            throw RegistryProperties.wrong(PREFIX + "ssl.*", String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw RegistryProperties.wrong(PREFIX + "ssl.*", reasons(e));
        }
    }

    /** Kafka wraps what went wrong with a store twice; none of the texts holds a password. */
    private static String reasons(Throwable error) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable at = error; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (!last.contains(message)) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
                last = message;
            }
        }
        return text.toString();
    }
}
