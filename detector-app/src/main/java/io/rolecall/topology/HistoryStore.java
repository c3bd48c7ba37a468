package io.rolecall.topology;

import io.rolecall.event.ActMerge;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.ActCopies;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The acts of each subject. Acts are stored under their time, acts of single users in one entry a user and UTC day; an index
 * finds an act by its id, because copies of one act differ in time. Every distinct copy is kept and the merged view is computed on
 * reading, so that the order of arrival leaves no trace.
 */
final class HistoryStore {

    /** Most acts shown of one user and day; the earliest win. */
    static final int MOST_ACTS_A_DAY = 32;

    /** Most copies kept of one user and day, so that one busy user does not make an entry grow without bound. */
    private static final int MOST_COPIES_A_DAY = 128;

    static final char ACT = 'a';
    static final char USER_DAY = 'u';
    private static final char INDEX = 'i';
    private static final int HASH = 8;

    private static final AvroSerde<ActCopies> ACTS = AvroSerde.stored(ActCopies.class);
    private static final AvroSerde<UserDay> USER_DAYS = AvroSerde.stored(UserDay.class);

    private final EntryStore store;

    HistoryStore(EntryStore store) {
        this.store = store;
    }

    /**
     * What adding a copy did.
     *
     * @param before the act as it was; empty when it is new
     * @param after the act as it is
     * @param changed whether the act is new or says more than before
     */
    record Added(Optional<AppEvent> before, AppEvent after, boolean changed) {}

    Added add(Subject subject, AppEvent copy) {
        byte[] prefix = Keys.subject(subject);
        byte[] index = Keys.join(prefix, Keys.of(INDEX), Keys.hash(Acts.id(copy), 2 * HASH));
        byte[] location = store.get(index);
        List<AppEvent> copies = location == null ? List.of() : copies(Keys.join(prefix, location), Acts.id(copy));
        if (location != null && copies.isEmpty()) {
            // Known, but beyond what is kept of its user and day.
            return new Added(Optional.of(copy), copy, false);
        }
        List<AppEvent> all = ActMerge.add(copies, copy);
        AppEvent after = ActMerge.merged(all);
        if (location != null && all.equals(copies)) {
            return new Added(Optional.of(after), after, false);
        }
        if (location != null) {
            remove(Keys.join(prefix, location), Acts.id(copy));
        }
        byte[] moved = location(after);
        write(Keys.join(prefix, moved), after, all);
        store.put(index, moved);
        return new Added(copies.isEmpty() ? Optional.empty() : Optional.of(ActMerge.merged(copies)), after, true);
    }

    /** The newest acts, at most {@code limit}, ordered by time and act id. */
    List<AppEvent> acts(Subject subject, int limit) {
        byte[] prefix = Keys.join(Keys.subject(subject), Keys.of(ACT));
        List<AppEvent> acts = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.lastWithPrefix(prefix, limit)) {
            acts.add(ActMerge.merged(ACTS.fromBytes(entry.value).getCopies()));
        }
        Collections.reverse(acts);
        return acts;
    }

    List<UserDay> userDays(Subject subject, Instant from, Instant to, int limit) {
        byte[] prefix = Keys.join(Keys.subject(subject), Keys.of(USER_DAY));
        return store
                .between(Keys.join(prefix, Keys.day(from)), Keys.after(Keys.join(prefix, Keys.day(to))), limit)
                .stream()
                .map(entry -> shown(USER_DAYS.fromBytes(entry.value)))
                .toList();
    }

    /** Takes everything of a subject out, as copies. */
    List<AppEvent> removeAll(Subject subject) {
        byte[] prefix = Keys.subject(subject);
        List<AppEvent> copies = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(prefix, Integer.MAX_VALUE)) {
            char group = (char) entry.key[prefix.length];
            if (group == ACT) {
                copies.addAll(ACTS.fromBytes(entry.value).getCopies());
            } else if (group == USER_DAY) {
                copies.addAll(USER_DAYS.fromBytes(entry.value).getActs());
            } else if (group == AddressFacts.ADDRESS) {
                copies.add(AddressFacts.FACTS.fromBytes(entry.value));
            }
            store.delete(entry.key);
        }
        return copies;
    }

    /** Deletes acts of a subject before the horizon, with their index. */
    void expire(Subject subject, Instant horizon) {
        byte[] prefix = Keys.subject(subject);
        expire(prefix, ACT, Keys.time(horizon));
        expire(prefix, USER_DAY, Keys.day(horizon));
    }

    private void expire(byte[] prefix, char group, byte[] until) {
        byte[] start = Keys.join(prefix, Keys.of(group));
        for (KeyValue<byte[], byte[]> entry :
                store.between(start, Bytes.wrap(Keys.join(start, until)), Integer.MAX_VALUE)) {
            List<AppEvent> copies = group == ACT
                    ? ACTS.fromBytes(entry.value).getCopies()
                    : USER_DAYS.fromBytes(entry.value).getActs();
            for (AppEvent copy : copies) {
                store.delete(Keys.join(prefix, Keys.of(INDEX), Keys.hash(Acts.id(copy), 2 * HASH)));
            }
            store.delete(entry.key);
        }
    }

    private List<AppEvent> copies(byte[] key, String actId) {
        byte[] value = store.get(key);
        if (value == null) {
            return List.of();
        }
        if (group(key) == ACT) {
            return ACTS.fromBytes(value).getCopies();
        }
        return USER_DAYS.fromBytes(value).getActs().stream()
                .filter(copy -> Acts.id(copy).equals(actId))
                .toList();
    }

    private void remove(byte[] key, String actId) {
        if (group(key) == ACT) {
            store.delete(key);
            return;
        }
        byte[] value = store.get(key);
        if (value != null) {
            UserDay day = USER_DAYS.fromBytes(value);
            day.setActs(day.getActs().stream()
                    .filter(copy -> !Acts.id(copy).equals(actId))
                    .toList());
            store.put(key, USER_DAYS.toBytes(day));
        }
    }

    private void write(byte[] key, AppEvent act, List<AppEvent> copies) {
        if (group(key) == ACT) {
            store.put(key, ACTS.toBytes(new ActCopies(copies)));
            return;
        }
        byte[] value = store.get(key);
        UserDay day = value == null
                ? UserDay.newBuilder()
                        .setUserKey(Acts.userKey(act))
                        .setActs(List.of())
                        .build()
                : USER_DAYS.fromBytes(value);
        List<AppEvent> all = new ArrayList<>(day.getActs());
        all.addAll(copies);
        day.setActs(all.stream()
                .sorted(ActMerge.byTimeThenAct())
                .limit(MOST_COPIES_A_DAY)
                .toList());
        store.put(key, USER_DAYS.toBytes(day));
    }

    /** Where an act stands, from the group on. */
    private static byte[] location(AppEvent act) {
        return Acts.isUserLevel(act)
                ? Keys.join(
                        Keys.of(USER_DAY),
                        Keys.day(act.getEventTime()),
                        Keys.hash(Hashes.sha256(Acts.userKey(act)), HASH))
                : Keys.join(Keys.of(ACT), Keys.time(act.getEventTime()), Keys.hash(Acts.id(act), HASH));
    }

    private static char group(byte[] key) {
        return (char) key[Keys.subjectLength(key)];
    }

    private static UserDay shown(UserDay stored) {
        Map<String, List<AppEvent>> acts = new TreeMap<>();
        stored.getActs().forEach(copy -> acts.computeIfAbsent(Acts.id(copy), id -> new ArrayList<>())
                .add(copy));
        List<AppEvent> merged = acts.values().stream()
                .map(ActMerge::merged)
                .sorted(ActMerge.byTimeThenAct())
                .toList();
        return new UserDay(
                stored.getUserKey(),
                merged.subList(0, Math.min(MOST_ACTS_A_DAY, merged.size())),
                Math.max(0, merged.size() - MOST_ACTS_A_DAY));
    }
}
