package io.rolecall.planted.source;

/** Somewhere to look that makers of events must not look. */
public final class Decodes {

    private Decodes() {}

    public static boolean any(String text) {
        return !text.isEmpty();
    }
}
