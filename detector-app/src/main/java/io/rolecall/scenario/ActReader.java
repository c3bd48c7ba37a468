package io.rolecall.scenario;

import io.rolecall.acts.ActLine;
import io.rolecall.acts.ActWriter;
import io.rolecall.acts.Verb;
import io.rolecall.acts.VerbField;
import io.rolecall.acts.Verbs;
import io.rolecall.config.Fields;
import io.rolecall.config.Located;
import io.rolecall.config.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the lines that tell acts: their verb, and its fields by their types. */
final class ActReader {

    static final String DO = "do";
    static final String AT = "at";

    private static final Duration LONGEST = Duration.ofDays(400);

    private ActReader() {}

    /** Whether an entry of the events is the line of an act: no log has a field of these names. */
    static boolean isAct(Located entry) {
        return entry instanceof Located.Mapping mapping
                && (mapping.entries().containsKey(DO) || mapping.entries().containsKey(AT));
    }

    /** The act of a line; empty when something is wrong with it, which is told. */
    static Optional<ActLine> read(Fields fields) {
        Optional<Verb> verb = fields.required(DO).flatMap(name -> {
            Optional<Verb> known = Verbs.byName(name);
            if (known.isEmpty()) {
                List<String> names = Verbs.all().stream().map(Verb::name).toList();
                fields.error(DO, "no verb '" + name + "'; " + Nearest.hint(name, names));
            }
            return known;
        });
        Optional<Instant> at = fields.required(AT).flatMap(text -> {
            Optional<Instant> time = ActTimes.parse(text);
            if (time.isEmpty()) {
                fields.error(AT, "'" + text + "' is no time; '+9d', '+9d4h', '+90m', '+9d 04:30', or RFC 3339");
            }
            return time;
        });
        if (verb.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean sound = read(fields, verb.get(), values) && at.isPresent();
        return Optional.of(new ActLine(verb.get(), at.orElse(ActTimes.START), sound, values, fields::error));
    }

    /** Reads the fields that the verb has; false when one is missing, unknown or of another type, which is told. */
    private static boolean read(Fields fields, Verb verb, Map<String, Object> values) {
        List<String> names = verb.fields().stream().map(VerbField::name).toList();
        boolean sound = true;
        for (String key : fields.keys()) {
            Optional<VerbField> field = verb.field(key);
            if (field.isEmpty()) {
                fields.error(key, "'" + verb.name() + "' has no such field; " + Nearest.hint(key, names));
                sound = false;
            } else if (!key.equals(DO) && !key.equals(AT)) {
                Optional<?> value = value(fields, field.get());
                value.ifPresent(read -> values.put(key, read));
                sound &= value.isPresent();
            }
        }
        for (VerbField field : verb.fields()) {
            boolean told = field.name().equals(DO) || field.name().equals(AT);
            if (field.required() && !told && fields.get(field.name()).isEmpty()) {
                fields.error(field.name(), "is missing; '" + verb.name() + "' needs it");
                sound = false;
            }
        }
        return sound;
    }

    private static Optional<?> value(Fields fields, VerbField field) {
        String key = field.name();
        return switch (field.type()) {
            case TEXT -> fields.text(key);
            case WORD -> fields.word(key, field.words());
            case FLAG -> fields.flag(key);
            case NUMBER ->
                key.equals("times")
                        ? fields.number(key, 1, ActWriter.MOST_TIMES)
                        : fields.number(key, 0, Integer.MAX_VALUE);
            case DURATION -> fields.duration(key, Duration.ofSeconds(1), LONGEST);
            case TEXTS ->
                fields.get(key).filter(Located.Scalar.class::isInstance).isPresent()
                        ? fields.text(key).map(List::of)
                        : fields.texts(key);
            case TABLE -> fields.fields(key).map(ActReader::table);
            case CHANGES -> fields.fields(key).map(ActReader::changes);
            case INITIATOR -> initiator(fields, key);
        };
    }

    private static Map<String, String> table(Fields table) {
        Map<String, String> values = new LinkedHashMap<>();
        table.keys().forEach(key -> table.text(key).ifPresent(text -> values.put(key, text)));
        return values;
    }

    private static Map<String, List<String>> changes(Fields table) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (String key : table.keys()) {
            Located value = table.get(key).orElse(null);
            if (value instanceof Located.Sequence pair && pair.items().size() == 2) {
                changes.put(key, pair.items().stream().map(ActReader::json).toList());
            } else {
                table.error(key, "must be a list of two: the old value and the new one");
            }
        }
        return changes;
    }

    private static String json(Located value) {
        return value instanceof Located.Scalar scalar
                ? scalar.text()
                : LocatedJson.of(value).toString();
    }

    private static Optional<?> initiator(Fields fields, String key) {
        if (!(fields.get(key).orElse(null) instanceof Located.Mapping)) {
            return fields.text(key);
        }
        return fields.fields(key).map(named -> {
            named.known(List.of("app", "service"));
            if (named.keys().size() != 1) {
                fields.error(key, "must name an 'app', or a 'service' that logs no id");
            }
            return table(named);
        });
    }
}
