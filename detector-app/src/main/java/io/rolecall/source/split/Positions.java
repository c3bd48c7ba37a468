package io.rolecall.source.split;

/** Names the place of an element. */
public interface Positions {

    /**
     * Position of an element (contract section 3).
     *
     * @param index number of the element in its record or chunk, from 0
     * @return {@code topic/partition/offset/index} or {@code file:line/index}
     */
    String position(int index);

    /** Positions in a Kafka record. */
    static Positions ofRecord(String topic, int partition, long offset) {
        return index -> topic + "/" + partition + "/" + offset + "/" + index;
    }
}
