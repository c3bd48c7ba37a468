package io.rolecall.scenario;

import io.rolecall.acts.Verb;
import io.rolecall.acts.VerbField;
import io.rolecall.acts.Verbs;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the documentation that is the table of verbs. */
final class VerbTable {

    private static final String FIRST = "<!-- verbs: written by ScenarioDocsTest -->\n";
    private static final String LAST = "<!-- end of verbs -->\n";

    private VerbTable() {}

    /** The page with the table of today. */
    static String in(String page) {
        int from = page.indexOf(FIRST) + FIRST.length();
        int to = page.indexOf(LAST);
        return page.substring(0, from) + table() + page.substring(to);
    }

    private static String table() {
        StringBuilder text =
                new StringBuilder("\n### Fields of every act\n\n| field | value | |\n| --- | --- | --- |\n");
        Verbs.COMMON.forEach(field -> text.append(row(field)));
        text.append("\n### Verbs\n");
        for (Verb verb : Verbs.all()) {
            text.append("\n**`")
                    .append(verb.name())
                    .append("`** (")
                    .append(verb.logs().stream().map(log -> log.label()).collect(Collectors.joining(", ")))
                    .append(verb.somebody() ? "" : "; needs no `by`")
                    .append("). ")
                    .append(verb.text())
                    .append(".\n");
            List<VerbField> own = verb.own();
            if (!own.isEmpty()) {
                text.append("\n| field | value | |\n| --- | --- | --- |\n");
                own.forEach(field -> text.append(row(field)));
            }
        }
        return text.append("\n").toString();
    }

    private static String row(VerbField field) {
        String value = field.words().isEmpty()
                ? field.type().label()
                : field.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        return "| " + (field.required() ? "**`" + field.name() + "`**" : "`" + field.name() + "`") + " | " + value
                + " | " + field.text() + " |\n";
    }
}
