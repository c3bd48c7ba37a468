package io.rolecall.state;

import io.rolecall.event.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all subjects, in slices, after the network table has changed: every alert depends on it. How far it has come lies in
 * the store with what was evaluated on the way, so that a crash takes both back, and a change on the way begins it anew.
 */
public final class SubjectWalk {

    private static final byte[] NETWORKS_VERSION = {'N'};
    private static final byte[] CURSOR = {'W'};

    private final EntryStore store;
    private final ProfileStore profiles;

    /** The version in the store, once it has been read. */
    private @Nullable String followed;

    private int begun;

    /**
     * The walk of one task.
     *
     * @param pending where the place is kept
     * @param profiles has all subjects
     */
    public SubjectWalk(ReadOnlyKeyValueStore<Bytes, byte[]> pending, ProfileStore profiles) {
        this.store = new EntryStore(pending);
        this.profiles = profiles;
    }

    /**
     * Begins at the first subject when the network table is another than the last that anything was evaluated with. To be told of
     * every table before it is used: one that holds for a moment, between two others that are alike, leaves its alerts behind.
     */
    public void follow(String version) {
        if (version.equals(followed)) {
            return;
        }
        byte[] text = version.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(store.get(NETWORKS_VERSION), text)) {
            store.put(NETWORKS_VERSION, text);
            store.put(CURSOR, StoreKeys.firstSubject());
            begun++;
        }
        followed = version;
    }

    /**
     * Goes on by one slice; does nothing when no walk is on. The place is written last, and not when the walk begins anew meanwhile:
     * what fails is met again.
     *
     * @param most subjects, at least 1
     * @param visit called with each
     * @throws IllegalArgumentException when {@code most} is less than 1
     */
    public void step(int most, Consumer<Subject> visit) {
        if (most < 1) {
            throw new IllegalArgumentException("a walk goes on by at least one subject, not by " + most);
        }
        byte[] cursor = store.get(CURSOR);
        if (cursor == null) {
            return;
        }
        int before = begun;
        List<Subject> subjects = profiles.subjectsFrom(cursor, most);
        subjects.forEach(visit);
        if (begun != before) {
            return;
        }
        if (subjects.size() < most) {
            store.delete(CURSOR);
        } else {
            store.put(CURSOR, StoreKeys.afterSubject(subjects.get(most - 1)));
        }
    }

    /** Whether some subjects are still to come. */
    public boolean isOn() {
        return store.get(CURSOR) != null;
    }
}
