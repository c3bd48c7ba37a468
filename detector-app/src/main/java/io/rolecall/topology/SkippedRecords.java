package io.rolecall.topology;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Carries with a record how many behind it were left out, so that the step which counts under exactly-once counts them too. */
final class SkippedRecords {

    private static final String NAME = "rolecall.skipped";

    private SkippedRecords() {}

    static void write(Headers headers, int skipped) {
        headers.add(NAME, ByteBuffer.allocate(Integer.BYTES).putInt(skipped).array());
    }

    /** Takes away what a producer may have written under the name. */
    static void clear(Headers headers) {
        headers.remove(NAME);
    }

    static int read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        return header == null ? 0 : ByteBuffer.wrap(header.value()).getInt();
    }
}
