package io.rolecall.source.split;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The names that a broken element begins with. Elements of one batch have one writer: an object that begins as the broken one did is
 * its sibling, though nothing in its names tells an event, as with search hits ({@code _index}, {@code _source}) and other wrappers.
 */
final class FirstNames {

    /** Names that the objects within an event begin with as well. */
    private static final Set<String> ANYWHERE =
            Set.of("id", "name", "displayname", "key", "type", "value", "keyid", "objectid", "@odata.type");

    private static final int LONGEST_NAME = 64;

    /** Letters of a first name that tells alone. */
    private static final int LEAST_LETTERS = 4;

    private final JsonGrammar grammar;
    private String first = "";
    private String second = "";
    private boolean known;
    private boolean object;

    FirstNames(JsonGrammar grammar) {
        this.grammar = grammar;
    }

    /** Forgets the names: nothing is like nothing. */
    void none() {
        known = false;
    }

    /**
     * Keeps the names of a broken element.
     *
     * @param from its first byte
     * @param limit how far it is known
     */
    void of(byte[] bytes, int from, int limit) {
        known = true;
        object = from < limit && (bytes[from] == '{' || bytes[from] == '[');
        first = from < limit && bytes[from] == '{' ? name(bytes, from + 1, limit) : "";
        second = first.isEmpty() ? "" : name(bytes, afterMember(bytes, from + 1, limit), limit);
    }

    /**
     * Whether an object begins as the broken element did; any object does where that was none, but rubbish.
     *
     * @param brace index of the object's opening brace
     * @param limit how far it is known
     */
    boolean like(byte[] bytes, int brace, int limit) {
        if (!known) {
            return false;
        }
        if (!object) {
            return !name(bytes, brace + 1, limit).isEmpty();
        }
        if (first.isEmpty() || !first.equals(name(bytes, brace + 1, limit))) {
            return false;
        }
        return second.isEmpty()
                ? first.length() >= LEAST_LETTERS && !ANYWHERE.contains(first)
                : second.equals(name(bytes, afterMember(bytes, brace + 1, limit), limit));
    }

    /** The name that stands at an index, in lower case; empty when none does. */
    private String name(byte[] bytes, int at, int limit) {
        int quote = JsonGrammar.space(bytes, at, limit);
        int end = quote < limit && bytes[quote] == '"' ? grammar.value(bytes, quote, limit) : JsonGrammar.BROKEN;
        return end < 0 || end - quote > LONGEST_NAME
                ? ""
                : new String(bytes, quote + 1, end - quote - 2, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    /** Index after the comma that follows a member; the limit where its value breaks or another byte follows. */
    private int afterMember(byte[] bytes, int at, int limit) {
        int colon = JsonGrammar.space(bytes, grammar.value(bytes, JsonGrammar.space(bytes, at, limit), limit), limit);
        if (colon >= limit || bytes[colon] != ':') {
            return limit;
        }
        int value = JsonGrammar.space(bytes, colon + 1, limit);
        int after = value < limit ? grammar.value(bytes, value, limit) : JsonGrammar.BROKEN;
        int comma = after < 0 ? limit : JsonGrammar.space(bytes, after, limit);
        return comma < limit && bytes[comma] == ',' ? comma + 1 : limit;
    }
}
