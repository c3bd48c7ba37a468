package io.rolecall.state;

import io.rolecall.event.GuidForm;
import java.nio.ByteBuffer;
import java.util.UUID;

/** GUIDs as bytes. */
final class GuidBytes {

    static final int BYTES = 16;
    private static final int CHARACTERS = 36;

    private GuidBytes() {}

    /**
     * Writes a GUID, if a text is one in its canonical lower-case form, so that reading back gives the same text.
     *
     * @param to takes {@value #BYTES} bytes from {@code at} on; some of them too where the text turns out to be none
     * @return whether it is one
     */
    static boolean write(String text, byte[] to, int at) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        int next = at;
        int i = 0;
        while (i < CHARACTERS) {
            if (GuidForm.isDash(i)) {
                if (text.charAt(i) != '-') {
                    return false;
                }
                i++;
            } else {
                int high = GuidForm.digit(text.charAt(i));
                int low = GuidForm.digit(text.charAt(i + 1));
                if (high < 0 || low < 0) {
                    return false;
                }
                to[next++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return true;
    }

    static String text(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new UUID(in.getLong(), in.getLong()).toString();
    }
}
