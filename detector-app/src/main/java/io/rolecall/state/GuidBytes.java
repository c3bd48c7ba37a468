package io.rolecall.state;

import java.nio.ByteBuffer;
import java.util.UUID;

/** GUIDs as bytes. */
public final class GuidBytes {

    static final int BYTES = 16;
    private static final int CHARACTERS = 36;

    private GuidBytes() {}

    /** Only the canonical lower-case form, so that reading back gives the same text. */
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

    static byte[] bytes(UUID guid) {
        return ByteBuffer.allocate(BYTES)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
    }

    static String text(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new UUID(in.getLong(), in.getLong()).toString();
    }
}
