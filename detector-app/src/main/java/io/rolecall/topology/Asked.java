package io.rolecall.topology;

import io.rolecall.event.SubjectKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom somebody asks about.
 *
 * @param kind what they ask about
 * @param text id or name, without spaces around it, in any case
 */
public record Asked(SubjectKind kind, String text) {

    /** The question in the parameters of an address; empty when it names nobody, or more than one. */
    public static Optional<Asked> of(Map<String, String> query) {
        return Stream.of(SubjectKind.values())
                .map(kind ->
                        new Asked(kind, query.getOrDefault(parameter(kind), "").strip()))
                .filter(asked -> !asked.text().isEmpty())
                .reduce((one, other) -> new Asked(one.kind(), ""))
                .filter(asked -> !asked.text().isEmpty());
    }

    /** The name of the option and of the parameter that asks about a kind of subject: {@code app}, {@code actor}, {@code tenant}. */
    public static String parameter(SubjectKind kind) {
        return kind == SubjectKind.APPLICATION ? "app" : kind.label();
    }

    public String parameter() {
        return parameter(kind);
    }

    public String id() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** What the text would have to be, for whoever asked about somebody unknown. */
    public String names() {
        return switch (kind) {
            case APPLICATION -> "App ID, object id, service principal id or latest name of an application";
            case ACTOR -> "object id, user principal name or PUID of a person";
            case TENANT -> "id of a tenant";
        };
    }
}
