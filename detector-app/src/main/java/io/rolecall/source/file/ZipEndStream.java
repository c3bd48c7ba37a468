package io.rolecall.source.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Notices the end record of an archive among the bytes that pass. The JDK's streaming reader takes an archive that was cut
 * between two members for a whole one; a whole one ends with this record (PKWARE APPNOTE 4.3.16).
 */
final class ZipEndStream extends FilterInputStream {

    private static final int SIGNATURE = 0x504b0506;

    private int lastFour;
    private boolean seen;

    ZipEndStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            notice((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        for (int i = 0; i < count; i++) {
            notice(target[offset + i]);
        }
        return count;
    }

    /** Reads what is left; returns whether the end record was among the bytes. */
    boolean isWhole() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return seen;
    }

    private void notice(byte next) {
        lastFour = (lastFour << 8) | (next & 0xff);
        seen |= lastFour == SIGNATURE;
    }
}
