package io.rolecall.policy;

import java.time.Duration;
import java.util.List;

/**
 * A parameter of a detection: what the policy file may set under {@code detections.<id>}, declared once and read typed.
 *
 * @param <T> type of its value: {@link Boolean}, {@link Integer}, {@link Duration}, {@link String} or a list of strings
 * @param name key in the policy file, kebab case
 * @param type what values it takes
 * @param defaultValue value when the policy is silent
 * @param allowed allowed words for {@code WORD}, {@code WORDS}, {@code NAMES_OR_IDS} and {@code PERMISSION_SETS}; empty for the other types
 * @param min smallest number (or number of seconds of a duration), inclusive
 * @param max largest number (or number of seconds of a duration), inclusive
 * @param description one sentence with the unit
 */
public record Param<T>(
        String name, Type type, T defaultValue, List<String> allowed, long min, long max, String description) {

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
        NAMES_OR_IDS,
        PERMISSION_SETS
    }

    public Param {
        allowed = List.copyOf(allowed);
    }

    /** A switch. */
    public static Param<Boolean> flag(String name, boolean defaultValue, String description) {
        return new Param<>(name, Type.SWITCH, defaultValue, List.of(), 0, 1, description);
    }

    /**
     * A whole number.
     *
     * @param min smallest, inclusive
     * @param max largest, inclusive
     */
    public static Param<Integer> number(String name, int defaultValue, int min, int max, String description) {
        return new Param<>(name, Type.NUMBER, defaultValue, List.of(), min, max, description);
    }

    /**
     * A length of time.
     *
     * @param min shortest, inclusive
     * @param max longest, inclusive
     */
    public static Param<Duration> duration(
            String name, Duration defaultValue, Duration min, Duration max, String description) {
        return new Param<>(name, Type.DURATION, defaultValue, List.of(), min.toSeconds(), max.toSeconds(), description);
    }

    /** One word; any when none are allowed by name. */
    public static Param<String> word(String name, String defaultValue, List<String> allowed, String description) {
        return new Param<>(name, Type.WORD, defaultValue, allowed, 0, 0, description);
    }

    /** A set of words, in the order of the allowed ones or else of the alphabet; any when none are allowed by name. */
    public static Param<List<String>> words(
            String name, List<String> defaultValue, List<String> allowed, String description) {
        return new Param<>(name, Type.WORDS, List.copyOf(defaultValue), allowed, 0, 0, description);
    }

    /** A set of names, in any case, or of ids of the directory: an unknown name is a mistake, an unknown id a thing of the tenant's own. */
    public static Param<List<String>> namesOrIds(
            String name, List<String> defaultValue, List<String> names, String description) {
        return new Param<>(name, Type.NAMES_OR_IDS, List.copyOf(defaultValue), names, 0, 0, description);
    }

    /** The parameter {@value #PERMISSION_SETS}: a list of names of permission sets, at least one. */
    public static Param<List<String>> permissionSets(List<String> defaultValue, String description) {
        return new Param<>(
                PERMISSION_SETS, Type.PERMISSION_SETS, List.copyOf(defaultValue), ShippedSets.NAMES, 0, 0, description);
    }

    /** The name of one permission set. */
    public static Param<String> permissionSet(String name, String defaultValue, String description) {
        return word(name, defaultValue, ShippedSets.NAMES, description);
    }
}
