package io.rolecall.replay;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payloads of what is kept. Not for use by several threads at once. */
public final class KeptForms {

    private final AvroBytes<AppEvent> events = new AvroBytes<>(AppEvent.class);
    private final AvroBytes<OrgNetwork> networks = new AvroBytes<>(OrgNetwork.class);
    private final AvroBytes<Alert> alerts = new AvroBytes<>(Alert.class);

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** The events of one element, at least one. */
    public byte[] events(List<AppEvent> element) {
        return bytes(out -> {
            out.writeInt(element.size());
            for (AppEvent event : element) {
                block(out, events.write(event));
            }
        });
    }

    public List<AppEvent> events(byte[] payload) throws IOException {
        DataInputStream in = open(payload);
        int size = in.readInt();
        List<AppEvent> element = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            element.add(events.read(block(in)));
        }
        return element;
    }

    public byte[] refused(Rejected rejected) {
        return bytes(out -> {
            text(out, rejected.reason().name());
            text(out, rejected.message());
            text(out, rejected.position());
            block(out, rejected.element());
            out.writeLong(rejected.size());
        });
    }

    Rejected refused(byte[] payload) throws IOException {
        DataInputStream in = open(payload);
        Reason reason = Reason.valueOf(text(in));
        String message = text(in);
        String position = text(in);
        byte[] element = block(in);
        return new Rejected(reason, message, position, element, in.readLong());
    }

    public byte[] network(String key, @Nullable OrgNetwork network) {
        return entry(key, network == null ? null : networks.write(network));
    }

    KeyedEntry<OrgNetwork> network(byte[] payload) throws IOException {
        DataInputStream in = open(payload);
        return new KeyedEntry<>(text(in), in.readBoolean() ? networks.read(block(in)) : null);
    }

    /** An imported fact, or a fact of live; null ends what lay under the key. */
    public byte[] fact(String key, @Nullable AppEvent fact) {
        return entry(key, fact == null ? null : events.write(fact));
    }

    KeyedEntry<AppEvent> fact(byte[] payload) throws IOException {
        DataInputStream in = open(payload);
        return new KeyedEntry<>(text(in), in.readBoolean() ? events.read(block(in)) : null);
    }

    public byte[] alert(Alert alert) {
        return alerts.write(alert);
    }

    Alert alert(byte[] payload) throws IOException {
        return alerts.read(payload);
    }

    /** The position of an element that came too late. */
    public byte[] late(String position) {
        return position.getBytes(StandardCharsets.UTF_8);
    }

    String late(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static byte[] entry(String key, byte @Nullable [] value) {
        return bytes(out -> {
            text(out, key);
            out.writeBoolean(value != null);
            if (value != null) {
                block(out, value);
            }
        });
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
