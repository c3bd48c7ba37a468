package io.rolecall.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the logs that were read told of one tenant at all. Nobody's silence means anything where nobody was watched.
 *
 * @param ownSignIns UTC days with a sign-in of any service principal
 * @param identitySignIns the same of managed identities
 * @param userSignIns UTC days with a sign-in of any user, as Entra ID logs them
 * @param unattended whether sign-ins of users without interaction are among them: those with refresh tokens
 * @param keys whether sign-ins told the key that was used
 * @param kinds kinds of acts that were seen: {@code owners}, {@code credentials}
 */
public record Watched(
        SortedSet<LocalDate> ownSignIns,
        SortedSet<LocalDate> identitySignIns,
        SortedSet<LocalDate> userSignIns,
        boolean unattended,
        boolean keys,
        Set<String> kinds) {

    /** Nothing was. */
    public static final Watched NOTHING =
            new Watched(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), false, false, Set.of());

    static final String OWNERS = "owners";
    static final String CREDENTIALS = "credentials";

    /** Longest time without any sign-in of a kind at the end of a span after which its log counts as not delivered any more. */
    static final Duration LONGEST_END = Duration.ofDays(31);

    /** On so many days a log is dense enough for a gap to show. */
    static final int DENSE = 10;

    /** Longest time without any in the midst of a dense log. */
    static final Duration LONGEST_GAP = Duration.ofDays(14);

    public Watched {
        ownSignIns = Collections.unmodifiableSortedSet(new TreeSet<>(ownSignIns));
        identitySignIns = Collections.unmodifiableSortedSet(new TreeSet<>(identitySignIns));
        userSignIns = Collections.unmodifiableSortedSet(new TreeSet<>(userSignIns));
        kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    }

    /** Both together. */
    public Watched and(Watched other) {
        return new Watched(
                union(ownSignIns, other.ownSignIns),
                union(identitySignIns, other.identitySignIns),
                union(userSignIns, other.userSignIns),
                unattended || other.unattended,
                keys || other.keys,
                union(kinds, other.kinds));
    }

    boolean saw(String kind) {
        return kinds.contains(kind);
    }

    /** Whether the application itself cannot have signed in unseen between two times. */
    boolean itself(Instant from, Instant to, boolean orAsIdentity) {
        return covers(ownSignIns, from, to) && (!orAsIdentity || covers(identitySignIns, from, to));
    }

    /** The same of a managed identity. */
    boolean identities(Instant from, Instant to) {
        return covers(identitySignIns, from, to);
    }

    /** Whether no user can have signed in to it unseen. */
    boolean users(Instant from, Instant to) {
        return unattended && covers(userSignIns, from, to);
    }

    /** Whether a log was delivered over a span, as far as its days show: from before its start to near its end, without a gap. */
    private static boolean covers(SortedSet<LocalDate> days, Instant from, Instant to) {
        LocalDate first = day(from);
        LocalDate last = day(to);
        SortedSet<LocalDate> before = days.headSet(first.plusDays(1));
        if (before.isEmpty()) {
            return false;
        }
        SortedSet<LocalDate> within = days.subSet(first, last.plusDays(1));
        LocalDate reached = before.last();
        long longest = 0;
        for (LocalDate next : within) {
            longest = Math.max(longest, next.toEpochDay() - reached.toEpochDay());
            reached = next;
        }
        boolean gap = within.size() >= DENSE && longest > LONGEST_GAP.toDays();
        return !gap && last.toEpochDay() - reached.toEpochDay() <= LONGEST_END.toDays();
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static <T extends Comparable<? super T>> SortedSet<T> union(Set<T> one, Set<T> other) {
        SortedSet<T> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
