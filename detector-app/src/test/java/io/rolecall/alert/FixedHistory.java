package io.rolecall.alert;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.TenantHistory;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.SignIns;
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
import java.util.Optional;

/** A history that holds what it is given, within the limits that are asked for. */
interface FixedHistory extends SubjectHistory {

    /** Its acts, in any order. */
    List<AppEvent> facts();

    @Override
    default List<AppEvent> acts() {
        return facts().stream().sorted(Facts.ORDER).toList();
    }

    @Override
    default boolean actsCut() {
        return false;
    }

    @Override
    default List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to) {
        return List.of();
    }

    /** An application with all there can be of one. */
    record OfApplication(
            Subject subject,
            SubjectProfile profile,
            List<AppEvent> facts,
            List<AppEvent> itself,
            List<UserDay> days,
            List<SignInHour> hours,
            List<UseHour> used,
            List<AzureSlot> slots)
            implements FixedHistory, ApplicationHistory {

        /** One of which only acts are known. */
        OfApplication(Subject subject, SubjectProfile profile, List<AppEvent> facts) {
            this(subject, profile, facts, List.of(), List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public List<AppEvent> initiated() {
            return itself.stream().sorted(Facts.ORDER).toList();
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
                    .sorted(Comparator.comparing(SignInHour::getHour))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<SignInHour> ownSignIns(Instant from, Instant to, int limit) {
            return signIns(from, to, Integer.MAX_VALUE).stream()
                    .filter(hour -> SignIns.isOfApplication(hour.getKind()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<UseHour> uses(Instant from, Instant to, int limit) {
            return used.stream().limit(limit).toList();
        }

        @Override
        public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
            return slots.stream().limit(limit).toList();
        }
    }

    /**
     * A person.
     *
     * @param known networks where they were before all that is noticed
     */
    record OfPerson(
            Subject subject,
            SubjectProfile profile,
            List<AppEvent> facts,
            List<PersonalUse> seenAnew,
            List<String> known)
            implements FixedHistory, ActorHistory {

        @Override
        public List<PersonalUse> noticed(Instant from, Instant to, int limit) {
            return seenAnew.stream().limit(limit).toList();
        }

        @Override
        public Optional<Instant> seen(Dimension dimension, String value, Instant from, Instant before) {
            return known.contains(value) ? Optional.of(from) : Optional.empty();
        }
    }

    /** A tenant. */
    record OfTenant(Subject subject, SubjectProfile profile, List<AppEvent> facts)
            implements FixedHistory, TenantHistory {

        @Override
        public List<AppEvent> firstConsents(Instant from, Instant to, int limit) {
            return List.of();
        }
    }
}
