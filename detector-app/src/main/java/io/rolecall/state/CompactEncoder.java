package io.rolecall.state;

import io.rolecall.event.GuidForm;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.avro.io.DirectBinaryEncoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary with GUIDs in 17 bytes instead of 37: a length of -1 announces the 16 bytes of a GUID in its canonical lower-case
 * form. Facts are mostly GUIDs. For what only this application reads; {@link CompactDecoder} reads it back.
 */
final class CompactEncoder extends DirectBinaryEncoder {

    static final int GUID = -1;

    CompactEncoder(OutputStream out) {
        super(out);
    }

    @Override
    public void writeString(String text) throws IOException {
        if (!GuidForm.isCanonical(text)) {
            super.writeString(text);
            return;
        }
        UUID guid = UUID.fromString(text);
        writeInt(GUID);
        writeFixed(GuidBytes.bytes(guid), 0, GuidBytes.BYTES);
    }

    @Override
    public void writeString(Utf8 text) throws IOException {
        writeString(text.toString());
    }
}
