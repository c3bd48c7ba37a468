package io.rolecall.state;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of state stores. A subject's key is a prefix of all its entries and of no other subject's; a GUID takes 17 bytes in it.
 * Numbers are written so that unsigned byte order is their order.
 */
public final class StoreKeys {

    private static final byte GUID = 1;
    private static final byte TEXT = 2;

    /** First byte of what a store tells of itself, before every other key of every store. */
    static final char OF_THE_STORE = 0;

    /** After every key: no key starts with 0xff. */
    static final Bytes END = Bytes.wrap(new byte[] {-1});

    private StoreKeys() {}

    /** Before every subject's key: those start with a letter. */
    static byte[] firstSubject() {
        return of('a');
    }

    /** Before the keys of all subjects of a kind. */
    static byte[] kindPrefix(SubjectKind kind) {
        return of(kind(kind));
    }

    /** Before the keys of the applications with an App ID, or an unresolved one: one a tenant. */
    static byte[] applications(String appId) {
        return join(of('a'), text(appId));
    }

    public static byte[] subject(Subject subject) {
        return subject(kind(subject.kind()), subject);
    }

    /** Before what a subject did itself and is kept apart from what was done to it; a prefix of nothing else. */
    static byte[] initiated(Subject subject) {
        return subject(Character.toUpperCase(kind(subject.kind())), subject);
    }

    /** Before the keys of the people, or the tenants, with an id: one a tenant. */
    static byte[] named(SubjectKind kind, String id) {
        return join(of(kind(kind)), text(id));
    }

    private static char kind(SubjectKind kind) {
        return switch (kind) {
            case APPLICATION -> 'a';
            case ACTOR -> 'u';
            case TENANT -> 't';
        };
    }

    private static byte[] subject(char kind, Subject subject) {
        return join(of(kind), text(subject.id()), text(subject.tenantId()));
    }

    /** The first key after every key of a subject. */
    static byte[] afterSubject(Subject subject) {
        return after(subject(subject)).get();
    }

    public static Subject subject(byte[] key) {
        return subject(ByteBuffer.wrap(key));
    }

    public static Subject subject(ByteBuffer in) {
        SubjectKind kind =
                switch (in.get()) {
                    case 'a' -> SubjectKind.APPLICATION;
                    case 'u' -> SubjectKind.ACTOR;
                    default -> SubjectKind.TENANT;
                };
        String id = id(in);
        return new Subject(kind, id(in), id);
    }

    /** Length of the subject part of a key that starts with one. */
    static int subjectLength(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        in.get();
        id(in);
        id(in);
        return in.position();
    }

    public static byte[] text(String text) {
        byte[] guid = new byte[1 + GuidBytes.BYTES];
        if (GuidBytes.write(text, guid, 1)) {
            guid[0] = GUID;
            return guid;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + utf8.length)
                .put(TEXT)
                .putInt(utf8.length)
                .put(utf8)
                .array();
    }

    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    public static byte[] of(char group) {
        return new byte[] {(byte) group};
    }

    static byte[] hash(String hex, int length) {
        return HexFormat.of().parseHex(hex, 0, 2 * length);
    }

    static byte[] time(Instant time) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(EventDays.nanos(time) ^ Long.MIN_VALUE)
                .array();
    }

    static Instant time(byte[] key, int offset) {
        return EventDays.ofNanos(ByteBuffer.wrap(key).getLong(offset) ^ Long.MIN_VALUE);
    }

    static byte[] day(Instant time) {
        return number(EventDays.day(time));
    }

    /** A number, that of a day for one, that fits an {@code int}. */
    static byte[] number(long number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) number ^ Integer.MIN_VALUE)
                .array();
    }

    /** The day that {@link #day(Instant)} wrote, in days since the epoch. */
    static long day(byte[] key, int offset) {
        return ByteBuffer.wrap(key).getInt(offset) ^ Integer.MIN_VALUE;
    }

    static String readText(byte[] key, int offset) {
        ByteBuffer in = ByteBuffer.wrap(key);
        in.position(offset);
        return id(in);
    }

    /** Reads a text and leaves the buffer behind it. */
    static String readText(ByteBuffer in) {
        return id(in);
    }

    static int textLength(byte[] key, int offset) {
        ByteBuffer in = ByteBuffer.wrap(key);
        in.position(offset);
        id(in);
        return in.position() - offset;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The first key after every key that starts with the prefix. */
    static Bytes after(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return Bytes.wrap(Arrays.copyOf(next, i + 1));
            }
        }
        throw new IllegalArgumentException("A prefix of 0xff bytes has no successor");
    }

    private static String id(ByteBuffer in) {
        if (in.get() == GUID) {
            return new UUID(in.getLong(), in.getLong()).toString();
        }
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
