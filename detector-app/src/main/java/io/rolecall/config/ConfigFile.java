package io.rolecall.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the configuration file and the environment over it (contract section 7). Every key has a default. */
public final class ConfigFile {

    /** Sections whose keys are passed through to a client. */
    static final List<String> PASSED_THROUGH = List.of("kafka", "streams", "consumer", "producer", "registry");

    static final List<String> SETTINGS = List.of(
            "application-id",
            "state-dir",
            "tenant-id",
            "lateness",
            "max-future",
            "borrow-within",
            "resolve-within",
            "revision-interval",
            "idle-after",
            "hold-at-most",
            "evidence-interval");

    static final List<String> INCIDENTS = List.of("settle", "settle-unconfirmed");

    static final List<String> TOPICS = List.of(
            "entra-audit",
            "entra-sign-in",
            "azure-activity",
            "m365-audit",
            "networks",
            "app-events",
            "alerts",
            "alerts-ocsf",
            "quarantine",
            "inventory",
            "incidents",
            "incidents-ocsf");

    static final List<String> HTTP = List.of("bind", "port", "probe-port");

    private final Problems problems;
    private final Secrets secrets;

    private ConfigFile(Problems problems, Secrets secrets) {
        this.problems = problems;
        this.secrets = secrets;
    }

    /**
     * A configuration and what is known about it.
     *
     * @param configuration the configuration
     * @param origins where its settings come from
     * @param warnings what is odd without being wrong, in the order of the file
     */
    public record Loaded(Configuration configuration, Origins origins, List<Problem> warnings) {}

    /** The configuration of no file and an environment. */
    public static Configuration read(Map<String, String> environment) {
        return load(environment).configuration();
    }

    /** The configuration of no file and an environment, with where each setting comes from. */
    public static Loaded load(Map<String, String> environment) {
        return load("environment", "", environment);
    }

    /**
     * Reads a file.
     *
     * @param environment environment variables; those named {@code ROLECALL_...} win over the file
     * @throws ConfigurationException with everything that is wrong, also when the file cannot be read
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        return load(file, environment).configuration();
    }

    /**
     * Reads a file, and tells where each setting comes from and what is odd.
     *
     * @param environment environment variables; those named {@code ROLECALL_...} win over the file
     * @throws ConfigurationException with everything that is wrong, also when the file cannot be read
     */
    public static Loaded load(Path file, Map<String, String> environment) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Loaded loaded = load(file.toString(), text, environment);
            List<Problem> warnings = PlainSecrets.in(file, loaded.configuration(), loaded.origins());
            return new Loaded(loaded.configuration(), loaded.origins(), warnings);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name name of the file in messages
     * @throws ConfigurationException with everything that is wrong
     */
    public static Configuration read(String name, String text, Map<String, String> environment) {
        return load(name, text, environment).configuration();
    }

    private static Loaded load(String name, String text, Map<String, String> environment) {
        Problems problems = new Problems(name);
        Located file = LocatedReader.yaml(text, problems).orElseGet(() -> new Located.Mapping(1, Map.of()));
        Located root = Environment.of(environment, problems).over(file);
        ConfigFile reader = new ConfigFile(problems, Secrets.of(environment));
        Optional<Configuration> configuration = Fields.of(root, "", problems).map(reader::configuration);
        problems.throwIfAny();
        return new Loaded(
                configuration.orElseThrow(() -> new IllegalStateException("No mapping and no problem: " + name)),
                Origins.of(root),
                List.of());
    }

    private Configuration configuration(Fields root) {
        List<String> known = new ArrayList<>(SETTINGS);
        known.addAll(PASSED_THROUGH);
        known.addAll(List.of("incidents", "topics", "http"));
        root.known(known);
        DetectorConfig defaults = DetectorConfig.DEFAULT;
        DetectorConfig detector = new DetectorConfig(
                root.text("application-id").filter(id -> validName(root, id)).orElse(defaults.applicationId()),
                root.text("tenant-id").orElse(defaults.tenantId()),
                duration(root, "lateness", Duration.ofMinutes(1), Duration.ofDays(365), defaults.lateness()),
                defaults.boundedLateness(),
                duration(root, "max-future", Duration.ZERO, Duration.ofDays(7), defaults.maxFuture()),
                // Sightings are kept in slots of ten minutes: nothing shorter can be asked of them.
                duration(root, "borrow-within", Duration.ofMinutes(10), Duration.ofDays(1), defaults.borrowWithin()),
                duration(root, "resolve-within", Duration.ofSeconds(1), Duration.ofHours(1), defaults.resolveWithin()),
                duration(root, "revision-interval", Duration.ZERO, Duration.ofHours(1), defaults.revisionInterval()),
                duration(root, "idle-after", Duration.ofSeconds(10), Duration.ofDays(30), defaults.idleAfter()),
                duration(root, "hold-at-most", Duration.ofDays(1), Duration.ofDays(3650), defaults.holdAtMost()),
                duration(root, "evidence-interval", Duration.ZERO, Duration.ofHours(1), defaults.evidenceInterval()),
                incidents(root.fields("incidents"), defaults.incidents()),
                topics(root.fields("topics")));
        return new Configuration(
                detector,
                Path.of(root.text("state-dir").orElse("rolecall-state")),
                passedThrough(root, "kafka"),
                passedThrough(root, "streams"),
                passedThrough(root, "consumer"),
                passedThrough(root, "producer"),
                passedThrough(root, "registry"),
                http(root.fields("http")),
                secrets);
    }

    private static DetectorConfig.Incidents incidents(Optional<Fields> section, DetectorConfig.Incidents otherwise) {
        section.ifPresent(fields -> fields.known(INCIDENTS));
        Duration settle = section.flatMap(fields -> fields.duration("settle", Duration.ZERO, Duration.ofHours(1)))
                .orElse(otherwise.settle());
        Optional<Duration> unconfirmed =
                section.flatMap(fields -> fields.duration("settle-unconfirmed", Duration.ZERO, Duration.ofDays(1)));
        if (unconfirmed.filter(time -> time.compareTo(settle) < 0).isPresent()) {
            section.ifPresent(fields -> fields.error(
                    "settle-unconfirmed",
                    "shorter than incidents.settle (" + Durations.text(settle)
                            + "); allowed: that or longer, at most 1d"));
        }
        Duration longer = otherwise.settleUnconfirmed().compareTo(settle) < 0 ? settle : otherwise.settleUnconfirmed();
        return new DetectorConfig.Incidents(settle, unconfirmed.orElse(longer));
    }

    private static Duration duration(Fields root, String key, Duration min, Duration max, Duration otherwise) {
        return root.duration(key, min, max).orElse(otherwise);
    }

    private static boolean validName(Fields root, String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,200}")) {
            root.error("application-id", "'" + id + "' is not allowed; allowed: letters, digits and . _ -");
            return false;
        }
        return true;
    }

    private static Topics topics(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(TOPICS));
        Topics names = Topics.DEFAULT;
        return new Topics(
                topic(section, "entra-audit", names.entraAudit()),
                topic(section, "entra-sign-in", names.entraSignIn()),
                topic(section, "azure-activity", names.azureActivity()),
                topic(section, "m365-audit", names.m365Audit()),
                topic(section, "networks", names.networks()),
                topic(section, "app-events", names.appEvents()),
                topic(section, "alerts", names.alerts()),
                topic(section, "alerts-ocsf", names.alertsOcsf()),
                topic(section, "quarantine", names.quarantine()),
                topic(section, "inventory", names.inventory()),
                topic(section, "incidents", names.incidents()),
                topic(section, "incidents-ocsf", names.incidentsOcsf()));
    }

    private static String topic(Optional<Fields> section, String key, String otherwise) {
        return section.flatMap(fields -> fields.text(key).filter(name -> {
                    boolean valid = name.matches("[A-Za-z0-9._-]{1,249}") && !name.matches("\\.{1,2}");
                    if (!valid) {
                        fields.error(key, "'" + name + "' is no name of a topic; allowed: letters, digits and . _ -");
                    }
                    return valid;
                }))
                .orElse(otherwise);
    }

    private static Configuration.Http http(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(HTTP));
        int port = section.flatMap(fields -> fields.number("port", 0, 65_535)).orElse(8080);
        Optional<Integer> probePort = section.flatMap(fields -> fields.number("probe-port", 0, 65_535));
        if (port != 0 && probePort.filter(other -> other == port).isPresent()) {
            section.ifPresent(fields -> fields.error(
                    "probe-port", port + " is http.port already; allowed: another port, or 0 for any that is free"));
        }
        return new Configuration.Http(
                section.flatMap(fields -> fields.text("bind")).orElse("127.0.0.1"),
                port,
                probePort.orElseGet(() -> Configuration.Http.probePortBeside(port)));
    }

    private Map<String, String> passedThrough(Fields root, String section) {
        Map<String, String> properties = new TreeMap<>();
        root.fields(section).ifPresent(fields -> flatten(fields, "", properties));
        return properties;
    }

    /** Nested keys are joined with dots, lists with commas, as Kafka writes them. */
    private void flatten(Fields fields, String prefix, Map<String, String> properties) {
        for (String key : fields.keys()) {
            String name = prefix + key;
            Optional<Located> value = fields.get(key);
            if (value.isEmpty()) {
                continue;
            }
            if (value.get() instanceof Located.Mapping mapping) {
                flatten(new Fields(mapping, fields.pathOf(key), problems), name + ".", properties);
                continue;
            }
            Optional<String> text = value.get() instanceof Located.Scalar scalar
                    ? Optional.of(scalar.text())
                    : fields.texts(key).map(items -> String.join(",", items));
            if (text.isPresent() && properties.putIfAbsent(name, text.get()) != null) {
                fields.error(key, "'" + name + "' is given twice");
            }
        }
    }
}
