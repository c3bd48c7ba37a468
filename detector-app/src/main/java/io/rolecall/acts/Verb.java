package io.rolecall.acts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of act that a line can tell.
 *
 * @param name the word after {@code do}
 * @param text what is done and which events tell it, one sentence
 * @param logs the logs that have it, the usual one first
 * @param somebody whether the line must say who acts
 * @param own its own fields, beside those of every act
 * @param maker makes the events of a line
 */
public record Verb(
        String name,
        String text,
        List<Log> logs,
        boolean somebody,
        List<VerbField> own,
        Function<Line, List<Telling>> maker) {

    public Verb {
        logs = List.copyOf(logs);
        own = List.copyOf(own);
    }

    /** A verb of the directory, which both the Entra audit log and the unified audit log tell; its acts can fail. */
    static Verb directory(String name, String text, Function<Line, List<DirectoryAct>> maker, VerbField... own) {
        List<VerbField> fields = new ArrayList<>(List.of(own));
        fields.add(VerbFields.FAILURE);
        return new Verb(
                name, text, List.of(Log.ENTRA, Log.UNIFIED), true, fields, line -> line.tellings(maker.apply(line)));
    }

    /** A verb of one log alone, of an act that somebody does. */
    static Verb of(Log log, String name, String text, Function<Line, Telling> maker, VerbField... own) {
        return new Verb(name, text, List.of(log), true, List.of(own), line -> List.of(maker.apply(line)));
    }

    /** A verb of one log alone, whose line need not say who acts: an application does what the line says of it. */
    static Verb unattended(Log log, String name, String text, Function<Line, Telling> maker, VerbField... own) {
        return new Verb(name, text, List.of(log), false, List.of(own), line -> List.of(maker.apply(line)));
    }

    /** All fields a line with this verb may have: those of every act, then its own. */
    public List<VerbField> fields() {
        List<VerbField> fields = new ArrayList<>();
        Verbs.COMMON.forEach(field -> fields.add(somebody && field.name().equals("by") ? field.must() : field));
        fields.addAll(own);
        return fields;
    }

    /** The field of a name; empty when the verb has none. */
    public Optional<VerbField> field(String field) {
        return fields().stream().filter(one -> one.name().equals(field)).findFirst();
    }
}
