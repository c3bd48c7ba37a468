package io.rolecall.planted.right;

import io.rolecall.planted.left.Left;
import java.util.List;

/** The other half of a cycle. */
public record Right(List<Left> lefts) {

    /** How many. */
    public int size() {
        return lefts.stream().map(Left::right).toList().size();
    }
}
