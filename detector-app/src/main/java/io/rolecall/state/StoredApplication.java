package io.rolecall.state;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.NetworkUser;
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

/** The history of an application as the stores hold it. */
final class StoredApplication extends StoredHistory implements ApplicationHistory {

    private final SubjectStores stores;
    private final Map<Read, List<?>> read = new HashMap<>();
    private @Nullable List<AppEvent> initiated;

    /** One reading of something that can be many: findings of the same days ask for the same. */
    private record Read(Object of, Instant from, Instant to, int limit) {}

    StoredApplication(Subject subject, SubjectProfile profile, SubjectStores stores) {
        super(subject, profile, stores);
        this.stores = stores;
    }

    @Override
    public List<AppEvent> initiated() {
        List<AppEvent> known = initiated;
        if (known == null) {
            known = stores.history().initiated(subject()).acts();
            initiated = known;
        }
        return known;
    }

    @Override
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        return once(
                new Read(UserDay.class, from, to, limit), () -> stores.history().userDays(subject(), from, to, limit));
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return once(new Read(SignInHour.class, from, to, limit), () -> stores.rollUps()
                .signIns(subject(), from, to, limit));
    }

    @Override
    public List<SignInHour> ownSignIns(Instant from, Instant to, int limit) {
        return once(new Read("own", from, to, limit), () -> stores.rollUps().ownSignIns(subject(), from, to, limit));
    }

    @Override
    public List<SignInHour> successes(Instant from, Instant to, int limit) {
        return once(
                new Read("successes", from, to, limit), () -> stores.rollUps().successes(subject(), from, to, limit));
    }

    @Override
    public Optional<SignInHour> ownSignIn(Instant at, String eventId) {
        return stores.rollUps().ownSignIn(subject(), at, eventId);
    }

    @Override
    public List<AppEvent> refusedConsents(Instant from, Instant to, int limit) {
        return once(new Read(AppEvent.class, from, to, limit), () -> stores.rollUps()
                .refusedConsents(subject(), from, to, limit));
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return once(
                new Read(UseHour.class, from, to, limit), () -> stores.rollUps().uses(subject(), from, to, limit));
    }

    @Override
    public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
        return once(new Read(AzureSlot.class, from, to, limit), () -> stores.rollUps()
                .azureActivity(subject(), from, to, limit));
    }

    @Override
    public List<NetworkUser> networkUsers(String network) {
        return stores.networkUsers().of(subject(), network);
    }

    @SuppressWarnings("unchecked") // what is stored under a kind is a list of it
    private <T> List<T> once(Read what, Supplier<List<T>> reading) {
        return (List<T>) read.computeIfAbsent(what, key -> reading.get());
    }
}
