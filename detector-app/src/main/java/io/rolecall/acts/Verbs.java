package io.rolecall.acts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vocabulary of scenario files: the one table that the reader, the JSON Schema and the documentation follow. */
public final class Verbs {

    /** Fields of every act. */
    public static final List<VerbField> COMMON = List.of(
            VerbField.text("at", "When: `+9d`, `+9d4h30m`, `+9d 04:30` from 2026-01-01T00:00Z, or RFC 3339")
                    .must(),
            VerbField.of(
                    "by",
                    VerbField.Type.INITIATOR,
                    "Who: a name under `people`, an application of the file, a user principal name, "
                            + "`{ app: NAME }`, `{ service: LABEL }` for an initiator that logs no id, or `nobody`"),
            VerbField.text("do", "The verb").must(),
            VerbField.text(
                    "from",
                    "Address of the act instead of the person's: `office`, `outside`, `frontend`, `unknown`, or one"),
            VerbField.word(
                    "log",
                    "Where it is logged; without it the first log of the verb, and the other in delivery `both-logs`",
                    "entra",
                    "unified",
                    "azure",
                    "both"),
            VerbField.text("tenant", "Name of the tenant, or its id; without it the file's one tenant"),
            VerbField.text("correlation", "Correlation id, or a name that several lines share"),
            VerbField.text("event", "Id of the line's first event in its first log"),
            VerbField.text("agent", "User agent"),
            VerbField.of("times", VerbField.Type.NUMBER, "How often, 1 to 5000; `every` apart"),
            VerbField.of("every", VerbField.Type.DURATION, "Time between repetitions, without it one second"));

    private static final Map<String, Verb> ALL = table();

    private Verbs() {}

    /** All verbs, in the order of the documentation. */
    public static List<Verb> all() {
        return List.copyOf(ALL.values());
    }

    /** The verb of a name; empty when there is none. */
    public static Optional<Verb> byName(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, Verb> table() {
        List<Verb> verbs = new ArrayList<>();
        verbs.addAll(ApplicationVerbs.verbs());
        verbs.addAll(GrantVerbs.verbs());
        verbs.addAll(CredentialVerbs.verbs());
        verbs.addAll(DirectoryVerbs.verbs());
        verbs.addAll(SignInVerbs.verbs());
        verbs.addAll(UseVerbs.verbs());
        verbs.addAll(AzureVerbs.verbs());
        Map<String, Verb> table = new LinkedHashMap<>();
        verbs.forEach(verb -> table.put(verb.name(), verb));
        return table;
    }
}
