package io.rolecall.topology;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/**
 * A topic that Kafka Streams makes for the application, under its name on the broker: a sink by name would take it for a topic of somebody
 * else, and put no application id before it.
 */
record OwnTopic(String name) implements TopicNameExtractor<String, SpecificRecord> {

    @Override
    public String extract(String key, SpecificRecord value, RecordContext context) {
        return name;
    }
}
