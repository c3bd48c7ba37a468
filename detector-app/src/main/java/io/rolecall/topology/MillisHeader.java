package io.rolecall.topology;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A time in a header of a record, in milliseconds since 1970. Others may write to our topics, so it may be anything. */
record MillisHeader(String name) {

    /** The time; empty when there is no such header, or it holds something else. */
    OptionalLong read(Headers headers) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
    }

    /** A copy of the headers in which the time is this one. */
    Headers with(Headers headers, long millis) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
        return new RecordHeaders(headers).remove(name).add(name, value);
    }
}
