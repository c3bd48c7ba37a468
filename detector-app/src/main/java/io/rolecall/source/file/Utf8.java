package io.rolecall.source.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Gives a text as UTF-8 without byte order mark: PowerShell writes its exports as UTF-16 with one. */
final class Utf8 {

    private Utf8() {}

    static InputStream of(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(3);
        byte[] start = buffered.readNBytes(3);
        buffered.reset();
        int first = start.length > 1 ? ((start[0] & 0xff) << 8) | (start[1] & 0xff) : 0;
        if (first == 0xfeff) {
            return transcoded(buffered, StandardCharsets.UTF_16BE);
        }
        if (first == 0xfffe) {
            return transcoded(buffered, StandardCharsets.UTF_16LE);
        }
        if (first == 0xefbb && start.length == 3 && (start[2] & 0xff) == 0xbf) {
            buffered.skipNBytes(3);
        }
        return buffered;
    }

    private static InputStream transcoded(InputStream in, Charset from) throws IOException {
        in.skipNBytes(2);
        return new Transcoder(new InputStreamReader(in, from));
    }

    /** Encodes what a reader gives; a lone surrogate becomes a replacement character. */
    private static final class Transcoder extends InputStream {

        private final Reader reader;
        private final char[] chars = new char[8192];
        private int kept;
        private byte[] bytes = {};
        private int at;

        Transcoder(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            return at < bytes.length || fill() ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == bytes.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }

        private boolean fill() throws IOException {
            int read = reader.read(chars, kept, chars.length - kept);
            int count = kept + Math.max(read, 0);
            if (count == 0) {
                return false;
            }
            boolean split = read > 0 && Character.isHighSurrogate(chars[count - 1]);
            int whole = split ? count - 1 : count;
            bytes = new String(chars, 0, whole).getBytes(StandardCharsets.UTF_8);
            at = 0;
            if (split) {
                chars[0] = chars[count - 1];
            }
            kept = split ? 1 : 0;
            return bytes.length > 0 || fill();
        }
    }
}
