package io.rolecall.state;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Everything stored of subjects, and its expiry: the history by event time, through an index by day, and profiles 400 days after
 * their last fact.
 */
public final class SubjectStores {

    /** First byte of the index of days; subjects' keys start with a letter. */
    private static final char DAYS = 1;

    private static final int SECONDS_A_DAY = 86_400;
    private static final byte[] PRESENT = new byte[0];

    private final EntryStore entries;
    private final EntryStore profileEntries;
    private final HistoryStore history;
    private final AddressFacts addresses;
    private final RollUps rollUps;
    private final InquiryStore inquiries;
    private final ProfileStore profiles;

    public SubjectStores(
            ReadOnlyKeyValueStore<Bytes, byte[]> historyStore, ReadOnlyKeyValueStore<Bytes, byte[]> profileStore) {
        this.entries = new EntryStore(historyStore);
        this.profileEntries = new EntryStore(profileStore);
        this.history = new HistoryStore(entries);
        this.addresses = new AddressFacts(entries);
        this.rollUps = new RollUps(entries);
        this.inquiries = new InquiryStore(entries);
        this.profiles = new ProfileStore(profileEntries);
    }

    public static SubjectStores of(ProcessorContext<?, ?> context) {
        KeyValueStore<Bytes, byte[]> history = context.getStateStore(Names.HISTORY);
        KeyValueStore<Bytes, byte[]> profiles = context.getStateStore(Names.PROFILES);
        return new SubjectStores(history, profiles);
    }

    public HistoryStore history() {
        return history;
    }

    public AddressFacts addresses() {
        return addresses;
    }

    public RollUps rollUps() {
        return rollUps;
    }

    public InquiryStore inquiries() {
        return inquiries;
    }

    public ProfileStore profiles() {
        return profiles;
    }

    /** Finds applications. */
    public ApplicationLookup lookup() {
        return new ApplicationLookup(profiles);
    }

    /** Finds people and tenants. */
    public NamedSubjects named() {
        return new NamedSubjects(profiles);
    }

    /**
     * The subjects that somebody asks about, in these stores alone: applications by any id or by name, people by any of their names,
     * tenants by their id.
     *
     * @param text id or whole name, in any case
     */
    public List<Subject> find(SubjectKind kind, String text) {
        String id = text.toLowerCase(Locale.ROOT);
        if (kind != SubjectKind.APPLICATION) {
            return named().named(kind, id);
        }
        List<Subject> found = lookup().byAppId(id);
        return found.isEmpty() ? lookup().byIdOrName(text) : found;
    }

    public Optional<StoredHistory> view(Subject subject) {
        return profiles.get(subject).map(profile -> StoredHistory.of(subject, profile, this));
    }

    /** Entries read since the stores were opened. */
    public long reads() {
        return entries.reads() + profileEntries.reads();
    }

    /** Remembers that a subject has facts of a day, so that expiry finds them. */
    public void index(Subject subject, AppEvent event) {
        byte[] key = dayOf(subject, event.getEventTime());
        entries.put(key, PRESENT);
        profileEntries.put(key, PRESENT);
    }

    /** Remembers that a subject's history was added to on a day, and its profile was not. */
    public void indexHistory(Subject subject, Instant time) {
        entries.put(dayOf(subject, time), PRESENT);
    }

    /** Remembers that a subject's profile was added to on a day, and its history was not. */
    public void indexProfile(Subject subject, Instant time) {
        profileEntries.put(dayOf(subject, time), PRESENT);
    }

    private static byte[] dayOf(Subject subject, Instant time) {
        return StoreKeys.join(StoreKeys.of(DAYS), StoreKeys.day(time), StoreKeys.subject(subject));
    }

    /** Deletes history of whole days before the horizon, and profiles whose last fact is older than 400 days. */
    public void expire(Instant horizon, Instant newest) {
        Instant midnight = Instant.ofEpochSecond(EventDays.day(horizon) * SECONDS_A_DAY);
        for (Subject subject : takeIndexed(entries, horizon)) {
            history.expire(subject, midnight);
            addresses.expire(subject, midnight);
            rollUps.expire(subject, midnight);
            inquiries.expire(subject, midnight);
        }
        Instant oldest = EventDays.minus(newest, Retention.PROFILE);
        for (Subject subject : takeIndexed(profileEntries, oldest)) {
            Optional<SubjectProfile> profile =
                    profiles.get(subject).filter(known -> known.getLastSeen().isBefore(oldest));
            if (profile.isPresent()) {
                profiles.delete(subject, profile.orElseThrow());
                history.removeAll(subject);
            }
        }
    }

    /** Subjects indexed under days before the horizon, which leave the index. */
    private static List<Subject> takeIndexed(EntryStore entries, Instant horizon) {
        byte[] start = StoreKeys.of(DAYS);
        Bytes end = Bytes.wrap(StoreKeys.join(start, StoreKeys.day(horizon)));
        List<Subject> subjects = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : entries.between(start, end, Integer.MAX_VALUE)) {
            int prefix = start.length + Integer.BYTES;
            subjects.add(StoreKeys.subject(ByteBuffer.wrap(entry.key, prefix, entry.key.length - prefix)));
            entries.delete(entry.key);
        }
        return subjects;
    }
}
