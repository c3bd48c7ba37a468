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
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Topics of this program's own records in Avro. A record that is none is refused alone, as the service refuses it. */
final class AvroIntake implements Intake {

    private final Reading reading;
    private final KeptForms forms;

    /** Reads one record; what it returns is kept, null where nothing is to be. */
    private interface Reading {
        @Nullable
        Kept of(ConsumerRecord<byte[], byte[]> record, String key);
    }

    private AvroIntake(Reading reading, KeptForms forms) {
        this.reading = reading;
        this.forms = forms;
    }

    static AvroIntake of(SourceKind kind, Registry registry) {
        KeptForms forms = new KeptForms();
        Reading reading =
                switch (kind) {
                    case NETWORKS -> {
                        Deserializer<OrgNetwork> networks =
                                registry.serde(OrgNetwork.class).deserializer();
                        yield (record, key) -> kept(
                                Kept.What.NETWORK,
                                record,
                                forms.network(key, network(networks.deserialize(record.topic(), record.value()), key)));
                    }
                    case INVENTORY -> {
                        Deserializer<AppEvent> facts =
                                registry.serde(AppEvent.class).deserializer();
                        yield (record, key) -> kept(
                                Kept.What.IMPORTED,
                                record,
                                forms.fact(key, imported(facts.deserialize(record.topic(), record.value()))));
                    }
                    case ALERTS -> {
                        Deserializer<Alert> alerts = registry.serde(Alert.class).deserializer();
                        yield (record, key) -> record.value() == null
                                ? null
                                : kept(
                                        Kept.What.ALERT,
                                        record,
                                        forms.alert(alerts.deserialize(record.topic(), record.value())));
                    }
                    case FACTS -> {
                        Deserializer<AppEvent> facts =
                                registry.serde(AppEvent.class).deserializer();
                        yield (record, key) ->
                                fact(facts.deserialize(record.topic(), record.value()), key, record, forms);
                    }
                    case RAW, QUARANTINE -> throw new IllegalArgumentException(kind + " holds no Avro");
                };
        return new AvroIntake(reading, forms);
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
                    forms.refused(Rejected.of(
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
        if (network != null && !PrefixAddressTable.key(network).equals(key)) {
            throw new IllegalArgumentException(
                    "the key of " + network.getCidr() + " must be " + PrefixAddressTable.key(network));
        }
        if (network != null && endsBeforeItBegins(network)) {
            throw new IllegalArgumentException(key + " ends before it begins");
        }
        return network;
    }

    private static boolean endsBeforeItBegins(OrgNetwork network) {
        Instant from = network.getValidFrom().orElse(Instant.MIN);
        return network.getValidTo().filter(to -> !to.isAfter(from)).isPresent();
    }

    private static @Nullable AppEvent imported(@Nullable AppEvent fact) {
        if (fact != null && !ImportedFacts.isImported(fact)) {
            throw new IllegalArgumentException("the source of an imported fact is " + ImportedFacts.SOURCE);
        }
        return fact;
    }

    private static @Nullable Kept fact(
            @Nullable AppEvent fact, String key, ConsumerRecord<byte[], byte[]> record, KeptForms forms) {
        return fact == null || fact.getOperation().equals(Operations.SOURCE_PROGRESS)
                ? null
                : kept(Kept.What.FACT, record, forms.fact(key, fact));
    }
}
