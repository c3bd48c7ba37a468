package io.rolecall.acts;

import java.util.List;

/**
 * A field of an act's line.
 *
 * @param name name, kebab case or as the log writes an id ({@code appId})
 * @param type what may stand there
 * @param required whether it must stand there
 * @param words the words allowed; empty for any
 * @param text what it says, one sentence without a full stop
 */
public record VerbField(String name, Type type, boolean required, List<String> words, String text) {

    public VerbField {
        words = List.copyOf(words);
    }

    /** What may stand in a field. */
    public enum Type {
        TEXT("text"),
        TEXTS("list of texts, or one text"),
        WORD("word"),
        FLAG("true or false"),
        NUMBER("whole number"),
        DURATION("duration"),
        TABLE("mapping of texts"),
        CHANGES("mapping of `[old, new]`"),
        INITIATOR("name, or mapping");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        /** What the documentation calls it. */
        public String label() {
            return label;
        }
    }

    static VerbField text(String name, String text) {
        return new VerbField(name, Type.TEXT, false, List.of(), text);
    }

    static VerbField texts(String name, String text) {
        return new VerbField(name, Type.TEXTS, false, List.of(), text);
    }

    static VerbField word(String name, String text, String... words) {
        return new VerbField(name, Type.WORD, false, List.of(words), text);
    }

    static VerbField flag(String name, String text) {
        return new VerbField(name, Type.FLAG, false, List.of(), text);
    }

    static VerbField of(String name, Type type, String text) {
        return new VerbField(name, type, false, List.of(), text);
    }

    VerbField must() {
        return new VerbField(name, type, true, words, text);
    }
}
