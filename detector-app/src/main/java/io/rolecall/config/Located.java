package io.rolecall.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML or JSON document together with the line it stands on, from 1. */
public sealed interface Located {

    /** Line of the value, from 1. */
    int line();

    /** What it is, for error messages. */
    String describe();

    /**
     * A mapping.
     *
     * @param line line of the value
     * @param entries values by key, in the order of the file
     */
    record Mapping(int line, Map<String, Located> entries) implements Located {

        public Mapping {
            entries = new LinkedHashMap<>(entries);
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /**
     * A list.
     *
     * @param line line of the value
     * @param items items in the order of the file
     */
    record Sequence(int line, List<Located> items) implements Located {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param line line of the value
     * @param kind its type
     * @param text its text as written; empty for null
     */
    record Scalar(int line, Kind kind, String text) implements Located {

        @Override
        public String describe() {
            return kind == Kind.NULL ? "nothing" : "'" + text + "'";
        }
    }

    /** Types of single values. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NULL
    }
}
