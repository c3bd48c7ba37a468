package io.rolecall.gather;

import io.rolecall.event.Operations;
import io.rolecall.inventory.ImportedFacts;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.registry.Registry;
import io.rolecall.registry.RegistryErrors;
import io.rolecall.replay.Counted;
import io.rolecall.replay.Kept;
import io.rolecall.replay.KeptForms;
import io.rolecall.replay.PartWriter;
import io.rolecall.replay.SourceKind;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Topics of this program's own records in Avro. A record that is none is refused alone, as the service refuses it. */
final class AvroIntake implements Intake {

    private final Reading reading;

    /** Reads one record; what it returns is kept, null where nothing is to be. */
    private interface Reading {
        @Nullable
        Kept of(ConsumerRecord<byte[], byte[]> record, String key);
    }

    private AvroIntake(Reading reading) {
        this.reading = reading;
    }

    static AvroIntake of(SourceKind kind, Registry registry) {
        Reading reading =
                switch (kind) {
                    case NETWORKS -> {
                        Deserializer<OrgNetwork> networks =
                                registry.serde(OrgNetwork.class).deserializer();
                        yield (record, key) -> kept(
                                Kept.What.NETWORK,
                                record,
                                KeptForms.network(
                                        key, network(networks.deserialize(record.topic(), record.value()), key)));
                    }
                    case INVENTORY -> {
                        Deserializer<AppEvent> facts =
                                registry.serde(AppEvent.class).deserializer();
                        yield (record, key) -> kept(
                                Kept.What.IMPORTED,
                                record,
                                KeptForms.fact(key, imported(facts.deserialize(record.topic(), record.value()))));
                    }
                    case ALERTS -> {
                        Deserializer<Alert> alerts = registry.serde(Alert.class).deserializer();
                        yield (record, key) -> record.value() == null
                                ? null
                                : kept(
                                        Kept.What.ALERT,
                                        record,
                                        KeptForms.alert(alerts.deserialize(record.topic(), record.value())));
                    }
                    case INCIDENTS -> {
                        Deserializer<Incident> incidents =
                                registry.serde(Incident.class).deserializer();
                        yield (record, key) -> record.value() == null
                                ? null
                                : kept(
                                        Kept.What.INCIDENT,
                                        record,
                                        KeptForms.incident(incidents.deserialize(record.topic(), record.value())));
                    }
                    case FACTS -> {
                        Deserializer<AppEvent> facts =
                                registry.serde(AppEvent.class).deserializer();
                        yield (record, key) -> fact(facts.deserialize(record.topic(), record.value()), key, record);
                    }
                    case RAW, QUARANTINE -> throw new IllegalArgumentException(kind + " holds no Avro");
                };
        return new AvroIntake(reading);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, PartWriter out) {
        out.tally().add(Counted.ELEMENTS, 1);
        Kept kept;
        try {
            if (record.key() == null) {
                throw new IllegalArgumentException("a record of this topic needs a key");
            }
            kept = reading.of(record, new String(record.key(), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            if (!RegistryErrors.isBadData(e) && !(e instanceof IllegalArgumentException)) {
                throw e;
            }
            out.tally().add(Counted.REFUSED, 1);
            byte[] value = record.value() == null ? new byte[0] : record.value();
            String position = Positions.ofRecord(record.topic(), record.partition(), record.offset())
                    .position(0);
            out.keep(kept(
                    Kept.What.REFUSED,
                    record,
                    KeptForms.refused(Rejected.of(
                            Reason.NOT_AN_EVENT, String.valueOf(e.getMessage()), position, value, 0, value.length))));
            return;
        }
        if (kept == null) {
            out.tally().add(Counted.SKIPPED, 1);
        } else {
            out.tally().add(Counted.KEPT, 1);
            out.keep(kept);
        }
    }

    private static Kept kept(Kept.What what, ConsumerRecord<byte[], byte[]> record, byte[] payload) {
        return new Kept(what, record.offset(), 0, record.timestamp(), payload);
    }

    private static @Nullable OrgNetwork network(@Nullable OrgNetwork network, String key) {
        return network == null ? null : PrefixAddressTable.valid(key, network);
    }

    private static @Nullable AppEvent imported(@Nullable AppEvent fact) {
        return fact == null ? null : ImportedFacts.valid(fact);
    }

    private static @Nullable Kept fact(@Nullable AppEvent fact, String key, ConsumerRecord<byte[], byte[]> record) {
        return fact == null || fact.getOperation().equals(Operations.SOURCE_PROGRESS)
                ? null
                : kept(Kept.What.FACT, record, KeptForms.fact(key, fact));
    }
}
