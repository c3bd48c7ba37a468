package io.rolecall.deployment;

import java.util.regex.Pattern;

/** Quotes words for a POSIX shell. */
final class ShellWord {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    static String of(String text) {
        return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
