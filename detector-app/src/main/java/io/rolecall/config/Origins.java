package io.rolecall.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the settings that are given come from, by their paths with dots; what is not among them is a default. */
public final class Origins {

    private final Map<String, Integer> lines = new TreeMap<>();

    private Origins() {}

    /** Of a document with the environment over it, whose values stand in no line. */
    static Origins of(Located root) {
        Origins origins = new Origins();
        origins.add("", root);
        return origins;
    }

    /** {@code line 12}, {@code environment} or {@code default}. */
    public String of(String path) {
        Integer line = lines.get(path);
        if (line == null) {
            return "default";
        }
        return line == 0 ? "environment" : "line " + line;
    }

    /** Line of a setting in the file; empty when the file does not give it. */
    Optional<Integer> lineInFile(String path) {
        return Optional.ofNullable(lines.get(path)).filter(line -> line > 0);
    }

    private void add(String path, Located value) {
        if (value instanceof Located.Mapping mapping) {
            mapping.entries().forEach((key, below) -> add(path.isEmpty() ? key : path + "." + key, below));
        } else if (!(value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NULL)) {
            lines.put(path, value.line());
        }
    }
}
