package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the built-in serde uses the registry.
 *
 * @param endpoints where it is, in order of preference; empty for {@code mock://}
 * @param autoRegister whether the program registers its schemas
 * @param useLatest whether values are written with the subject's latest schema
 * @param normalize whether the registry is asked to normalise schemas
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for a whole answer
 * @param retries how often all endpoints are tried again, at least 0
 * @param firstWait wait before the first retry, doubled for each that follows
 * @param longestWait longest wait before a retry
 * @param proxy HTTP proxy, if any
 * @param tls trusted certificates and the program's own, unless the JVM's defaults do
 */
record RegistrySettings(
        List<RegistryAddress> endpoints,
        boolean autoRegister,
        boolean useLatest,
        boolean normalize,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration firstWait,
        Duration longestWait,
        @Nullable InetSocketAddress proxy,
        @Nullable SSLContext tls) {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrySettings.class);

    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String NAMING = "value.subject.name.strategy";
    private static final String TOPIC_NAMES = "TopicNameStrategy";
    private static final int AN_HOUR = 3_600_000;

    /**
     * Reads the configuration section {@code registry}.
     *
     * @throws ConfigurationException when something is missing or wrong
     */
    static RegistrySettings of(Map<String, String> section) {
        RegistryProperties properties = new RegistryProperties(section);
        String urls = properties
                .text(RegistryAddress.URL)
                .orElseThrow(() -> RegistryProperties.wrong(RegistryAddress.URL, """
                no schema registry is configured; set registry.schema.registry.url in the configuration file or \
                ROLECALL_REGISTRY_SCHEMA_REGISTRY_URL in the environment, for example to http://localhost:8081, or to \
                mock://local, which keeps schemas in the process"""));
        boolean useLatest = properties.flag(USE_LATEST, false);
        boolean autoRegister = properties.flag(AUTO_REGISTER, !useLatest);
        if (useLatest && autoRegister) {
            throw RegistryProperties.wrong(
                    USE_LATEST, "needs " + AUTO_REGISTER + "=false: a version that is new would win");
        }
        properties
                .text(NAMING)
                .filter(strategy -> !strategy.endsWith(TOPIC_NAMES))
                .ifPresent(strategy -> {
                    throw RegistryProperties.wrong(
                            NAMING,
                            "the built-in serde knows " + TOPIC_NAMES + " only; serde.class takes another serde");
                });
        RegistrySettings settings = new RegistrySettings(
                urls.startsWith("mock:") ? mock(urls) : RegistryAddress.of(properties, urls),
                autoRegister,
                useLatest,
                properties.flag("normalize.schemas", false),
                Duration.ofMillis(properties.number("http.connect.timeout.ms", 5_000, 1, AN_HOUR)),
                Duration.ofMillis(properties.number("http.read.timeout.ms", 10_000, 1, AN_HOUR)),
                properties.number("max.retries", 3, 0, 1_000),
                Duration.ofMillis(properties.number("retries.wait.ms", 500, 0, AN_HOUR)),
                Duration.ofMillis(properties.number("retries.max.wait.ms", 20_000, 0, AN_HOUR)),
                proxy(properties),
                tls(properties));
        properties.text(ForeignSerdes.CLASS); // empty, or it would not have come to this
        properties.text(ForeignSerdes.SPECIFIC); // what the built-in serde does anyway
        warn(properties.unread());
        return settings;
    }

    /** Whether schemas stay in the process. */
    boolean isMock() {
        return endpoints.isEmpty();
    }

    private static List<RegistryAddress> mock(String urls) {
        if (!urls.matches("mock://[^,/]+")) {
            throw RegistryProperties.wrong(RegistryAddress.URL, "'" + urls + "' must be mock://SCOPE, alone");
        }
        return List.of();
    }

    private static @Nullable InetSocketAddress proxy(RegistryProperties properties) {
        Optional<String> host = properties.text("proxy.host");
        int port = properties.number("proxy.port", 0, 1, 65_535);
        if (host.isPresent() != port > 0) {
            throw RegistryProperties.wrong("proxy.host", "and proxy.port go together");
        }
        return host.map(name -> InetSocketAddress.createUnresolved(name, port)).orElse(null);
    }

    private static @Nullable SSLContext tls(RegistryProperties properties) {
        Map<String, String> ssl = new TreeMap<>();
        properties.below(RegistryTls.PREFIX + "ssl.").forEach((name, value) -> ssl.put("ssl." + name, value));
        return ssl.isEmpty() ? null : RegistryTls.context(ssl);
    }

    /** As Kafka's clients do: a warning, because the section may be shared with other programs. Names only, no values. */
    private static void warn(List<String> unread) {
        if (!unread.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("keys", unread)
                    .log("The built-in serde does not know these keys of the section registry, and does without them");
        }
    }
}
