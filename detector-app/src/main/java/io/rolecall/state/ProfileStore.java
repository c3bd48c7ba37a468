package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
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
public final class ProfileStore {

    private static final char PROFILE = 'p';
    private static final char USER = 'n';
    private static final int HASH = 8;
    private static final AvroSerde<SubjectProfile> PROFILES = AvroSerde.stored(SubjectProfile.class);

    private final EntryStore store;

    ProfileStore(EntryStore store) {
        this.store = store;
    }

    public Optional<SubjectProfile> get(Subject subject) {
        byte[] value = store.get(key(subject));
        return value == null ? Optional.empty() : Optional.of(PROFILES.fromBytes(value));
    }

    public void put(Subject subject, SubjectProfile profile) {
        store.put(key(subject), PROFILES.toBytes(profile));
    }

    /**
     * Counts an act of a user, or takes one back that turns out to be somebody else's. A consent for the whole tenant is kept with
     * its actor: what it assigns to the actor by the way is no consent of a user.
     */
    public SubjectProfile countUserAct(Subject subject, SubjectProfile profile, AppEvent act, int change) {
        if (Acts.isTenantWide(act)) {
            SubjectProfile counted = profile;
            for (String actor : Actors.keys(act.getActor())) {
                counted = count(subject, counted, actor, act, change);
            }
            return counted;
        }
        return Acts.asksUser(act) || Acts.assignsUser(act)
                ? count(subject, profile, Acts.userKey(act), act, change)
                : profile;
    }

    private SubjectProfile count(Subject subject, SubjectProfile profile, String user, AppEvent act, int change) {
        byte[] key = StoreKeys.join(
                StoreKeys.subject(subject), StoreKeys.of(USER), StoreKeys.hash(Hashes.sha256(user), HASH));
        byte[] known = store.get(key);
        UserActs acts = UserActs.of(known == null ? new byte[0] : known);
        long consents = acts.consents();
        long assignments = acts.assignments();
        acts.count(act, change);
        byte[] stored = acts.stored();
        if (stored.length == 0) {
            store.delete(key);
        } else {
            store.put(key, stored);
        }
        return SubjectProfile.newBuilder(profile)
                .setConsentUsers(profile.getConsentUsers() + Long.signum(acts.consents()) - Long.signum(consents))
                .setConsentActs(profile.getConsentActs() + acts.consents() - consents)
                .setAssignedUsers(
                        profile.getAssignedUsers() + Long.signum(acts.assignments()) - Long.signum(assignments))
                .setAssignmentActs(profile.getAssignmentActs() + acts.assignments() - assignments)
                .build();
    }

    /** Every subject that has a profile. */
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry :
                store.between(StoreKeys.firstSubject(), StoreKeys.END, Integer.MAX_VALUE)) {
            if (entry.key[StoreKeys.subjectLength(entry.key)] == PROFILE) {
                subjects.add(StoreKeys.subject(entry.key));
            }
        }
        return subjects;
    }

    /**
     * Reads the profiles of subjects whose keys start with the prefix, at the cost of two reads each: the users of an application,
     * which can be many, lie before its profile.
     *
     * @param most profiles to read
     */
    void read(byte[] prefix, int most, BiConsumer<Subject, SubjectProfile> reader) {
        Bytes end = StoreKeys.after(prefix);
        byte[] from = prefix;
        for (int read = 0; read < most; read++) {
            List<KeyValue<byte[], byte[]>> next = store.between(from, end, 1);
            if (next.isEmpty()) {
                return;
            }
            Subject subject = StoreKeys.subject(next.get(0).key);
            get(subject).ifPresent(profile -> reader.accept(subject, profile));
            from = StoreKeys.after(StoreKeys.subject(subject)).get();
        }
    }

    void delete(Subject subject) {
        store.withPrefix(StoreKeys.subject(subject), Integer.MAX_VALUE).forEach(entry -> store.delete(entry.key));
    }

    private static byte[] key(Subject subject) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(PROFILE));
    }
}
