package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A history that holds what it is given. */
record FixedHistory(
        Subject subject,
        SubjectProfile profile,
        List<AppEvent> facts,
        List<UserDay> days,
        List<SignInHour> hours,
        List<UseHour> used)
        implements ApplicationHistory {

    @Override
    public List<AppEvent> acts() {
        return facts.stream()
                .sorted(Comparator.comparing(AppEvent::getEventTime).thenComparing(AppEvent::getEventId))
                .toList();
    }

    @Override
    public List<AppEvent> initiated() {
        return List.of();
    }

    @Override
    public boolean actsCut() {
        return false;
    }

    @Override
    public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
        return List.of();
    }

    @Override
    public List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to) {
        return List.of();
    }

    @Override
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        return days.stream().limit(limit).toList();
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return hours.stream()
                .filter(hour ->
                        !hour.getLast().isBefore(from) && !hour.getHour().isAfter(to))
                .limit(limit)
                .toList();
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return used.stream().limit(limit).toList();
    }
}
