package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.Acts;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

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
    private final ApplicationNames names;

    ProfileStore(EntryStore store) {
        this.store = store;
        this.names = new ApplicationNames(store);
    }

    public Optional<SubjectProfile> get(Subject subject) {
        byte[] value = store.get(key(subject));
        return value == null ? Optional.empty() : Optional.of(PROFILES.fromBytes(value));
    }

    /**
     * Takes a profile.
     *
     * @param known as it was, so that nothing is read again; empty when it is new
     */
    public void put(Subject subject, Optional<SubjectProfile> known, SubjectProfile profile) {
        names.changed(subject, known, Optional.of(profile));
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

    /**
     * Subjects in the order of their keys, at the cost of a read each: the users of an application, which can be many, lie before
     * its profile and are passed over.
     *
     * @param from key to begin with
     * @param most of them
     */
    List<Subject> subjectsFrom(byte[] from, int most) {
        return subjects(from, StoreKeys.END, most);
    }

    /**
     * Subjects of one kind in the order of their keys, at the cost of a read each.
     *
     * @param after the one before the first; null to begin with the first of all
     */
    List<Subject> subjects(SubjectKind kind, @Nullable Subject after, int most) {
        byte[] prefix = StoreKeys.kindPrefix(kind);
        return subjects(after == null ? prefix : StoreKeys.afterSubject(after), StoreKeys.after(prefix), most);
    }

    /**
     * Applications that have the App ID: one a tenant.
     *
     * @param appId lower case
     */
    List<Subject> applications(String appId, int most) {
        byte[] prefix = StoreKeys.applications(appId);
        return subjects(prefix, StoreKeys.after(prefix), most);
    }

    /** Applications that have the object id, the service principal id or the latest name, in any case. */
    List<Subject> applicationsCalled(String text, int most) {
        return names.find(text, most).stream()
                .filter(subject -> get(subject)
                        .filter(profile -> ApplicationNames.isCalled(subject, profile, text))
                        .isPresent())
                .toList();
    }

    private List<Subject> subjects(byte[] from, Bytes end, int most) {
        List<Subject> subjects = new ArrayList<>();
        byte[] cursor = from;
        while (subjects.size() < most) {
            List<KeyValue<byte[], byte[]>> next = store.between(cursor, end, 1);
            if (next.isEmpty()) {
                break;
            }
            Subject subject = StoreKeys.subject(next.get(0).key);
            subjects.add(subject);
            cursor = StoreKeys.afterSubject(subject);
        }
        return subjects;
    }

    /**
     * People, or tenants, that have the id: one a tenant.
     *
     * @param id lower case
     */
    List<Subject> named(SubjectKind kind, String id, int most) {
        byte[] prefix = StoreKeys.named(kind, id);
        return subjects(prefix, StoreKeys.after(prefix), most);
    }

    void delete(Subject subject, SubjectProfile profile) {
        names.changed(subject, Optional.of(profile), Optional.empty());
        store.deleteWithPrefix(StoreKeys.subject(subject));
    }

    private static byte[] key(Subject subject) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(PROFILE));
    }
}
