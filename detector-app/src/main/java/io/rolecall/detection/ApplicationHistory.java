package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The history of an application: the acts on it; apart from them those that it did itself; and what can be many, stored a user and
 * day, or rolled up an hour.
 */
public interface ApplicationHistory extends SubjectHistory {

    /**
     * What the application did itself in the directory, to others or to itself: ordered and bounded like {@link #acts}, of which none
     * is among them for this. Empty unless a detection asks for them ({@link Reads#parts}).
     */
    List<AppEvent> initiated();

    /**
     * Consents, assignments and grants of single users, one entry a user and UTC day, ascending by day, then by user. Consents
     * for the whole tenant and grants for all principals are among {@link #acts} instead.
     *
     * @param from start, inclusive; entries of that whole UTC day are returned
     * @param to end, inclusive; entries of that whole UTC day are returned
     * @param limit most entries to read, at least 1; the earliest win
     */
    List<UserDay> userDays(Instant from, Instant to, int limit);

    /**
     * Sign-ins of the application's service principal, and of users to it, rolled up per hour, ascending by hour.
     *
     * @param from start, inclusive; roll-ups of that whole hour are returned
     * @param to end, inclusive
     * @param limit most roll-ups to read, at least 1; the earliest win
     */
    List<SignInHour> signIns(Instant from, Instant to, int limit);

    /**
     * Sign-ins of the application itself, of its service principal or as a managed identity; those of users to it left out. Successes
     * and failures are rolled up apart.
     *
     * @param from start, inclusive; roll-ups of that whole hour are returned
     * @param to end, inclusive
     * @param limit most roll-ups to read, at least 1; the earliest win
     */
    default List<SignInHour> ownSignIns(Instant from, Instant to, int limit) {
        return List.of();
    }

    /**
     * Roll-ups of sign-ins of either kind that hold a success, ascending by hour: failed sign-ins, of which somebody who guesses makes
     * very many, hide none of them.
     *
     * @param from start, inclusive; roll-ups of that whole hour are returned
     * @param to end, inclusive
     * @param limit most roll-ups to return of the application itself, and of users, at least 1; the earliest win
     */
    default List<SignInHour> successes(Instant from, Instant to, int limit) {
        return signIns(from, to, limit).stream()
                .filter(hour -> hour.getSuccesses() > 0)
                .toList();
    }

    /**
     * The roll-up of such sign-ins in which one is counted: its first event is that one, or one that is equal to it in all that a
     * roll-up tells and came before it.
     *
     * @param at event time of the sign-in
     * @param eventId its event id
     * @return empty when the history no longer holds it
     */
    default Optional<SignInHour> ownSignIn(Instant at, String eventId) {
        return Optional.empty();
    }

    /**
     * Sign-ins that ended because consent was refused or is an administrator's to give (AADSTS 65004, 90094, 90095): the first of
     * each user and UTC day, ascending by day, then in an order of its own.
     *
     * @param from start, inclusive; those of that whole UTC day are returned
     * @param to end, inclusive; those of that whole UTC day are returned
     * @param limit most user-days to read, at least 1; the earliest win
     */
    default List<AppEvent> refusedConsents(Instant from, Instant to, int limit) {
        return List.of();
    }

    /**
     * Use of mail and files through the application, rolled up per hour, ascending by hour.
     *
     * @param from start, inclusive; roll-ups of that whole hour are returned
     * @param to end, inclusive
     * @param limit most roll-ups to read, at least 1; the earliest win
     */
    List<UseHour> uses(Instant from, Instant to, int limit);

    /**
     * What the application did in Azure, rolled up by ten minutes, ascending by time. Role assignments and elevated access are among
     * {@link #acts} instead.
     *
     * @param from start, inclusive; roll-ups of that whole slot are returned
     * @param to end, inclusive
     * @param limit most roll-ups to read, at least 1; the earliest win
     */
    List<AzureSlot> azureActivity(Instant from, Instant to, int limit);

    /**
     * People who used the application from a network, sign-ins and use of mail and files alike, while some detection asks for them
     * ({@link QuestionKind#NETWORK_USERS}).
     *
     * @param network as {@link io.rolecall.detection.memory.Dimension#NETWORK} or {@code AUTONOMOUS_SYSTEM} gives it
     * @return the first few, by time and key
     */
    default List<NetworkUser> networkUsers(String network) {
        return List.of();
    }
}
