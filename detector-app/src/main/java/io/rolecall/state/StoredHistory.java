package io.rolecall.state;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Question;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The history of a subject as the stores hold it; everything is read once an evaluation, however often it is asked for. */
public final class StoredHistory implements ApplicationHistory {

    private final Subject subject;
    private final SubjectProfile profile;
    private final SubjectStores stores;
    private final Map<Read, List<?>> read = new HashMap<>();
    private final Memory memory;
    private HistoryStore.@Nullable Shown shown;
    private final Map<Around, List<AppEvent>> addresses = new HashMap<>();

    /** One reading of something that can be many: findings of the same days ask for the same. */
    private record Read(Class<?> of, Instant from, Instant to, int limit) {}

    /** Addresses of an actor around an act: several detections ask for those of the same act. */
    private record Around(String actorKey, Instant from, Instant to) {}

    StoredHistory(Subject subject, SubjectProfile profile, SubjectStores stores) {
        this.subject = subject;
        this.profile = profile;
        this.stores = stores;
        this.memory = stores.memories().of(subject);
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
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        return once(
                new Read(UserDay.class, from, to, limit), () -> stores.history().userDays(subject, from, to, limit));
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return once(new Read(SignInHour.class, from, to, limit), () -> stores.rollUps()
                .signIns(subject, from, to, limit));
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return once(
                new Read(UseHour.class, from, to, limit), () -> stores.rollUps().uses(subject, from, to, limit));
    }

    @Override
    public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
        return once(new Read(AzureSlot.class, from, to, limit), () -> stores.rollUps()
                .azureActivity(subject, from, to, limit));
    }

    @Override
    public Optional<AppEvent> answer(Question question) {
        return stores.inquiries().answer(subject, question);
    }

    private HistoryStore.Shown shown() {
        HistoryStore.Shown known = shown;
        if (known == null) {
            known = stores.history().acts(subject);
            shown = known;
        }
        return known;
    }

    @SuppressWarnings("unchecked") // what is stored under a class is a list of it
    private <T> List<T> once(Read what, Supplier<List<T>> reading) {
        return (List<T>) read.computeIfAbsent(what, key -> reading.get());
    }
}
