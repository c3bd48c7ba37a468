package io.rolecall.topology;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of a subject as the stores hold it; acts are read once an evaluation, however many detections ask. */
final class StoredHistory implements ApplicationHistory {

    private final Subject subject;
    private final SubjectProfile profile;
    private final SubjectStores stores;
    private @Nullable List<AppEvent> acts;

    StoredHistory(Subject subject, SubjectProfile profile, SubjectStores stores) {
        this.subject = subject;
        this.profile = profile;
        this.stores = stores;
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
        List<AppEvent> read = acts;
        if (read == null) {
            read = stores.history().acts(subject, MOST_FACTS);
            acts = read;
        }
        return read;
    }

    @Override
    public Instant actsCompleteFrom() {
        return acts().size() < MOST_FACTS ? Instant.MIN : acts().get(0).getEventTime();
    }

    @Override
    public List<AppEvent> actorAddresses(Instant from, Instant to) {
        return stores.addresses().between(subject, from, to, MOST_FACTS);
    }

    @Override
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        return stores.history().userDays(subject, from, to, limit);
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return stores.rollUps().signIns(subject, from, to, limit);
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return stores.rollUps().uses(subject, from, to, limit);
    }
}
