package io.rolecall.source.file;

import java.util.Arrays;

/** A growing line of bytes, with JSON's escapes for texts. */
final class RowText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[4096];
    private int size;
    private int start;

    void clear() {
        size = 0;
        start = 0;
    }

    /** Starts a text that {@link #text()} returns. */
    void startText() {
        start = size;
    }

    byte[] text() {
        return Arrays.copyOfRange(bytes, start, size);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void raw(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    /** Adds a text with the escapes that JSON asks for. */
    void escaped(byte[] text) {
        for (byte value : text) {
            switch (value) {
                case '"', '\\' -> {
                    raw('\\');
                    raw(value);
                }
                case '\n' -> {
                    raw('\\');
                    raw('n');
                }
                case '\r' -> {
                    raw('\\');
                    raw('r');
                }
                case '\t' -> {
                    raw('\\');
                    raw('t');
                }
                default -> {
                    if (value >= 0 && value < ' ') {
                        control(value);
                    } else {
                        raw(value);
                    }
                }
            }
        }
    }

    private void control(byte value) {
        for (char c : new char[] {'\\', 'u', '0', '0'}) {
            raw(c);
        }
        raw(HEX[value >> 4]);
        raw(HEX[value & 15]);
    }
}
