package io.rolecall.state;

import io.rolecall.schema.SourceMark;
import java.nio.ByteBuffer;

/**
 * A partition that a step reads.
 *
 * @param topic name of its topic
 * @param topicId id of its topic
 * @param number from 0
 */
public record SourcePartition(String topic, String topicId, int number) {

    static SourcePartition of(SourceMark mark) {
        return new SourcePartition(mark.getTopic(), mark.getTopicId(), mark.getPartition());
    }

    byte[] key() {
        return StoreKeys.join(
                StoreKeys.text(topic),
                StoreKeys.text(topicId),
                ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    static SourcePartition ofKey(ByteBuffer key) {
        return new SourcePartition(StoreKeys.readText(key), StoreKeys.readText(key), key.getInt());
    }

    /** As operators name it: {@code topic/partition}. */
    @Override
    public String toString() {
        return topic + "/" + number;
    }
}
