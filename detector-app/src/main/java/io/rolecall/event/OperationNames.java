package io.rolecall.event;

/**
 * Normal form of operation names (contract section 4). One act has one name, however the four logs spell it: with a dot at the
 * end, with an en dash and a space at the end, under a former name, in upper case.
 */
public final class OperationNames {

    private OperationNames() {}

    /**
     * The normalised name: lower case, every run of other characters than letters and digits as one dash, none at the ends.
     *
     * <p>Names of Microsoft 365 (one word, without space, dot or slash inside) also break before a capital after a lower-case
     * letter. Sign-ins of every kind are {@link Operations#SIGN_IN}; former names become the present ones.
     *
     * @param raw name as logged, with the quirks of its log
     * @return the normalised name; empty when the name holds no letter or digit
     */
    public static String normalise(String raw) {
        String name = raw.strip();
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1).stripTrailing();
        }
        return present(dashed(name, isOneWord(name)));
    }

    private static boolean isOneWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' || c == '/' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }

    private static String dashed(String name, boolean breakBeforeCapital) {
        StringBuilder out = new StringBuilder(name.length() + 8);
        boolean lowerBefore = false;
        boolean dash = false;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetterOrDigit(c)) {
                dash = true;
                lowerBefore = false;
                continue;
            }
            if (breakBeforeCapital && lowerBefore && Character.isUpperCase(c)) {
                dash = true;
            }
            if (dash && out.length() > 0) {
                out.append('-');
            }
            dash = false;
            lowerBefore = Character.isLowerCase(c);
            out.appendCodePoint(Character.toLowerCase(c));
        }
        return out.toString();
    }

    private static String present(String name) {
        return switch (name) {
            case "sign-in-activity", "user-logged-in", "user-login-failed", "sign-in-logs", "signin-logs" ->
                Operations.SIGN_IN;
            case "add-oauth2permissiongrant", "add-oauth2-permission-grant" -> Operations.ADD_DELEGATED_GRANT;
            case "remove-oauth2permissiongrant", "remove-oauth2-permission-grant" -> Operations.REMOVE_DELEGATED_GRANT;
            default -> name;
        };
    }
}
