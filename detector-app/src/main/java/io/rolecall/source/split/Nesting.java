package io.rolecall.source.split;

import java.util.Arrays;

/** The brackets that are open at a place: a stack of bits, because nesting of any depth must neither recurse nor cost much. */
public final class Nesting {

    private long[] objects = new long[4];
    private int depth;

    public int depth() {
        return depth;
    }

    public void clear() {
        depth = 0;
    }

    /** Opens an object, or an array. */
    public void push(boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, word * 2);
        }
        long bit = 1L << (depth & 63);
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
    }

    public void pop() {
        depth--;
    }

    /** Whether the innermost open bracket is an object's. */
    public boolean inObject() {
        int top = depth - 1;
        return depth > 0 && (objects[top >> 6] & (1L << (top & 63))) != 0;
    }
}
