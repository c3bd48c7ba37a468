package io.rolecall.audit;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.List;

/** A history as it was at a time: without the acts after it. The profile and what is remembered stay as they are. */
final class UntilHistory implements ApplicationHistory {

    private final ApplicationHistory history;
    private final Instant until;

    UntilHistory(ApplicationHistory history, Instant until) {
        this.history = history;
        this.until = until;
    }

    @Override
    public Subject subject() {
        return history.subject();
    }

    @Override
    public SubjectProfile profile() {
        return history.profile();
    }

    @Override
    public Memory memory() {
        return history.memory();
    }

    @Override
    public List<AppEvent> acts() {
        return known(history.acts());
    }

    @Override
    public boolean actsCut() {
        return history.actsCut();
    }

    @Override
    public List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to) {
        return history.actorAddresses(actorKey, from, to);
    }

    @Override
    public List<AppEvent> initiated() {
        return known(history.initiated());
    }

    @Override
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        return history.userDays(from, earlier(to), limit).stream()
                .map(day ->
                        UserDay.newBuilder(day).setActs(known(day.getActs())).build())
                .toList();
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return history.signIns(from, earlier(to), limit);
    }

    @Override
    public List<SignInHour> successes(Instant from, Instant to, int limit) {
        return history.successes(from, earlier(to), limit);
    }

    @Override
    public List<SignInHour> ownSignIns(Instant from, Instant to, int limit) {
        return history.ownSignIns(from, earlier(to), limit);
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return history.uses(from, earlier(to), limit);
    }

    @Override
    public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
        return history.azureActivity(from, earlier(to), limit);
    }

    private Instant earlier(Instant time) {
        return time.isBefore(until) ? time : until;
    }

    private List<AppEvent> known(List<AppEvent> acts) {
        return acts.stream().filter(act -> !act.getEventTime().isAfter(until)).toList();
    }
}
