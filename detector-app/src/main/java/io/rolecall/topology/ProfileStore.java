package io.rolecall.topology;

import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * One compact profile a subject, and the users of each application with the number of their acts, so that distinct users are
 * counted exactly at the cost of one read.
 */
final class ProfileStore {

    private static final char PROFILE = 'p';
    private static final char USER = 'n';
    private static final int HASH = 8;
    private static final AvroSerde<SubjectProfile> PROFILES = AvroSerde.stored(SubjectProfile.class);

    private final EntryStore store;

    ProfileStore(EntryStore store) {
        this.store = store;
    }

    Optional<SubjectProfile> get(Subject subject) {
        byte[] value = store.get(key(subject));
        return value == null ? Optional.empty() : Optional.of(PROFILES.fromBytes(value));
    }

    void put(Subject subject, SubjectProfile profile) {
        store.put(key(subject), PROFILES.toBytes(profile));
    }

    /** Counts an act of a user, or takes one back that turns out to be somebody else's. */
    SubjectProfile countUserAct(Subject subject, SubjectProfile profile, AppEvent act, int change) {
        boolean consent = Profiles.isConsent(act);
        if (!consent && !Profiles.isAssignment(act)) {
            return profile;
        }
        byte[] key = Keys.join(Keys.subject(subject), Keys.of(USER), Keys.hash(Hashes.sha256(Acts.userKey(act)), HASH));
        byte[] known = store.get(key);
        long[] counts = known == null ? new long[2] : counts(known);
        int kind = consent ? 0 : 1;
        long before = counts[kind];
        counts[kind] = Math.max(0, before + change);
        int users = Long.signum(counts[kind]) - Long.signum(before);
        if (counts[0] + counts[1] == 0) {
            store.delete(key);
        } else {
            store.put(
                    key,
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(counts[0])
                            .putLong(counts[1])
                            .array());
        }
        SubjectProfile.Builder counted = SubjectProfile.newBuilder(profile);
        return consent
                ? counted.setConsentUsers(profile.getConsentUsers() + users)
                        .setConsentActs(profile.getConsentActs() + change)
                        .build()
                : counted.setAssignedUsers(profile.getAssignedUsers() + users)
                        .setAssignmentActs(profile.getAssignmentActs() + change)
                        .build();
    }

    /** Every subject that has a profile. */
    List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.between(Keys.firstSubject(), Keys.END, Integer.MAX_VALUE)) {
            if (entry.key[Keys.subjectLength(entry.key)] == PROFILE) {
                subjects.add(Keys.subject(entry.key));
            }
        }
        return subjects;
    }

    /**
     * Reads the profiles of applications whose keys start with the prefix, at the cost of two reads each: the users of an application,
     * which can be many, lie before its profile.
     *
     * @param most profiles to read
     */
    void applications(byte[] prefix, int most, BiConsumer<Subject, SubjectProfile> reader) {
        Bytes end = Keys.after(prefix);
        byte[] from = prefix;
        for (int read = 0; read < most; read++) {
            List<KeyValue<byte[], byte[]>> next = store.between(from, end, 1);
            if (next.isEmpty()) {
                return;
            }
            Subject subject = Keys.subject(next.get(0).key);
            get(subject).ifPresent(profile -> reader.accept(subject, profile));
            from = Keys.after(Keys.subject(subject)).get();
        }
    }

    void delete(Subject subject) {
        store.withPrefix(Keys.subject(subject), Integer.MAX_VALUE).forEach(entry -> store.delete(entry.key));
    }

    private static byte[] key(Subject subject) {
        return Keys.join(Keys.subject(subject), Keys.of(PROFILE));
    }

    private static long[] counts(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return new long[] {in.getLong(), in.getLong()};
    }
}
