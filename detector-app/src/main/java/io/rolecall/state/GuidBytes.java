package io.rolecall.state;

import java.nio.ByteBuffer;
import java.util.UUID;

/** GUIDs as bytes. */
final class GuidBytes {

    static final int BYTES = 16;

    private GuidBytes() {}

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
