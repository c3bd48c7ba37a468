package io.rolecall.scenario;

import io.rolecall.acts.Cast;
import io.rolecall.acts.Cast.Member;
import io.rolecall.config.Fields;
import io.rolecall.config.Located;
import io.rolecall.config.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code people}: who takes part, and where they are. */
final class PeopleReader {

    static final String PEOPLE = "people";
    static final List<String> FIELDS = List.of("at", "upn", "id");

    private PeopleReader() {}

    /** The people of a file or a case, after those given. */
    static Map<String, Member> read(Fields fields, Map<String, Member> before) {
        Map<String, Member> people = new LinkedHashMap<>(before);
        fields.fields(PEOPLE).ifPresent(section -> {
            for (String name : section.keys()) {
                member(section, name).ifPresent(member -> people.put(name, member));
            }
        });
        return people;
    }

    private static Optional<Member> member(Fields section, String name) {
        if (!(section.get(name).orElse(null) instanceof Located.Mapping)) {
            return section.text(name)
                    .map(where -> new Member(known(section, name, where), Optional.empty(), Optional.empty()));
        }
        return section.fields(name).flatMap(person -> {
            person.known(FIELDS);
            return person.required("at")
                    .map(where -> new Member(known(person, "at", where), person.text("upn"), person.text("id")));
        });
    }

    /** Where somebody is; unknown when the text does not say, so that the name is known all the same. */
    private static String known(Fields fields, String key, String where) {
        if (Cast.isPlace(where)) {
            return where;
        }
        fields.error(key, "'" + where + "' is no address; " + Nearest.hint(where, Cast.PLACES));
        return Cast.UNKNOWN;
    }
}
