package io.rolecall.replay;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.AvroSerde;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The payloads of what is kept. */
public final class KeptForms {

    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.of(AppEvent.class);
    private static final AvroSerde<OrgNetwork> NETWORKS = AvroSerde.of(OrgNetwork.class);
    private static final AvroSerde<Alert> ALERTS = AvroSerde.of(Alert.class);
    private static final AvroSerde<Incident> INCIDENTS = AvroSerde.of(Incident.class);

    private KeptForms() {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** The events of one element, at least one. */
    public static byte[] events(List<AppEvent> element) {
        return bytes(out -> {
            out.writeInt(element.size());
            for (AppEvent event : element) {
                block(out, EVENTS.toBytes(event));
            }
        });
    }

    /**
     * The events of one element.
     *
     * @throws UncheckedIOException when the payload is none
     */
    public static List<AppEvent> events(byte[] payload) {
        try {
            DataInputStream in = open(payload);
            int size = in.readInt();
            List<AppEvent> element = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                element.add(EVENTS.fromBytes(block(in)));
            }
            return element;
        } catch (IOException e) {
            throw new UncheckedIOException("Events are read as they were kept", e);
        }
    }

    public static byte[] refused(Rejected rejected) {
        return bytes(out -> {
            text(out, rejected.reason().name());
            text(out, rejected.message());
            text(out, rejected.position());
            block(out, rejected.element());
            out.writeLong(rejected.size());
        });
    }

    static Rejected refused(byte[] payload) throws IOException {
        DataInputStream in = open(payload);
        Reason reason = Reason.valueOf(text(in));
        String message = text(in);
        String position = text(in);
        byte[] element = block(in);
        return new Rejected(reason, message, position, element, in.readLong());
    }

    public static byte[] network(String key, @Nullable OrgNetwork network) {
        return entry(key, network, NETWORKS);
    }

    static KeyedEntry<OrgNetwork> network(byte[] payload) throws IOException {
        return entry(payload, NETWORKS);
    }

    /** An imported fact, or a fact of live; null ends what lay under the key. */
    public static byte[] fact(String key, @Nullable AppEvent fact) {
        return entry(key, fact, EVENTS);
    }

    static KeyedEntry<AppEvent> fact(byte[] payload) throws IOException {
        return entry(payload, EVENTS);
    }

    public static byte[] alert(Alert alert) {
        return ALERTS.toBytes(alert);
    }

    public static byte[] incident(Incident incident) {
        return INCIDENTS.toBytes(incident);
    }

    static Incident incident(byte[] payload) {
        return INCIDENTS.fromBytes(payload);
    }

    static Alert alert(byte[] payload) {
        return ALERTS.fromBytes(payload);
    }

    /** The position of an element that came too late. */
    public static byte[] late(String position) {
        return position.getBytes(StandardCharsets.UTF_8);
    }

    static String late(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static <T extends SpecificRecord> byte[] entry(String key, @Nullable T value, AvroSerde<T> form) {
        return bytes(out -> {
            text(out, key);
            out.writeBoolean(value != null);
            if (value != null) {
                block(out, form.toBytes(value));
            }
        });
    }

    private static <T extends SpecificRecord> KeyedEntry<T> entry(byte[] payload, AvroSerde<T> form)
            throws IOException {
        DataInputStream in = open(payload);
        return new KeyedEntry<>(text(in), in.readBoolean() ? form.fromBytes(block(in)) : null);
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static DataInputStream open(byte[] payload) {
        return new DataInputStream(new ByteArrayInputStream(payload));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        block(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(block(in), StandardCharsets.UTF_8);
    }

    private static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
