package io.rolecall.topology;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.state.AvroSerde;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * How the records of the public Avro topics are written and read.
 *
 * @param events of the facts' topic
 * @param alerts of the alerts' topic
 * @param incidents of the incidents' topic
 * @param networks of the networks' topic
 * @param badData tells of an exception in reading whether the record is bad, which concerns it alone; otherwise the trouble is
 *     everybody's, for example a registry that does not answer
 */
public record TopicSerdes(
        Serde<AppEvent> events,
        Serde<Alert> alerts,
        Serde<Incident> incidents,
        Serde<OrgNetwork> networks,
        Predicate<RuntimeException> badData) {

    /**
     * Whether an exception in reading and checking one record means that this record is bad, and not that something is wrong for
     * all of them.
     */
    boolean isBadRecord(RuntimeException error) {
        return badData.test(error) || error instanceof IllegalArgumentException;
    }

    /** Avro binary without a header, where one process writes and reads. */
    static TopicSerdes plain() {
        return new TopicSerdes(
                AvroSerde.of(AppEvent.class),
                AvroSerde.of(Alert.class),
                AvroSerde.of(Incident.class),
                AvroSerde.of(OrgNetwork.class),
                SerializationException.class::isInstance);
    }
}
