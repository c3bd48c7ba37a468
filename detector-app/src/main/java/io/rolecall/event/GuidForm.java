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
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
