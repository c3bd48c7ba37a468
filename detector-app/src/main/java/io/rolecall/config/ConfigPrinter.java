package io.rolecall.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes the effective configuration as a file that reads back to the same, except that secrets are redacted. Each value has a
 * comment that tells where it comes from.
 */
public final class ConfigPrinter {

    /** What YAML reads as a text without quotes, whatever its version. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9._/-]*|[0-9]+[dhms]");

    private static final Set<String> OTHER_THAN_TEXT =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final Origins origins;
    private final StringBuilder yaml = new StringBuilder();

    private ConfigPrinter(Origins origins) {
        this.origins = origins;
    }

    /** The configuration as YAML. */
    public static String print(ConfigFile.Loaded loaded) {
        ConfigPrinter printer = new ConfigPrinter(loaded.origins());
        printer.write(loaded.configuration());
        return printer.yaml.toString();
    }

    private void write(Configuration configuration) {
        DetectorConfig detector = configuration.detector();
        text("", "application-id", detector.applicationId());
        text("", "state-dir", configuration.stateDir().toString());
        text("", "tenant-id", detector.tenantId());
        text("", "lateness", Durations.text(detector.lateness()));
        text("", "max-future", Durations.text(detector.maxFuture()));
        text("", "borrow-within", Durations.text(detector.borrowWithin()));
        text("", "resolve-within", Durations.text(detector.resolveWithin()));
        text("", "revision-interval", Durations.text(detector.revisionInterval()));
        text("", "idle-after", Durations.text(detector.idleAfter()));
        text("", "hold-at-most", Durations.text(detector.holdAtMost()));
        text("", "evidence-interval", Durations.text(detector.evidenceInterval()));
        yaml.append("incidents:\n");
        text("incidents", "settle", Durations.text(detector.incidents().settle()));
        text(
                "incidents",
                "settle-unconfirmed",
                Durations.text(detector.incidents().settleUnconfirmed()));
        topics(detector.topics());
        configuration.sections().forEach(this::section);
        yaml.append("http:\n");
        text("http", "bind", configuration.http().bind());
        line("http", "port", Integer.toString(configuration.http().port()));
        line("http", "probe-port", Integer.toString(configuration.http().probePort()));
    }

    private void topics(Topics topics) {
        yaml.append("topics:\n");
        text("topics", "entra-audit", topics.entraAudit());
        text("topics", "entra-sign-in", topics.entraSignIn());
        text("topics", "azure-activity", topics.azureActivity());
        text("topics", "m365-audit", topics.m365Audit());
        text("topics", "networks", topics.networks());
        text("topics", "app-events", topics.appEvents());
        text("topics", "alerts", topics.alerts());
        text("topics", "alerts-ocsf", topics.alertsOcsf());
        text("topics", "quarantine", topics.quarantine());
        text("topics", "inventory", topics.inventory());
        text("topics", "incidents", topics.incidents());
        text("topics", "incidents-ocsf", topics.incidentsOcsf());
    }

    private void section(String name, Map<String, String> properties) {
        if (properties.isEmpty()) {
            yaml.append(name).append(": {}\n");
            return;
        }
        yaml.append(name).append(":\n");
        new TreeMap<>(Secrets.redacted(properties)).forEach((key, value) -> text(name, key, value));
    }

    private void text(String section, String key, String value) {
        line(section, key, quoted(value));
    }

    private void line(String section, String key, String value) {
        String path = section.isEmpty() ? key : section + "." + key;
        yaml.append(section.isEmpty() ? "" : "  ")
                .append(quoted(key))
                .append(": ")
                .append(value)
                .append("  # ")
                .append(origins.of(path))
                .append('\n');
    }

    private static String quoted(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !OTHER_THAN_TEXT.contains(text.toLowerCase(java.util.Locale.ROOT));
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (Character.isISOControl(point) || point == 0xFEFF || point == 0x2028 || point == 0x2029) {
                        quoted.append("\\u%04x".formatted(point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
