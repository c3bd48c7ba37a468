package io.rolecall.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Typed access to a mapping of a file that people write. What is wrong goes to the {@link Problems}, and reads as absent. */
public final class Fields {

    private final Located.Mapping mapping;
    private final String path;
    private final Problems problems;

    /**
     * Over one mapping.
     *
     * @param mapping the mapping
     * @param path path of the mapping in the file; empty for the root
     * @param problems where to report
     */
    public Fields(Located.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** A view on any value: itself when it is a mapping, else an error. Nothing at all (null) reads as an empty mapping. */
    public static Optional<Fields> of(Located value, String path, Problems problems) {
        if (value instanceof Located.Mapping mapping) {
            return Optional.of(new Fields(mapping, path, problems));
        }
        if (!isNull(value)) {
            problems.error(value.line(), path, "must be a mapping, not " + value.describe());
        }
        return Optional.empty();
    }

    /** Reports every key that is not among the known ones, with the nearest that is. */
    public Fields known(Collection<String> known) {
        Set<String> names = new TreeSet<>(known);
        mapping.entries().forEach((key, value) -> {
            if (!names.contains(key)) {
                problems.error(value.line(), pathOf(key), "unknown key; " + Nearest.hint(key, names));
            }
        });
        return this;
    }

    public Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** Line of the mapping, from 1. */
    public int line() {
        return mapping.line();
    }

    /** Path of the mapping; empty for the root. */
    public String path() {
        return path;
    }

    /** Line of the value of a key, or of the mapping when the key is absent. */
    public int lineOf(String key) {
        Located value = mapping.entries().get(key);
        return value == null ? mapping.line() : value.line();
    }

    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Reports an error at a key. */
    public void error(String key, String message) {
        problems.error(lineOf(key), pathOf(key), message);
    }

    /** Reports a warning at a key. */
    public void warning(String key, String message) {
        problems.warning(lineOf(key), pathOf(key), message);
    }

    /** The value of a key; empty when it is absent or null. */
    public Optional<Located> get(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).filter(value -> !isNull(value));
    }

    /** A text that is not blank. Numbers and switches are read as written. */
    public Optional<String> text(String key) {
        return scalar(key, "a text").map(Located.Scalar::text).filter(text -> notBlank(key, text));
    }

    /** A text that must be there. */
    public Optional<String> required(String key) {
        if (get(key).isEmpty()) {
            problems.error(mapping.line(), pathOf(key), "is missing and must be given");
            return Optional.empty();
        }
        return text(key);
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String key) {
        return scalar(key, "true or false")
                .filter(scalar -> is(scalar, Located.Kind.FLAG, key, "true or false"))
                .map(scalar -> Boolean.valueOf(scalar.text()));
    }

    /** A whole number within bounds, both inclusive. */
    public Optional<Integer> number(String key, long min, long max) {
        String wanted = "a whole number from " + min + " to " + max;
        return scalar(key, wanted)
                .filter(scalar -> is(scalar, Located.Kind.NUMBER, key, wanted))
                .flatMap(scalar -> {
                    if (scalar.text().matches("-?[0-9]{1,10}")) {
                        long number = Long.parseLong(scalar.text());
                        if (number >= min && number <= max) {
                            return Optional.of((int) number);
                        }
                    }
                    error(key, "must be " + wanted + ", not " + scalar.describe());
                    return Optional.empty();
                });
    }

    /** A duration within bounds, both inclusive. */
    public Optional<Duration> duration(String key, Duration min, Duration max) {
        String wanted = "a duration from " + Durations.text(min) + " to " + Durations.text(max)
                + " such as 45d, 12h, 30m or 90s";
        return scalar(key, wanted).flatMap(scalar -> {
            Optional<Duration> duration = Durations.parse(scalar.text())
                    .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
            if (duration.isEmpty()) {
                error(key, "must be " + wanted + ", not " + scalar.describe());
            }
            return duration;
        });
    }

    /** One of some words. */
    public Optional<String> word(String key, Collection<String> allowed) {
        return text(key).filter(word -> {
            if (!allowed.contains(word)) {
                error(
                        key,
                        "'" + word + "' is not allowed; " + Nearest.hint(word, allowed) + allowedList(word, allowed));
                return false;
            }
            return true;
        });
    }

    /** A list of texts that are not blank; each bad item is reported. Empty when the key is absent. */
    public Optional<List<String>> texts(String key) {
        return items(key).map(items -> {
            List<String> texts = new ArrayList<>();
            for (int index = 0; index < items.size(); index++) {
                String item = key + "[" + index + "]";
                if (items.get(index) instanceof Located.Scalar scalar && scalar.kind() != Located.Kind.NULL) {
                    if (scalar.text().isEmpty()) {
                        problems.error(scalar.line(), pathOf(item), "must not be empty");
                    } else {
                        texts.add(scalar.text());
                    }
                } else {
                    Located bad = items.get(index);
                    problems.error(bad.line(), pathOf(item), "must be a text, not " + bad.describe());
                }
            }
            return texts;
        });
    }

    /** A mapping below a key. */
    public Optional<Fields> fields(String key) {
        return get(key).flatMap(value -> of(value, pathOf(key), problems));
    }

    /** Visits the mappings of a list below a key. */
    public void forEach(String key, Consumer<Fields> visitor) {
        List<Located> items = items(key).orElse(List.of());
        for (int index = 0; index < items.size(); index++) {
            Located item = items.get(index);
            String itemPath = pathOf(key) + "[" + index + "]";
            if (isNull(item)) {
                problems.error(item.line(), itemPath, "must be a mapping, not nothing");
            } else {
                of(item, itemPath, problems).ifPresent(visitor);
            }
        }
    }

    private Optional<List<Located>> items(String key) {
        return get(key).flatMap(value -> {
            if (value instanceof Located.Sequence sequence) {
                return Optional.of(sequence.items());
            }
            error(key, "must be a list, not " + value.describe());
            return Optional.empty();
        });
    }

    private Optional<Located.Scalar> scalar(String key, String wanted) {
        return Optional.ofNullable(mapping.entries().get(key)).flatMap(value -> {
            if (value instanceof Located.Scalar scalar && scalar.kind() != Located.Kind.NULL) {
                return Optional.of(scalar);
            }
            error(key, "must be " + wanted + ", not " + value.describe());
            return Optional.empty();
        });
    }

    private boolean is(Located.Scalar scalar, Located.Kind kind, String key, String wanted) {
        if (scalar.kind() != kind) {
            error(key, "must be " + wanted + ", not " + scalar.describe());
        }
        return scalar.kind() == kind;
    }

    private boolean notBlank(String key, String text) {
        if (text.isEmpty()) {
            error(key, "must not be empty");
        }
        return !text.isEmpty();
    }

    private static String allowedList(String word, Collection<String> allowed) {
        return Nearest.match(word, allowed).isPresent() && allowed.size() <= 40
                ? " (allowed: " + String.join(", ", allowed) + ")"
                : "";
    }

    private static boolean isNull(Located value) {
        return value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NULL;
    }
}
