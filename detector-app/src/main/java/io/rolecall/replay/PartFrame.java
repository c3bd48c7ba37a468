package io.rolecall.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The unit in which a partition's file grows: what was kept, how far the partition is read with it, and all counts up to there. So
 * the file needs no other that says how far it goes, and whatever whole frames a crash leaves are a gathering that stopped earlier.
 *
 * @param next offset from which the partition is read on
 * @param tally counts from the start of the partition
 * @param kept what was kept since the frame before
 */
record PartFrame(long next, Tally tally, List<Kept> kept) {

    /** Marks the start of a frame: what follows a torn frame is never taken for one. */
    private static final int MAGIC = 0x52_43_50_46;

    /** Mark, length of the body, checksum of the body. */
    static final int HEAD_BYTES = 12;

    /** Larger than any: a writer ends a frame long before, and one element has 8 MiB at most. */
    static final int MOST_BYTES = 256 << 20;

    /** The frame as it lies in the file. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(body, deflater, 1 << 14))) {
            out.writeLong(next);
            tally.write(out);
            out.writeInt(kept.size());
            for (Kept one : kept) {
                out.writeByte(one.what().code());
                out.writeLong(one.offset());
                out.writeInt(one.index());
                out.writeLong(one.millis());
                out.writeInt(one.payload().length);
                out.write(one.payload());
            }
        } finally {
            deflater.end();
        }
        byte[] packed = body.toByteArray();
        return ByteBuffer.allocate(HEAD_BYTES + packed.length)
                .putInt(MAGIC)
                .putInt(packed.length)
                .putInt(checksum(packed))
                .put(packed)
                .array();
    }

    /** Length of the body that a head announces; -1 when it is no head of a frame. */
    static int bodyBytes(ByteBuffer head) {
        int length = head.getInt(4);
        return head.getInt(0) == MAGIC && length >= 0 && length <= MOST_BYTES ? length : -1;
    }

    /** Reads how far a frame goes, which lies at its beginning, and leaves packed what it holds; null as of {@link #read}. */
    static @Nullable PartFrame readMark(ByteBuffer head, byte[] body) throws IOException {
        if (head.getInt(8) != checksum(body)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(body)))) {
            return new PartFrame(in.readLong(), Tally.read(in), List.of());
        }
    }

    /** Reads a frame; null when its bytes are not those that were written. */
    static @Nullable PartFrame read(ByteBuffer head, byte[] body) throws IOException {
        if (head.getInt(8) != checksum(body)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(body)))) {
            long next = in.readLong();
            Tally tally = Tally.read(in);
            int size = in.readInt();
            List<Kept> kept = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                Kept.What what = Kept.What.of(in.readUnsignedByte());
                long offset = in.readLong();
                int index = in.readInt();
                long millis = in.readLong();
                byte[] payload = in.readNBytes(in.readInt());
                kept.add(new Kept(what, offset, index, millis, payload));
            }
            return new PartFrame(next, tally, kept);
        }
    }

    private static int checksum(byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
