package io.rolecall.detection.read;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which texts look alike: those of one skeleton. A skeleton replaces each character by the one that it can be taken for (Unicode's
 * confusable characters, UTS #39), folds case, reads {@code rn} as m, {@code vv} as w, 0 as o and 1 as l, and leaves out spaces, dots,
 * dashes, underscores and what is not shown at all. Whole texts are compared: no distance, no part.
 */
public final class LookAlikes {

    private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();

    private LookAlikes() {}

    /**
     * The skeletons of a text. There are two, since what looks like a letter depends on its case: a capital I like a small l.
     *
     * @param text any text
     * @return texts that mean nothing but to be compared
     */
    public static Set<String> skeletons(String text) {
        return Stream.of(text, UCharacter.foldCase(text, true))
                .map(one -> UCharacter.foldCase(CONFUSABLES.getSkeleton(one), true))
                .map(LookAlikes::bare)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether two texts have a skeleton in common and are not the same text. */
    public static boolean imitates(String text, String other) {
        return !text.equals(other) && skeletons(text).stream().anyMatch(skeletons(other)::contains);
    }

    private static String bare(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        text.codePoints().filter(LookAlikes::isRead).forEach(bare::appendCodePoint);
        return bare.toString()
                .replace("rn", "m")
                .replace("vv", "w")
                .replace('0', 'o')
                .replace('1', 'l');
    }

    private static boolean isRead(int character) {
        int type = Character.getType(character);
        return character != '.'
                && type != Character.DASH_PUNCTUATION
                && type != Character.CONNECTOR_PUNCTUATION
                && !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }
}
