package io.rolecall.state;

import io.rolecall.detection.NetworkUser;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Actors;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.streams.KeyValue;

/**
 * Who used an application from a network: of each network and thirty days the first few people. The few with the smallest times of a
 * set are a function of the set, and those of several sets together are among those of each.
 */
public final class NetworkUsers {

    /** Of the person who asks, who may go by two names, and two others. */
    static final int MOST = 4;

    private static final char USERS = 'x';
    private static final int HASH = 8;
    private static final int DAYS = 30;
    private static final Comparator<NetworkUser> ORDER =
            Comparator.comparing(NetworkUser::since).thenComparing(NetworkUser::user);

    private final EntryStore store;

    NetworkUsers(EntryStore store) {
        this.store = store;
    }

    /**
     * The networks that an event or its fact tells of: of each address that around it, and the autonomous system, or that there is none, also
     * for what has no such number in its log.
     */
    public static SortedSet<String> networks(AppEvent event) {
        SortedSet<String> networks = Dimension.NETWORK.of(event);
        boolean numbered = event.getDetails().orElse(null) instanceof SignIn;
        if (numbered) {
            networks.addAll(Dimension.AUTONOMOUS_SYSTEM.of(event));
        } else if (!networks.isEmpty()) {
            networks.add(Dimension.NONE);
        }
        return networks;
    }

    /** The thirty days in which an event lies, by number. */
    public static long month(AppEvent event) {
        return month(event.getEventTime());
    }

    private static long month(Instant time) {
        return Math.floorDiv(EventDays.day(time), DAYS);
    }

    /**
     * Takes a use in.
     *
     * @return whether another user is known, or an earlier time
     */
    public boolean add(Subject application, AppEvent fact) {
        NetworkUser user = new NetworkUser(Actors.key(fact.getActor()).orElseThrow(), fact.getEventTime());
        boolean changed = false;
        for (String network : networks(fact)) {
            byte[] key = StoreKeys.join(
                    prefix(application), StoreKeys.number(month(fact)), StoreKeys.hash(Hashes.sha256(network), HASH));
            byte[] known = store.get(key);
            List<NetworkUser> before = known == null ? List.of() : fromBytes(known);
            List<NetworkUser> all = new ArrayList<>(before);
            all.add(user);
            List<NetworkUser> after = first(all);
            if (!after.equals(before)) {
                store.put(key, toBytes(after));
                changed = true;
            }
        }
        return changed;
    }

    /** As {@link io.rolecall.detection.ApplicationHistory#networkUsers} says. */
    public List<NetworkUser> of(Subject application, String network) {
        byte[] prefix = prefix(application);
        byte[] hash = StoreKeys.hash(Hashes.sha256(network), HASH);
        List<NetworkUser> all = new ArrayList<>();
        byte[] cursor = prefix;
        while (true) {
            List<KeyValue<byte[], byte[]>> next = store.between(cursor, StoreKeys.after(prefix), 1);
            if (next.isEmpty()) {
                return first(all);
            }
            byte[] month = new byte[Integer.BYTES];
            ByteBuffer.wrap(next.get(0).key, prefix.length, month.length).get(month);
            byte[] known = store.get(StoreKeys.join(prefix, month, hash));
            if (known != null) {
                all.addAll(fromBytes(known));
            }
            cursor = StoreKeys.after(StoreKeys.join(prefix, month)).get();
        }
    }

    void expire(Subject application, Instant horizon) {
        byte[] prefix = prefix(application);
        store.deleteBetween(prefix, StoreKeys.join(prefix, StoreKeys.number(month(horizon))));
    }

    private static List<NetworkUser> first(List<NetworkUser> all) {
        Map<String, NetworkUser> earliest = new LinkedHashMap<>();
        all.stream().sorted(ORDER).forEach(one -> earliest.putIfAbsent(one.user(), one));
        return earliest.values().stream().limit(MOST).toList();
    }

    private static byte[] prefix(Subject application) {
        return StoreKeys.join(StoreKeys.subject(application), StoreKeys.of(USERS));
    }

    private static byte[] toBytes(List<NetworkUser> users) {
        byte[][] parts = new byte[2 * users.size()][];
        for (int i = 0; i < users.size(); i++) {
            parts[2 * i] = StoreKeys.time(users.get(i).since());
            parts[2 * i + 1] = StoreKeys.text(users.get(i).user());
        }
        return StoreKeys.join(parts);
    }

    private static List<NetworkUser> fromBytes(byte[] bytes) {
        List<NetworkUser> users = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            Instant since = StoreKeys.time(bytes, in.position());
            in.position(in.position() + Long.BYTES);
            users.add(new NetworkUser(StoreKeys.readText(in), since));
        }
        return users;
    }
}
