package io.rolecall.state;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Everything stored of subjects, and its expiry: the history by event time, through an index by day, and profiles 400 days after
 * their last fact.
 */
public final class SubjectStores {

    private final EntryStore entries;
    private final EntryStore profileEntries;
    private final HistoryStore history;
    private final AddressFacts addresses;
    private final RollUps rollUps;
    private final PersonalUses personal;
    private final NetworkUsers networkUsers;
    private final InquiryStore inquiries;
    private final ConsentSlots consentSlots;
    private final ProfileStore profiles;
    private final DayIndex days;
    private final DayIndex profileDays;
    private final Memories memories;

    /**
     * Of one task.
     *
     * @param historyStore the store {@link Names#HISTORY}
     * @param profileStore the store {@link Names#PROFILES}
     * @param memories what is remembered for baselines
     */
    public SubjectStores(
            ReadOnlyKeyValueStore<Bytes, byte[]> historyStore,
            ReadOnlyKeyValueStore<Bytes, byte[]> profileStore,
            Memories memories) {
        this.entries = new EntryStore(historyStore);
        this.profileEntries = new EntryStore(profileStore);
        this.history = new HistoryStore(entries);
        this.addresses = new AddressFacts(entries);
        this.rollUps = new RollUps(entries);
        this.personal = new PersonalUses(entries, memories.noticed());
        this.networkUsers = new NetworkUsers(entries);
        this.inquiries = new InquiryStore(entries);
        this.consentSlots = new ConsentSlots(entries);
        this.profiles = new ProfileStore(profileEntries);
        this.days = new DayIndex(entries);
        this.profileDays = new DayIndex(profileEntries);
        this.memories = memories;
    }

    /**
     * Those of a task.
     *
     * @param needs what is remembered for baselines
     */
    public static SubjectStores of(ProcessorContext<?, ?> context, MemoryNeeds needs) {
        KeyValueStore<Bytes, byte[]> history = context.getStateStore(Names.HISTORY);
        KeyValueStore<Bytes, byte[]> profiles = context.getStateStore(Names.PROFILES);
        KeyValueStore<Bytes, byte[]> baselines = context.getStateStore(Names.BASELINES);
        KeyValueStore<Bytes, byte[]> counts = context.getStateStore(Names.USE_COUNTS);
        return new SubjectStores(history, profiles, new Memories(needs, baselines, counts));
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

    public NetworkUsers networkUsers() {
        return networkUsers;
    }

    public PersonalUses personal() {
        return personal;
    }

    public InquiryStore inquiries() {
        return inquiries;
    }

    public ConsentSlots consentSlots() {
        return consentSlots;
    }

    public ProfileStore profiles() {
        return profiles;
    }

    public Memories memories() {
        return memories;
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

    /**
     * Subjects of one kind, in slices: ordered by their keys, which are the same in every run.
     *
     * @param after the last one of the slice before; null for the first slice
     * @param most of them, at least 1; fewer are the last slice
     */
    public List<Subject> slice(SubjectKind kind, @Nullable Subject after, int most) {
        return profiles.subjects(kind, after, most);
    }

    public Optional<StoredHistory> view(Subject subject) {
        return profiles.get(subject).map(profile -> StoredHistory.of(subject, profile, this));
    }

    /** Entries read since the stores were opened. */
    public long reads() {
        return entries.reads() + profileEntries.reads() + memories.reads();
    }

    /** Remembers that a subject has facts of a day, so that expiry finds them. */
    public void index(Subject subject, AppEvent event) {
        byte[] key = DayIndex.key(subject, event.getEventTime());
        days.add(key);
        profileDays.add(key);
        memories.index(subject, event, key);
    }

    /** Remembers that a subject's history was added to on a day, and its profile was not. */
    public void indexHistory(Subject subject, Instant time) {
        days.add(DayIndex.key(subject, time));
    }

    /** Remembers that a subject's profile was added to on a day, and its history was not. */
    public void indexProfile(Subject subject, Instant time) {
        profileDays.add(DayIndex.key(subject, time));
    }

    /**
     * Takes everything out of a subject that has turned out to be another: its history, which goes there, and what is remembered of it,
     * which is made anew there from the history.
     *
     * @return what was in the history
     */
    public List<AppEvent> removeAll(Subject subject) {
        memories.forget(subject);
        return history.removeAll(subject);
    }

    /** Deletes history of whole days before what is kept, counts older than theirs, and profiles without a fact for 400 days. */
    public void expire(TaskClock clock) {
        Instant horizon = clock.keptFrom();
        Instant midnight = EventDays.midnight(horizon);
        for (Subject subject : days.take(horizon)) {
            history.expire(subject, midnight);
            addresses.expire(subject, midnight);
            rollUps.expire(subject, midnight);
            if (subject.kind() == SubjectKind.APPLICATION) {
                networkUsers.expire(subject, midnight);
            }
            if (subject.kind() == SubjectKind.ACTOR) {
                personal.expire(subject, midnight);
            }
            inquiries.expire(subject, midnight);
            if (subject.kind() == SubjectKind.TENANT) {
                consentSlots.expire(subject, midnight);
            }
        }
        memories.expireCounts(clock.countsFrom());
        Instant oldest = clock.profilesFrom();
        for (Subject subject : profileDays.take(oldest)) {
            Optional<SubjectProfile> profile =
                    profiles.get(subject).filter(known -> known.getLastSeen().isBefore(oldest));
            if (profile.isPresent()) {
                profiles.delete(subject, profile.orElseThrow());
                history.removeAll(subject);
                memories.forget(subject);
            } else {
                memories.forgetActivity(subject, oldest);
            }
        }
    }
}
