package io.rolecall.policy;

import io.rolecall.config.Fields;
import io.rolecall.config.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the section {@code detections} of the policy file over the defaults of the catalogue. */
final class DetectionsReader {

    /** Keys that every detection takes beside its own parameters. */
    static final List<String> COMMON = List.of("enabled", "severity");

    static final List<String> SEVERITIES = List.of("informational", "low", "medium", "high", "critical");

    private final Map<String, List<Param<?>>> catalogue;

    DetectionsReader(Map<String, List<Param<?>>> catalogue) {
        this.catalogue = catalogue;
    }

    /** Settings of every detection of the catalogue. */
    Map<String, Settings> read(Optional<Fields> section) {
        section.ifPresent(fields -> fields.known(catalogue.keySet()));
        Map<String, Settings> settings = new TreeMap<>();
        catalogue.forEach((id, parameters) ->
                settings.put(id, settings(section.flatMap(fields -> fields.fields(id)), parameters)));
        return settings;
    }

    private static Settings settings(Optional<Fields> given, List<Param<?>> parameters) {
        List<String> known = new ArrayList<>(COMMON);
        parameters.forEach(parameter -> known.add(parameter.name()));
        if (parameters.stream().anyMatch(parameter -> parameter.type() == Param.Type.PERMISSION_SETS)) {
            known.add(Param.PERMISSION_SET);
        }
        given.ifPresent(fields -> fields.known(known));
        Map<String, Object> values = new TreeMap<>();
        for (Param<?> parameter : parameters) {
            Object value =
                    given.<Object>flatMap(fields -> value(fields, parameter)).orElse(parameter.defaultValue());
            values.put(parameter.name(), value instanceof List<?> words ? ordered(words, parameter) : value);
        }
        boolean enabled = given.flatMap(fields -> fields.flag("enabled")).orElse(true);
        Optional<Severity> severity =
                given.flatMap(fields -> fields.word("severity", SEVERITIES)).map(Severity::ofLabel);
        return new Settings(enabled, severity, values);
    }

    private static Optional<?> value(Fields fields, Param<?> parameter) {
        String name = parameter.name();
        return switch (parameter.type()) {
            case SWITCH -> fields.flag(name);
            case NUMBER -> fields.number(name, parameter.min(), parameter.max());
            case DURATION ->
                fields.duration(name, Duration.ofSeconds(parameter.min()), Duration.ofSeconds(parameter.max()));
            case WORD -> parameter.allowed().isEmpty() ? fields.text(name) : fields.word(name, parameter.allowed());
            case WORDS -> fields.texts(name).filter(words -> allowed(fields, parameter, words));
            case NAMES_OR_IDS ->
                fields.texts(name)
                        .map(words -> words.stream()
                                .map(word -> nameOrId(parameter, word))
                                .toList())
                        .filter(words -> allowed(fields, parameter, words));
            case PERMISSION_SETS -> permissionSets(fields, parameter);
        };
    }

    private static Optional<List<String>> permissionSets(Fields fields, Param<?> parameter) {
        boolean former = fields.keys().contains(Param.PERMISSION_SET);
        if (former && fields.keys().contains(parameter.name())) {
            fields.error(
                    Param.PERMISSION_SET,
                    "is the former name of " + parameter.name() + "; only one of the two may be given");
            return Optional.empty();
        }
        if (former) {
            Optional<String> set = fields.word(Param.PERMISSION_SET, parameter.allowed());
            set.ifPresent(name -> fields.warning(
                    Param.PERMISSION_SET,
                    "is the former name of " + parameter.name() + ", and read as " + parameter.name() + ": [" + name
                            + "]"));
            return set.map(List::of);
        }
        return fields.texts(parameter.name()).filter(words -> allowed(fields, parameter, words));
    }

    private static boolean allowed(Fields fields, Param<?> parameter, List<String> words) {
        if (parameter.allowed().isEmpty()) {
            return true;
        }
        if (words.isEmpty()) {
            fields.error(parameter.name(), "must name at least one of: " + String.join(", ", parameter.allowed()));
            return false;
        }
        boolean ids = parameter.type() == Param.Type.NAMES_OR_IDS;
        List<String> unknown = words.stream()
                .filter(word -> !parameter.allowed().contains(word) && !(ids && Guids.isGuid(word)))
                .toList();
        unknown.forEach(word -> fields.error(
                parameter.name(),
                "'" + word + "' is not allowed; " + Nearest.hint(word, parameter.allowed())
                        + (ids ? "; an id is taken too" : "")));
        return unknown.isEmpty();
    }

    /** Names as they are published, ids in lower case, so that one thing in two spellings is one. */
    private static String nameOrId(Param<?> parameter, String word) {
        return parameter.allowed().stream()
                .filter(word::equalsIgnoreCase)
                .findFirst()
                .orElse(Guids.isGuid(word) ? word.toLowerCase(Locale.ROOT) : word);
    }

    /** Words are a set: without duplicates, in the order of the allowed ones or else of the alphabet. */
    private static List<String> ordered(List<?> words, Param<?> parameter) {
        TreeSet<String> distinct = new TreeSet<>(
                Comparator.comparingInt((String word) -> parameter.allowed().indexOf(word))
                        .thenComparing(Comparator.naturalOrder()));
        words.forEach(word -> distinct.add((String) word));
        return List.copyOf(distinct);
    }
}
