package io.rolecall.topology;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.state.StoreKeys;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a slice of the subjects of a service ended.
 *
 * @param partition partition of the facts
 * @param last the last subject of the slice
 */
record SlicePlace(int partition, Subject last) {

    /** The kinds of subjects that are walked, in this order. */
    static final List<SubjectKind> KINDS = List.of(SubjectKind.APPLICATION, SubjectKind.TENANT);

    private static final char BETWEEN = '.';

    /** Reads what {@link #text} wrote; throws {@link IllegalArgumentException} for anything else. */
    static SlicePlace of(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 1) {
            throw new IllegalArgumentException("no place: " + text);
        }
        try {
            int partition = Integer.parseInt(text.substring(0, between));
            return new SlicePlace(partition, StoreKeys.subject(HexFormat.of().parseHex(text.substring(between + 1))));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no place: " + text, e);
        }
    }

    String text() {
        return Integer.toString(partition) + BETWEEN + HexFormat.of().formatHex(StoreKeys.subject(last));
    }

    /** Whether the subjects of a kind and partition have all been walked before. */
    boolean isBehind(int other, SubjectKind kind) {
        return other < partition || (other == partition && KINDS.indexOf(kind) < KINDS.indexOf(last.kind()));
    }

    /** Whether the slice ended among them. */
    boolean isIn(int other, SubjectKind kind) {
        return other == partition && kind == last.kind();
    }
}
