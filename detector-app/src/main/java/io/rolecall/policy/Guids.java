package io.rolecall.policy;

import java.util.regex.Pattern;

/** The form of ids in Entra. */
public final class Guids {

    static final String PATTERN = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";

    private static final Pattern GUID = Pattern.compile(PATTERN);

    private Guids() {}

    public static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }
}
