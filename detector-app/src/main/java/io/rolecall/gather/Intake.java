package io.rolecall.gather;

import io.rolecall.replay.PartWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records of one kind of topic: counts them and keeps what matters. Not for use by several threads at once. */
interface Intake {

    /** Takes one record. */
    void take(ConsumerRecord<byte[], byte[]> record, PartWriter out);
}
