package io.rolecall.alert;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * The facts around a finding, each kind read once and within a bound.
 *
 * @param history the subject's
 * @param first time of the first deciding event
 * @param last time of the last deciding event
 * @param earliest from when on facts are among these
 * @param acts successful acts, ordered by time; of an application those on it, of a person what they did
 * @param refused acts that failed
 * @param done what an application did itself in the directory, whatever came of it
 * @param days days of single users, the earliest
 * @param uses use of mail and files, rolled up, the earliest
 * @param azure activity in Azure, rolled up, the earliest
 * @param personal what was done under a person's name from networks where they had not been for long
 */
record Surroundings(
        SubjectHistory history,
        Instant first,
        Instant last,
        Instant earliest,
        List<AppEvent> acts,
        List<AppEvent> refused,
        List<AppEvent> done,
        List<UserDay> days,
        List<UseHour> uses,
        List<AzureSlot> azure,
        List<PersonalUse> personal) {

    static final int MOST_USER_DAYS = 64;

    static Surroundings of(SubjectHistory history, Instant first, Instant last, Duration before, Duration after) {
        Instant earliest = first.minus(before);
        Instant latest = last.plus(after);
        Predicate<AppEvent> around = act -> !act.getEventTime().isBefore(earliest)
                && !act.getEventTime().isAfter(latest)
                && !NewPlaces.takes(history, act);
        List<AppEvent> near = history.acts().stream().filter(around).toList();
        List<AppEvent> done = List.of();
        List<UserDay> days = List.of();
        List<UseHour> uses = List.of();
        List<AzureSlot> azure = List.of();
        if (history instanceof ApplicationHistory application) {
            Instant from = Facts.day(earliest);
            Instant to = endOfDay(latest);
            done = application.initiated().stream().filter(around).toList();
            days = application.userDays(from, to, MOST_USER_DAYS);
            uses = application.uses(from, to, UseReport.MOST_HOURS);
            azure = application.azureActivity(from, to, UseReport.MOST_HOURS);
        }
        List<PersonalUse> personal = history instanceof ActorHistory person
                ? NewPlaces.of(
                        person, Facts.day(first.minus(SignInReport.BEFORE)), endOfDay(last.plus(SignInReport.AFTER)))
                : List.of();
        return new Surroundings(
                history,
                first,
                last,
                earliest,
                near.stream().filter(Facts::succeeded).toList(),
                near.stream().filter(act -> !Facts.succeeded(act)).toList(),
                done,
                days,
                uses,
                azure,
                personal);
    }

    /** Whether there were more days of users than were read. */
    boolean daysCut() {
        return days.size() == MOST_USER_DAYS;
    }

    /** Whether there was more use than was read. */
    boolean usesCut() {
        return uses.size() == UseReport.MOST_HOURS;
    }

    /** Whether there was more activity in Azure than was read. */
    boolean azureCut() {
        return azure.size() == UseReport.MOST_HOURS;
    }

    List<AppEvent> userActs() {
        return days.stream().flatMap(day -> day.getActs().stream()).toList();
    }

    /** Whole days are read, so that findings of the same days read the same. */
    static Instant endOfDay(Instant time) {
        return Facts.day(time).plus(Duration.ofDays(1)).minusNanos(1);
    }
}
