package io.rolecall.incident;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Texts from logs, bounded in bytes, so that a message is bounded whatever names somebody gave their applications. */
final class BoundedText {

    private static final String CUT = "...";

    private BoundedText() {}

    /** The text in at most {@code bytes} bytes of UTF-8, ended by three dots when it was longer; control characters become spaces. */
    static String of(String text, int bytes) {
        StringBuilder kept = new StringBuilder();
        int used = 0;
        int fits = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int shown = isWritable(point) ? point : ' ';
            used += Character.toString(shown).getBytes(StandardCharsets.UTF_8).length;
            if (used > bytes) {
                kept.setLength(fits);
                return kept.append(CUT).toString();
            }
            kept.appendCodePoint(shown);
            if (used <= bytes - CUT.length()) {
                fits = kept.length();
            }
            at += Character.charCount(point);
        }
        return kept.toString();
    }

    static Optional<String> of(Optional<String> text, int bytes) {
        return text.map(value -> of(value, bytes));
    }

    /** The first {@code most} texts, each bounded. */
    static List<String> of(List<String> texts, int most, int bytes) {
        return texts.stream().limit(most).map(text -> of(text, bytes)).toList();
    }

    private static boolean isWritable(int point) {
        return Character.getType(point) != Character.CONTROL && Character.getType(point) != Character.SURROGATE;
    }
}
