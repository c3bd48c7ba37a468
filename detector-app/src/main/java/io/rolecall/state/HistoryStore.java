package io.rolecall.state;

import io.rolecall.event.ActMerge;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Involvement;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.ActCopies;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;

/**
 * The acts of each subject. Acts are stored by what they are about ({@link ActGroup}) and time, acts of single users in one entry a
 * user and UTC day; an index finds an act by its id, because copies of one act differ in time. Every distinct copy is kept and the
 * merged view is computed on reading, so that the order of arrival leaves no trace. All are stored; which are shown when there are
 * many is a function of what is stored.
 */
public final class HistoryStore {

    /** Most acts shown of one user and day; the earliest win. */
    static final int MOST_ACTS_A_DAY = 32;

    /** Most copies kept of one user and day, so that one busy user does not make an entry grow without bound. */
    private static final int MOST_COPIES_A_DAY = 128;

    /** So many acts are read at once; a subject that has more is read family by family. */
    private static final int MOST_AT_ONCE = 512;

    static final char USER_DAY = 'u';
    private static final char INDEX = 'i';
    private static final int INDEX_HASH = 11;
    private static final int HASH = 8;

    private static final AvroSerde<ActCopies> ACTS = AvroSerde.stored(ActCopies.class);
    private static final AvroSerde<UserDay> USER_DAYS = AvroSerde.stored(UserDay.class);

    private final EntryStore store;
    private final CrowdedFamilies crowded;

    HistoryStore(EntryStore store) {
        this.store = store;
        this.crowded = new CrowdedFamilies(store);
    }

    /**
     * What adding a copy did.
     *
     * @param before the act as it was; empty when it is new
     * @param after the act as it is
     * @param changed whether the act is new or says more than before
     */
    public record Added(Optional<AppEvent> before, AppEvent after, boolean changed) {}

    /**
     * The acts of a subject, ordered by time and act id.
     *
     * @param cut whether there are more
     */
    public record Shown(List<AppEvent> acts, boolean cut) {}

    /**
     * Adds a copy of an act.
     *
     * @param sets of the policy: grants of their permissions are bounded apart from the other grants
     */
    public Added add(Subject subject, AppEvent copy, PermissionSets sets) {
        byte[] prefix = prefix(subject, Involvement.of(copy));
        boolean byUser = subject.kind() == SubjectKind.APPLICATION && Involvement.of(copy) == Involvement.TARGET;
        String actId = Acts.id(copy);
        byte[] index = index(prefix, actId);
        byte[] location = store.get(index);
        List<AppEvent> copies = location == null ? List.of() : copies(key(prefix, location, actId), actId);
        if (location != null && copies.isEmpty()) {
            // Known, but beyond what is kept of its user and day.
            return new Added(Optional.of(copy), copy, false);
        }
        List<AppEvent> all = ActMerge.add(copies, copy);
        AppEvent after = ActMerge.merged(all);
        if (location != null && all.equals(copies)) {
            return new Added(Optional.of(after), after, false);
        }
        Optional<AppEvent> before = copies.isEmpty() ? Optional.empty() : Optional.of(ActMerge.merged(copies));
        if (location != null) {
            remove(key(prefix, location, actId), actId);
        }
        Optional<ActGroup> group =
                byUser && Acts.isUserLevel(after) ? Optional.empty() : Optional.of(ActGroup.of(after, sets));
        byte[] moved =
                group.map(of -> ActKeys.location(of, after.getEventTime())).orElseGet(() -> userDay(after));
        write(key(prefix, moved, actId), after, all);
        store.put(index, moved);
        if (location != null && location[0] == ActKeys.ACT) {
            crowded.changed(prefix, new ActKeys(prefix).groupOf(key(prefix, location, actId)));
        }
        group.ifPresent(of -> crowded.changed(prefix, of));
        return new Added(before, after, true);
    }

    /** Whether a subject has more acts than a number in one of its parts, without those of single users. */
    public boolean hasMoreThan(int acts, Subject subject) {
        return Stream.of(Involvement.values())
                .anyMatch(part -> store.withPrefix(new ActKeys(prefix(subject, part)).all(), acts + 1)
                                .size()
                        > acts);
    }

    /**
     * The acts that are shown of what concerns a subject; what an application did to others is apart ({@link #initiated}), so that it
     * neither counts for what was done to the application, nor hides any of it.
     */
    public Shown acts(Subject subject) {
        return shown(prefix(subject, Involvement.TARGET));
    }

    /** The acts that are shown of what an application did. */
    public Shown initiated(Subject application) {
        return shown(prefix(application, Involvement.INITIATOR));
    }

    private static byte[] prefix(Subject subject, Involvement part) {
        return part == Involvement.INITIATOR ? StoreKeys.initiated(subject) : StoreKeys.subject(subject);
    }

    /** All acts of each family, or those that {@link ActSelection} chooses. */
    private Shown shown(byte[] prefix) {
        ActKeys keys = new ActKeys(prefix);
        List<KeyValue<byte[], byte[]>> all = store.withPrefix(keys.all(), MOST_AT_ONCE + 1);
        Map<ActFamily, List<KeyValue<byte[], byte[]>>> read = new EnumMap<>(ActFamily.class);
        if (all.size() <= MOST_AT_ONCE) {
            all.forEach(entry -> read.computeIfAbsent(keys.family(entry.key), family -> new ArrayList<>())
                    .add(entry));
        }
        List<KeyValue<byte[], byte[]>> shown = new ArrayList<>();
        boolean cut = false;
        for (ActFamily family : ActFamily.values()) {
            List<KeyValue<byte[], byte[]>> found = all.size() > MOST_AT_ONCE
                    ? store.withPrefix(keys.all(family), family.most() + 1)
                    : read.getOrDefault(family, List.of());
            if (found.size() <= family.most()) {
                shown.addAll(found);
                continue;
            }
            cut = true;
            shown.addAll(
                    all.size() > MOST_AT_ONCE ? crowded.shown(prefix, family) : ActSelection.of(family, found, keys));
        }
        List<AppEvent> acts = shown.stream()
                .map(entry -> ActMerge.merged(ACTS.fromBytes(entry.value).getCopies()))
                .sorted(ActMerge.byTimeThenAct())
                .toList();
        return new Shown(acts, cut);
    }

    List<UserDay> userDays(Subject subject, Instant from, Instant to, int limit) {
        byte[] prefix = StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(USER_DAY));
        return store
                .between(
                        StoreKeys.join(prefix, StoreKeys.day(from)),
                        StoreKeys.after(StoreKeys.join(prefix, StoreKeys.day(to))),
                        limit)
                .stream()
                .map(entry -> shown(USER_DAYS.fromBytes(entry.value)))
                .toList();
    }

    /** Takes everything of a subject out, as copies. */
    public List<AppEvent> removeAll(Subject subject) {
        List<AppEvent> copies = removeAll(prefix(subject, Involvement.TARGET));
        copies.addAll(removeAll(prefix(subject, Involvement.INITIATOR)));
        return copies;
    }

    private List<AppEvent> removeAll(byte[] prefix) {
        List<AppEvent> copies = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(prefix, Integer.MAX_VALUE)) {
            char group = (char) entry.key[prefix.length];
            if (group == ActKeys.ACT) {
                copies.addAll(ACTS.fromBytes(entry.value).getCopies());
            } else if (group == USER_DAY) {
                copies.addAll(USER_DAYS.fromBytes(entry.value).getActs());
            } else if (group == AddressFacts.ADDRESS) {
                copies.add(AddressFacts.FACTS.fromBytes(entry.value));
            } else if (group == InquiryStore.ASKED || group == InquiryStore.RECEIVED) {
                copies.add(InquiryStore.FACTS.fromBytes(entry.value));
            } else if (group == PersonalUses.SIGN_IN || group == PersonalUses.NOTICED) {
                copies.addAll(PersonalSlots.ends(entry));
            } else if (group == PersonalUses.WHOLE) {
                copies.add(PersonalUses.EVENTS.fromBytes(entry.value));
            }
            store.delete(entry.key);
        }
        return copies;
    }

    /** Deletes acts of a subject before the horizon, with their index. */
    void expire(Subject subject, Instant horizon) {
        expire(prefix(subject, Involvement.TARGET), horizon);
        expire(prefix(subject, Involvement.INITIATOR), horizon);
    }

    private void expire(byte[] prefix, Instant horizon) {
        ActKeys keys = new ActKeys(prefix);
        byte[] cursor = keys.all();
        while (true) {
            List<KeyValue<byte[], byte[]>> next = store.between(cursor, StoreKeys.after(keys.all()), 1);
            if (next.isEmpty()) {
                break;
            }
            byte[] group = keys.groupOf(next.get(0).key);
            for (KeyValue<byte[], byte[]> entry :
                    store.between(group, ActKeys.before(group, horizon), Integer.MAX_VALUE)) {
                delete(prefix, entry, ACTS.fromBytes(entry.value).getCopies());
            }
            crowded.changed(prefix, group);
            cursor = StoreKeys.after(group).get();
        }
        byte[] days = StoreKeys.join(prefix, StoreKeys.of(USER_DAY));
        for (KeyValue<byte[], byte[]> entry : store.between(days, StoreKeys.join(days, StoreKeys.day(horizon)))) {
            delete(prefix, entry, USER_DAYS.fromBytes(entry.value).getActs());
        }
    }

    private void delete(byte[] prefix, KeyValue<byte[], byte[]> entry, List<AppEvent> copies) {
        copies.forEach(copy -> store.delete(index(prefix, Acts.id(copy))));
        store.delete(entry.key);
    }

    private List<AppEvent> copies(byte[] key, String actId) {
        byte[] value = store.get(key);
        if (value == null) {
            return List.of();
        }
        if (group(key) == ActKeys.ACT) {
            return ACTS.fromBytes(value).getCopies();
        }
        return USER_DAYS.fromBytes(value).getActs().stream()
                .filter(copy -> Acts.id(copy).equals(actId))
                .toList();
    }

    private void remove(byte[] key, String actId) {
        if (group(key) == ActKeys.ACT) {
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
        if (group(key) == ActKeys.ACT) {
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

    private static byte[] index(byte[] subject, String actId) {
        return StoreKeys.join(subject, StoreKeys.of(INDEX), StoreKeys.hash(actId, INDEX_HASH));
    }

    private static byte[] key(byte[] subject, byte[] location, String actId) {
        return location[0] == ActKeys.ACT ? ActKeys.key(subject, location, actId) : StoreKeys.join(subject, location);
    }

    private static byte[] userDay(AppEvent act) {
        return StoreKeys.join(
                StoreKeys.of(USER_DAY),
                StoreKeys.day(act.getEventTime()),
                StoreKeys.hash(Hashes.sha256(Acts.userKey(act)), HASH));
    }

    private static char group(byte[] key) {
        return (char) key[StoreKeys.subjectLength(key)];
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
