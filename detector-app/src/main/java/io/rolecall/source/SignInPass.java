package io.rolecall.source;

import io.rolecall.event.OperationNames;
import io.rolecall.event.Operations;
import io.rolecall.source.split.JsonGrammar;
import io.rolecall.source.split.KnownTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object that may be a sign-in in one pass over its bytes: checks its grammar and notes where the values lie that decoders of
 * sign-ins read, of the object itself and of its {@code properties}. It gives up, which costs no more than the way so far, where a
 * name stands twice, where an operation is none of sign-ins, and with everything else that only a parse settles.
 */
final class SignInPass {

    private static final int BROKEN = -1;
    private static final int SIGN_IN = 1;

    /** A parser refuses numbers of more than a thousand digits. */
    private static final int MOST_DIGITS = 500;

    private static final int MOST_NAMES = 1024;
    private static final int LONGEST_NAME = 128;

    private final JsonGrammar grammar = new JsonGrammar();
    private final KnownTexts firstLevel = known(SignInNames::ofFirstLevel);
    private final KnownTexts inside = known(SignInNames::of);
    private final KnownTexts operations = known(SignInPass::kind);
    private final List<SlotFields> pool = new ArrayList<>();
    private byte[] bytes = {};
    private int limit;
    private int taken;

    /**
     * Reads an object.
     *
     * @param from index of its opening brace
     * @param to index after its closing brace
     * @return its fields, good until the next call; null when a parse has to settle what they are
     */
    @Nullable
    SlotFields read(byte[] in, int from, int to) {
        bytes = in;
        limit = to;
        taken = 0;
        SlotFields fields = take();
        return object(fields, from, firstLevel) == to ? fields : null;
    }

    /**
     * The fields of an object within the one that was read.
     *
     * @throws UnsettledException when a parse has to settle what they are
     */
    EventFields inner(int from, int to) {
        SlotFields fields = take();
        if (object(fields, from, inside) != to) {
            throw new UnsettledException();
        }
        return fields;
    }

    private static KnownTexts known(ToIntFunction<String> meaning) {
        return new KnownTexts(MOST_NAMES, LONGEST_NAME, meaning);
    }

    private SlotFields take() {
        if (taken == pool.size()) {
            pool.add(new SlotFields(this));
        }
        SlotFields fields = pool.get(taken++);
        fields.open(bytes);
        return fields;
    }

    private int object(SlotFields fields, int brace, KnownTexts names) {
        int i = space(brace + 1);
        if (at(i) == '}') {
            return i + 1;
        }
        while (at(i) == '"') {
            fields.member();
            int afterName = grammar.value(bytes, i, limit);
            if (afterName < 0) {
                return BROKEN;
            }
            int slot = names.of(bytes, i + 1, afterName - 1);
            int colon = space(afterName);
            if (slot == SignInNames.UNSETTLED || at(colon) != ':') {
                return BROKEN;
            }
            int value = space(colon + 1);
            int end = value(fields, slot, value, names);
            if (end < 0 || (slot >= 0 && !fields.put(slot, i, value, end))) {
                return BROKEN;
            }
            i = space(end);
            if (at(i) == '}') {
                return i + 1;
            }
            if (at(i) != ',') {
                return BROKEN;
            }
            i = space(i + 1);
        }
        return BROKEN;
    }

    private int value(SlotFields fields, int slot, int value, KnownTexts names) {
        boolean first = names == firstLevel;
        if (first && slot == SignInNames.PROPERTIES && at(value) == '{') {
            SlotFields properties = take();
            fields.put(slot, properties);
            return object(properties, value, inside);
        }
        int end = value < limit ? grammar.value(bytes, value, limit) : BROKEN;
        if (end < 0 || grammar.longestNumber() > MOST_DIGITS) {
            return BROKEN;
        }
        return first && SignInNames.isOperation(slot) && !isSignIn(value, end) ? BROKEN : end;
    }

    private boolean isSignIn(int value, int end) {
        return at(value) == '"' && operations.of(bytes, value + 1, end - 1) == SIGN_IN;
    }

    /** Records of advanced hunting are published, whatever they tell of. */
    private static int kind(String operation) {
        return OperationNames.normalise(operation).equals(Operations.SIGN_IN) || operation.equalsIgnoreCase("Publish")
                ? SIGN_IN
                : 0;
    }

    private byte at(int index) {
        return index < limit ? bytes[index] : 0;
    }

    private int space(int from) {
        return JsonGrammar.space(bytes, from, limit);
    }
}
