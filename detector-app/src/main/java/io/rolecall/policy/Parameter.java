package io.rolecall.policy;

import java.time.Duration;
import java.util.List;

/**
 * A parameter of a detection: what the policy file may set under {@code detections.<id>}.
 *
 * @param name key in the policy file, kebab case
 * @param type what values it takes
 * @param defaultValue value when the policy is silent: {@link Boolean}, {@link Integer}, {@link Duration}, {@link String} or a
 *     {@code List<String>}, according to the type
 * @param allowed allowed words for {@code WORD}, {@code WORDS} and {@code PERMISSION_SETS}; empty for the other types
 * @param min smallest number (or number of seconds of a duration), inclusive
 * @param max largest number (or number of seconds of a duration), inclusive
 * @param description one sentence with the unit
 */
public record Parameter(
        String name, Type type, Object defaultValue, List<String> allowed, long min, long max, String description) {

    /** Name of the parameter in every detection that takes permission sets. */
    public static final String PERMISSION_SETS = "permission-sets";

    /** What it was called when it was a single word: still read, as a list of one, with a notice. */
    static final String PERMISSION_SET = "permission-set";

    /** The types of parameters. */
    public enum Type {
        SWITCH,
        NUMBER,
        DURATION,
        WORD,
        WORDS,
        PERMISSION_SETS
    }

    public static Parameter flag(String name, boolean defaultValue, String description) {
        return new Parameter(name, Type.SWITCH, defaultValue, List.of(), 0, 1, description);
    }

    public static Parameter number(String name, int defaultValue, int min, int max, String description) {
        return new Parameter(name, Type.NUMBER, defaultValue, List.of(), min, max, description);
    }

    public static Parameter duration(
            String name, Duration defaultValue, Duration min, Duration max, String description) {
        return new Parameter(
                name, Type.DURATION, defaultValue, List.of(), min.toSeconds(), max.toSeconds(), description);
    }

    public static Parameter word(String name, String defaultValue, List<String> allowed, String description) {
        return new Parameter(name, Type.WORD, defaultValue, List.copyOf(allowed), 0, 0, description);
    }

    public static Parameter words(String name, List<String> defaultValue, List<String> allowed, String description) {
        return new Parameter(name, Type.WORDS, List.copyOf(defaultValue), List.copyOf(allowed), 0, 0, description);
    }

    /** The parameter {@value #PERMISSION_SETS}: a list of names of permission sets, at least one. */
    public static Parameter permissionSets(List<String> defaultValue, String description) {
        return new Parameter(
                PERMISSION_SETS, Type.PERMISSION_SETS, List.copyOf(defaultValue), ShippedSets.NAMES, 0, 0, description);
    }
}
