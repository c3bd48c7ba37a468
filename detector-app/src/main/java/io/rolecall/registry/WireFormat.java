package io.rolecall.registry;

import java.nio.ByteBuffer;

/** Confluent's wire format: a zero byte, the schema id as a big-endian int, and the value in Avro binary. */
final class WireFormat {

    static final byte MAGIC = 0;

    /** Bytes before the Avro body. */
    static final int HEADER = 5;

    private WireFormat() {}

    /** The header of a value written with the schema of this id. */
    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER).put(MAGIC).putInt(schemaId).array();
    }

    /**
     * The schema id in the header of a value.
     *
     * @throws UnreadableRecordException when the value has no such header
     */
    static int schemaId(String topic, byte[] value) {
        if (value.length < HEADER) {
            throw new UnreadableRecordException(value.length + " bytes in " + topic
                    + " are too few for Confluent's wire format, which starts with 0 and a schema id of 4 bytes");
        }
        if (value[0] != MAGIC) {
            throw new UnreadableRecordException(
                    "A value in %s starts with the byte 0x%02x and not with 0: it is not in Confluent's wire format"
                            .formatted(topic, value[0]));
        }
        int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        if (id < 0) {
            throw new UnreadableRecordException("A value in " + topic + " names the schema id " + id
                    + ", which no registry gives: it is not in Confluent's wire format");
        }
        return id;
    }
}
