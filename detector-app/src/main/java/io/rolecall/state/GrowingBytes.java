package io.rolecall.state;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory as they are written, by one thread, and so without the locks that the platform's own stream takes for each. */
final class GrowingBytes extends OutputStream {

    private byte[] bytes;
    private int size;

    GrowingBytes(int expected) {
        bytes = new byte[expected];
    }

    @Override
    public void write(int one) {
        reserve(1);
        bytes[size++] = (byte) one;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Everything written so far. */
    byte[] taken() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
        }
    }
}
