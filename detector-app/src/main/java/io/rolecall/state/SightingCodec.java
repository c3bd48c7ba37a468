package io.rolecall.state;

import io.rolecall.schema.Actor;
import io.rolecall.schema.state.SightingBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Sightings as bytes, on their way to the actor step and in its store: what they hold one after the other, GUIDs as bytes. */
public final class SightingCodec {

    /** Raised with every change of how sightings are written; beside it, the format of the store is. */
    private static final int FORMAT = 1;

    private static final int BYTES_OF_ONE = 160;

    private SightingCodec() {}

    /** Several sightings of one tenant as a message. */
    static SightingBatch batch(String tenantId, List<Sighting> sightings) {
        GrowingBytes bytes = new GrowingBytes(BYTES_OF_ONE * sightings.size());
        Encoder out = new CompactEncoder(bytes);
        try {
            out.writeString(tenantId);
            out.writeInt(sightings.size());
            for (Sighting sighting : sightings) {
                out.writeString(sighting.actorKey());
                write(out, sighting);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return new SightingBatch(List.of(), FORMAT, ByteBuffer.wrap(bytes.taken()));
    }

    /**
     * The sightings of a message.
     *
     * @throws IllegalArgumentException when another build wrote it, in a format of its own
     */
    public static List<Sighting> read(SightingBatch batch) {
        if (batch.getFormat() != FORMAT) {
            throw new IllegalArgumentException("Sightings in format " + batch.getFormat() + ", not " + FORMAT);
        }
        ByteBuffer packed = batch.getPacked();
        byte[] bytes = new byte[packed.remaining()];
        packed.duplicate().get(bytes);
        Decoder in = new CompactDecoder(bytes);
        try {
            String tenantId = in.readString();
            int size = in.readInt();
            List<Sighting> sightings = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                sightings.add(read(in, tenantId, in.readString()));
            }
            return sightings;
        } catch (IOException e) {
            throw new UncheckedIOException("Not sightings as this application writes them", e);
        }
    }

    /** One as it lies in the store, without what its key says. */
    static byte[] toBytes(Sighting sighting) {
        GrowingBytes bytes = new GrowingBytes(BYTES_OF_ONE);
        try {
            write(new CompactEncoder(bytes), sighting);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.taken();
    }

    static Sighting fromBytes(byte[] bytes, String tenantId, String actorKey) {
        try {
            return read(new CompactDecoder(bytes), tenantId, actorKey);
        } catch (IOException e) {
            throw new UncheckedIOException("Not a sighting as this application writes it", e);
        }
    }

    private static void write(Encoder out, Sighting sighting) throws IOException {
        Actor actor = sighting.shown().actor();
        out.writeString(sighting.ip());
        out.writeBoolean(sighting.ofSignIn());
        write(out, sighting.first());
        write(out, sighting.last());
        write(out, sighting.country());
        out.writeString(sighting.shown().eventId());
        out.writeString(sighting.shown().source());
        out.writeString(sighting.shown().position());
        out.writeString(actor.getType());
        write(out, actor.getId());
        write(out, actor.getName());
        write(out, actor.getAppId());
        write(out, actor.getServicePrincipalId());
        write(out, actor.getPuid());
        // Mostly the address that was seen; a field with several gives another one first.
        write(out, actor.getIp().filter(ip -> !ip.equals(sighting.ip())));
    }

    private static Sighting read(Decoder in, String tenantId, String actorKey) throws IOException {
        String ip = in.readString();
        boolean ofSignIn = in.readBoolean();
        Instant first = instant(in);
        Instant last = instant(in);
        Optional<String> country = Optional.ofNullable(text(in));
        String eventId = in.readString();
        String source = in.readString();
        String position = in.readString();
        Actor actor = new Actor();
        actor.setType(in.readString());
        actor.setId(text(in));
        actor.setName(text(in));
        actor.setAppId(text(in));
        actor.setServicePrincipalId(text(in));
        actor.setPuid(text(in));
        String otherIp = text(in);
        actor.setIp(otherIp == null ? ip : otherIp);
        actor.setOtherIps(List.of());
        return new Sighting(
                tenantId,
                actorKey,
                ip,
                ofSignIn,
                first,
                last,
                country,
                new Sighting.Shown(eventId, source, position, actor));
    }

    private static void write(Encoder out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant instant(Decoder in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void write(Encoder out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeString(text.get());
        }
    }

    private static @Nullable String text(Decoder in) throws IOException {
        return in.readBoolean() ? in.readString() : null;
    }
}
