package io.rolecall.event;

/** The form of object ids, App IDs and most other ids of the logs. */
public final class GuidForm {

    private static final int CHARACTERS = 36;

    private GuidForm() {}

    /**
     * Whether a text is a GUID in its canonical form: lower case, groups of 8, 4, 4, 4 and 12 hex digits. By hand, because every
     * event holds a dozen and a pattern takes ten times as long.
     */
    public static boolean isCanonical(String text) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        for (int i = 0; i < CHARACTERS; i++) {
            char c = text.charAt(i);
            if (isDash(i) ? c != '-' : digit(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a dash stands at a place of a GUID, from 0. */
    public static boolean isDash(int place) {
        return place == 8 || place == 13 || place == 18 || place == 23;
    }

    /** The value of a hex digit in lower case; negative for any other character. */
    public static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
