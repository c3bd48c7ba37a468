package io.rolecall.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Settings from environment variables: {@code ROLECALL_} and the path in upper case, every other character as {@code _}. Inside
 * the sections that are passed through, {@code _} reads as a dot.
 */
final class Environment {

    private static final String PREFIX = "ROLECALL_";

    /** What the launcher reads, not the configuration. */
    private static final Set<String> LAUNCHER = Set.of("ROLECALL_JAVA_OPTS", "ROLECALL_HOME");

    /** What Kubernetes sets in every pod when a service is named rolecall: no setting, and no mistake of anybody. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("ROLECALL_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT|PORT_[0-9]+_(TCP|UDP)(_[A-Z]+)?)");

    /** Paths of the settings that are set, section first. */
    private final Map<String, Map<String, String>> values;

    private Environment(Map<String, Map<String, String>> values) {
        this.values = values;
    }

    static Environment of(Map<String, String> environment, Problems problems) {
        Map<String, String[]> known = known();
        Map<String, Map<String, String>> values = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(PREFIX)
                    || LAUNCHER.contains(variable)
                    || SERVICE_LINK.matcher(variable).matches()) {
                return;
            }
            Optional<String[]> path = Optional.ofNullable(known.get(variable)).or(() -> passedThrough(variable));
            if (path.isPresent()) {
                values.computeIfAbsent(path.get()[0], section -> new TreeMap<>())
                        .put(path.get()[1], value);
            } else {
                problems.add(new Problem(
                        "environment",
                        0,
                        variable,
                        "unknown variable; " + Nearest.hint(variable, new TreeSet<>(known.keySet()))));
            }
        });
        return new Environment(values);
    }

    /** The document with the values of the environment over it; a document that is no mapping is left as it is. */
    Located over(Located root) {
        if (!(root instanceof Located.Mapping mapping) || values.isEmpty()) {
            return root;
        }
        Map<String, Located> entries = new LinkedHashMap<>(mapping.entries());
        values.forEach((section, settings) -> {
            if (section.isEmpty()) {
                settings.forEach((key, value) -> entries.put(key, scalar(value)));
            } else {
                Map<String, Located> inner = entries.get(section) instanceof Located.Mapping below
                        ? new LinkedHashMap<>(below.entries())
                        : new LinkedHashMap<>();
                settings.forEach((key, value) -> {
                    remove(inner, key);
                    inner.put(key, scalar(value));
                });
                Located there = entries.get(section);
                boolean replaceable = there == null || there instanceof Located.Mapping || isNull(there);
                if (replaceable) {
                    entries.put(section, new Located.Mapping(0, inner));
                }
            }
        });
        return new Located.Mapping(mapping.line(), entries);
    }

    /** Removes a dotted key that the file gives nested. */
    private static void remove(Map<String, Located> entries, String dotted) {
        entries.remove(dotted);
        int dot = dotted.indexOf('.');
        while (dot > 0) {
            String head = dotted.substring(0, dot);
            if (entries.get(head) instanceof Located.Mapping below) {
                Map<String, Located> inner = new LinkedHashMap<>(below.entries());
                remove(inner, dotted.substring(dot + 1));
                entries.put(head, new Located.Mapping(below.line(), inner));
            }
            dot = dotted.indexOf('.', dot + 1);
        }
    }

    private static boolean isNull(Located value) {
        return value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NULL;
    }

    /** Numbers keep their type, so that a port from the environment reads like one from the file. */
    private static Located.Scalar scalar(String value) {
        String text = value.strip();
        return new Located.Scalar(0, text.matches("-?[0-9]+") ? Located.Kind.NUMBER : Located.Kind.TEXT, text);
    }

    private static Optional<String[]> passedThrough(String variable) {
        for (String section : ConfigFile.PASSED_THROUGH) {
            String prefix = variable(section) + "_";
            if (variable.startsWith(prefix) && variable.length() > prefix.length()) {
                String key = variable.substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                return Optional.of(new String[] {section, key});
            }
        }
        return Optional.empty();
    }

    /** Section and key by variable; the section of a setting at the root is empty. */
    private static Map<String, String[]> known() {
        Map<String, String[]> known = new TreeMap<>();
        ConfigFile.SETTINGS.forEach(key -> known.put(variable(key), new String[] {"", key}));
        ConfigFile.TOPICS.forEach(key -> known.put(variable("topics." + key), new String[] {"topics", key}));
        ConfigFile.INCIDENTS.forEach(key -> known.put(variable("incidents." + key), new String[] {"incidents", key}));
        ConfigFile.HTTP.forEach(key -> known.put(variable("http." + key), new String[] {"http", key}));
        return known;
    }

    private static String variable(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
