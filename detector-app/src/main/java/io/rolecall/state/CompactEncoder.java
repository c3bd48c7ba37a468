package io.rolecall.state;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.io.DirectBinaryEncoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary with GUIDs in 17 bytes instead of 37: a length of -1 announces the 16 bytes of a GUID in its canonical lower-case
 * form. Facts are mostly GUIDs. For what only this application reads; {@link CompactDecoder} reads it back.
 */
final class CompactEncoder extends DirectBinaryEncoder {

    static final int GUID = -1;

    private final byte[] guid = new byte[GuidBytes.BYTES];

    CompactEncoder(OutputStream out) {
        super(out);
    }

    @Override
    public void writeString(String text) throws IOException {
        if (!GuidBytes.write(text, guid, 0)) {
            super.writeString(text);
            return;
        }
        writeInt(GUID);
        writeFixed(guid, 0, GuidBytes.BYTES);
    }

    @Override
    public void writeString(Utf8 text) throws IOException {
        writeString(text.toString());
    }
}
