package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.Hashes;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * What an application does in Azure, rolled up by ten minutes: how often each action, by whom and from where, on how many objects,
 * and the first event of it. Role assignments and elevated access are acts: each of them decides by itself.
 */
public final class AzureRollUps {

    /** Most objects told apart of one action in one slot; the smallest hashes win, so that order leaves no trace. */
    static final int MOST_OBJECTS = 64;

    private static final Set<String> ACTS =
            Set.of(Operations.AZURE_ROLE_ASSIGNMENT, Operations.AZURE_ROLE_REMOVAL, Operations.AZURE_ELEVATED_ACCESS);

    private static final char AZURE = 'z';
    private static final int HASH = 8;
    private static final AvroSerde<AzureSlot> SLOTS = AvroSerde.stored(AzureSlot.class);
    private static final Comparator<AppEvent> FIRST =
            Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId);

    private final EntryStore store;

    AzureRollUps(EntryStore store) {
        this.store = store;
    }

    /** Whether a fact is Azure activity that is rolled up. */
    public static boolean takes(AppEvent event) {
        return Details.of(event, Activity.class).isPresent() && !keepsAct(event);
    }

    /** Whether Azure activity is kept as an act. */
    static boolean keepsAct(AppEvent event) {
        return ACTS.contains(event.getOperation());
    }

    /** Counts an event, which has not been counted before. */
    public void add(Subject subject, AppEvent event) {
        Activity activity = Details.of(event, Activity.class).orElseThrow();
        Optional<String> caller = Actors.key(event.getActor());
        String action = activity.getAction().orElse(event.getOperation());
        String group = Hashes.sha256(
                action,
                event.getOutcome(),
                caller.orElse("-"),
                event.getActor().getIp().orElse("-"));
        Instant start = EventDays.slot(event.getEventTime());
        byte[] key = StoreKeys.join(
                StoreKeys.subject(subject), StoreKeys.of(AZURE), StoreKeys.time(start), StoreKeys.hash(group, HASH));
        byte[] known = store.get(key);
        AzureSlot slot = known != null
                ? SLOTS.fromBytes(known)
                : AzureSlot.newBuilder()
                        .setSlot(start)
                        .setAction(action)
                        .setOutcome(event.getOutcome())
                        .setUserKey(caller.orElse(null))
                        .setIp(event.getActor().getIp().orElse(null))
                        .setFirst(event)
                        .setLast(event.getEventTime())
                        .build();
        slot.setEvents(slot.getEvents() + 1);
        slot.setLast(EventDays.later(slot.getLast(), event.getEventTime()));
        if (FIRST.compare(event, slot.getFirst()) < 0) {
            slot.setFirst(event);
        }
        addObject(slot, activity);
        store.put(key, SLOTS.toBytes(slot));
    }

    /** Slots that begin in the interval or hold its start, at most {@code limit}, by time; the earliest win. */
    public List<AzureSlot> between(Subject subject, Instant from, Instant to, int limit) {
        byte[] prefix = StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(AZURE));
        return store
                .between(
                        StoreKeys.join(
                                prefix, StoreKeys.time(EventDays.slot(EventDays.later(from, EventDays.EARLIEST)))),
                        StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to))),
                        limit)
                .stream()
                .map(entry -> SLOTS.fromBytes(entry.value))
                .toList();
    }

    void expire(Subject subject, Instant horizon) {
        byte[] start = StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(AZURE));
        for (KeyValue<byte[], byte[]> entry :
                store.between(start, Bytes.wrap(StoreKeys.join(start, StoreKeys.time(horizon))), Integer.MAX_VALUE)) {
            store.delete(entry.key);
        }
    }

    private static void addObject(AzureSlot slot, Activity activity) {
        Optional<String> object = activity.getResource()
                .map(resource ->
                        resource + activity.getObject().map(name -> "\n" + name).orElse(""))
                .or(activity::getObject);
        if (object.isEmpty()) {
            return;
        }
        String hash = Hashes.sha256(object.get().toLowerCase(Locale.ROOT));
        TreeSet<Long> objects = new TreeSet<>(slot.getObjects());
        objects.add(ByteBuffer.wrap(StoreKeys.hash(hash, HASH)).getLong());
        if (objects.size() > MOST_OBJECTS) {
            objects.pollLast();
            slot.setMoreObjects(true);
        }
        slot.setObjects(List.copyOf(objects));
    }
}
