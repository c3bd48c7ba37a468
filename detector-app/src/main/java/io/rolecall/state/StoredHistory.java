package io.rolecall.state;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.Question;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.TenantHistory;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The history of a subject as the stores hold it; everything is read once an evaluation, however often it is asked for. */
public class StoredHistory implements SubjectHistory {

    private final Subject subject;
    private final SubjectProfile profile;
    private final SubjectStores stores;
    private final Memory memory;
    private HistoryStore.@Nullable Shown shown;
    private @Nullable List<Grant> grants;
    private final Map<Question, AppEvent> wanted = new HashMap<>();
    private final Map<Around, List<AppEvent>> addresses = new HashMap<>();

    /** Addresses of an actor around an act: several detections ask for those of the same act. */
    private record Around(String actorKey, Instant from, Instant to) {}

    StoredHistory(Subject subject, SubjectProfile profile, SubjectStores stores) {
        this.subject = subject;
        this.profile = profile;
        this.stores = stores;
        this.memory = stores.memories().of(subject);
    }

    /** The history of the kind that the subject is of. */
    static StoredHistory of(Subject subject, SubjectProfile profile, SubjectStores stores) {
        return switch (subject.kind()) {
            case APPLICATION -> new StoredApplication(subject, profile, stores);
            case ACTOR -> new OfActor(subject, profile, stores);
            case TENANT -> new OfTenant(subject, profile, stores);
        };
    }

    private static final class OfActor extends StoredHistory implements ActorHistory {

        private final PersonalUses personal;

        private OfActor(Subject subject, SubjectProfile profile, SubjectStores stores) {
            super(subject, profile, stores);
            this.personal = stores.personal();
        }

        @Override
        public List<PersonalUse> signIns(Instant from, Instant to, int limit) {
            return personal.signIns(subject(), from, to, limit);
        }

        @Override
        public List<PersonalUse> noticed(Instant from, Instant to, int limit) {
            return personal.noticed(subject(), from, to, limit);
        }

        @Override
        public Optional<Instant> seen(Dimension dimension, String value, Instant from, Instant before) {
            return personal.seen(subject(), dimension, value, from, before);
        }
    }

    private static final class OfTenant extends StoredHistory implements TenantHistory {

        private final ConsentSlots consents;

        private OfTenant(Subject subject, SubjectProfile profile, SubjectStores stores) {
            super(subject, profile, stores);
            this.consents = stores.consentSlots();
        }

        @Override
        public List<AppEvent> firstConsents(Instant from, Instant to, int limit) {
            return consents.between(subject(), from, to, limit);
        }
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public SubjectProfile profile() {
        return profile;
    }

    @Override
    public List<AppEvent> acts() {
        return shown().acts();
    }

    @Override
    public List<Grant> grants() {
        // Many detections ask; the acts are fixed.
        List<Grant> known = grants;
        if (known == null) {
            known = Grants.of(acts());
            grants = known;
        }
        return known;
    }

    @Override
    public boolean actsCut() {
        return shown().cut();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to) {
        return addresses.computeIfAbsent(new Around(actorKey, from, to), around -> stores.addresses()
                .between(subject, actorKey, from, to, MOST_FACTS));
    }

    @Override
    public Optional<AppEvent> answer(Question question) {
        return stores.inquiries().answer(subject, question);
    }

    @Override
    public Optional<AppEvent> answer(Question question, AppEvent act) {
        wanted.merge(question, act, (one, other) -> one.getEventTime().isBefore(other.getEventTime()) ? other : one);
        return answer(question);
    }

    /** What an evaluation asked of other subjects, with the latest event that asks. */
    public Map<Question, AppEvent> wanted() {
        return Map.copyOf(wanted);
    }

    private HistoryStore.Shown shown() {
        HistoryStore.Shown known = shown;
        if (known == null) {
            known = stores.history().acts(subject);
            shown = known;
        }
        return known;
    }
}
