package io.rolecall.state;

import io.rolecall.detection.PersonalUse;
import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;

/**
 * What a person did, by UTC day and by all that is equal in it, each with its first event and the time of its last: minima and maxima,
 * so that copies change nothing and no event id has to be remembered. An entry begins with the times, so that the event in it is read
 * only where it is needed.
 */
final class PersonalSlots {

    private static final AvroSerde<AppEvent> EVENTS = AvroSerde.stored(AppEvent.class);
    private static final int HASH = 8;

    private final EntryStore store;
    private final char code;

    PersonalSlots(EntryStore store, char code) {
        this.store = store;
        this.code = code;
    }

    /** @param lastId event id of the latest event, of several at one time the largest */
    private record Slot(long first, long last, String lastId, byte[] event) {

        private static Slot of(AppEvent event) {
            long time = EventDays.nanos(event.getEventTime());
            return new Slot(time, time, event.getEventId(), EVENTS.toBytes(event));
        }

        private static Slot fromBytes(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long first = in.getLong();
            long last = in.getLong();
            String lastId = StoreKeys.readText(in);
            byte[] event = new byte[in.remaining()];
            in.get(event);
            return new Slot(first, last, lastId, event);
        }

        private byte[] toBytes() {
            byte[] id = StoreKeys.text(lastId);
            return ByteBuffer.allocate(2 * Long.BYTES + id.length + event.length)
                    .putLong(first)
                    .putLong(last)
                    .put(id)
                    .put(event)
                    .array();
        }

        private AppEvent firstEvent() {
            return EVENTS.fromBytes(event);
        }

        private boolean isAfter(AppEvent one) {
            long time = EventDays.nanos(one.getEventTime());
            return first > time || (first == time && RollUpKind.FIRST.compare(one, firstEvent()) < 0);
        }

        private boolean endsBefore(AppEvent one) {
            long time = EventDays.nanos(one.getEventTime());
            return last < time || (last == time && lastId.compareTo(one.getEventId()) < 0);
        }
    }

    /**
     * Takes an event in.
     *
     * @return whether its day says anything else than before
     */
    boolean add(byte[] subject, AppEvent event) {
        byte[] key = StoreKeys.join(
                subject,
                StoreKeys.of(code),
                StoreKeys.time(EventDays.midnight(event.getEventTime())),
                StoreKeys.hash(group(event), HASH));
        byte[] known = store.get(key);
        if (known == null) {
            store.put(key, Slot.of(event).toBytes());
            return true;
        }
        Slot slot = Slot.fromBytes(known);
        boolean before = slot.isAfter(event);
        boolean behind = slot.endsBefore(event);
        if (!before && !behind) {
            return false;
        }
        Slot first = before ? Slot.of(event) : slot;
        long last = behind ? EventDays.nanos(event.getEventTime()) : slot.last();
        String lastId = behind ? event.getEventId() : slot.lastId();
        store.put(key, new Slot(first.first(), last, lastId, first.event()).toBytes());
        return true;
    }

    List<PersonalUse> between(byte[] subject, Instant from, Instant to, int limit) {
        byte[] prefix = StoreKeys.join(subject, StoreKeys.of(code));
        byte[] start =
                StoreKeys.join(prefix, StoreKeys.time(EventDays.midnight(EventDays.later(from, EventDays.EARLIEST))));
        List<PersonalUse> found = new ArrayList<>();
        store.between(start, StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to))), limit)
                .forEach(entry -> {
                    Slot slot = Slot.fromBytes(entry.value);
                    found.add(new PersonalUse(slot.firstEvent(), EventDays.ofNanos(slot.last())));
                });
        return found;
    }

    /** The first event of an entry and the last, which stand for all where their person turns out to have another name. */
    static List<AppEvent> ends(KeyValue<byte[], byte[]> entry) {
        Slot slot = Slot.fromBytes(entry.value);
        AppEvent first = slot.firstEvent();
        return first.getEventId().equals(slot.lastId())
                ? List.of(first)
                : List.of(
                        first,
                        AppEvent.newBuilder(first)
                                .setEventId(slot.lastId())
                                .setEventTime(EventDays.ofNanos(slot.last()))
                                .build());
    }

    void expire(byte[] subject, Instant horizon) {
        byte[] start = StoreKeys.join(subject, StoreKeys.of(code));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.time(horizon)));
    }

    private static String group(AppEvent event) {
        Optional<SignIn> signIn =
                event.getDetails().orElse(null) instanceof SignIn details ? Optional.of(details) : Optional.empty();
        Optional<String> action = event.getDetails().orElse(null) instanceof MailboxUse use
                ? Optional.of("mail-" + use.getAction())
                : Optional.of(event.getOperation());
        return Hashes.sha256(Stream.of(
                        Optional.of(event.getSource()),
                        action,
                        event.getAppId(),
                        event.getActor().getIp(),
                        signIn.map(SignIn::getKind),
                        signIn.flatMap(SignIn::getCountry),
                        signIn.flatMap(SignIn::getAsn).map(String::valueOf),
                        signIn.flatMap(SignIn::getProtocol),
                        signIn.flatMap(SignIn::getIncomingToken))
                .map(value -> value.orElse("-"))
                .toArray(String[]::new));
    }
}
