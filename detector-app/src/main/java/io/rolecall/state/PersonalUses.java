package io.rolecall.state;

import io.rolecall.detection.Interval;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Actors;
import io.rolecall.event.Hashes;
import io.rolecall.event.SignIns;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sign-ins of people, and what applications read under their names: the commonest events there are. Of each the day tells with what
 * the person was seen; kept with their events are interactive sign-ins, one entry a day and application, and what comes from a network
 * where the person was not seen for long. What decides about that only ever becomes less: an event that is not kept was preceded by
 * others, which nothing takes away (docs/decisions/sign-ins-of-people.md).
 */
public final class PersonalUses {

    static final char SIGN_IN = 'h';
    static final char NOTICED = 'j';

    /** Whole sign-ins under a name that may lead to a better one: their number decides about the baseline there. */
    static final char WHOLE = 'y';

    static final AvroSerde<AppEvent> EVENTS = AvroSerde.stored(AppEvent.class);

    private static final int HASH = 8;

    /** Days, that of the event among them, on which what is new is kept although it was new the day before. */
    private static final int STILL_NEW = 2;

    private final EntryStore store;
    private final PersonalDays days;
    private final PersonalSlots signIns;
    private final PersonalSlots noticed;
    private final long knownDays;

    /** @param knownWithin how long ago a network was seen that is still known */
    PersonalUses(EntryStore store, Duration knownWithin) {
        this.store = store;
        this.days = new PersonalDays(store);
        this.signIns = new PersonalSlots(store, SIGN_IN);
        this.noticed = new PersonalSlots(store, NOTICED);
        this.knownDays = knownWithin.toDays();
    }

    /**
     * What taking an event did.
     *
     * @param changed whether anything is known that was not before
     * @param late whether what came before it in event time has been evaluated without it
     * @param matters span of time of which a finding may have changed; empty when none can have
     */
    public record Added(boolean changed, boolean late, Optional<Interval> matters) {}

    /** Whether a fact of a subject is taken here. */
    public static boolean takes(Subject subject, AppEvent fact) {
        Object details = fact.getDetails().orElse(null);
        return subject.kind() == SubjectKind.ACTOR
                && (details instanceof SignIn || details instanceof MailboxUse || details instanceof FileUse);
    }

    /**
     * Takes an event in.
     *
     * @param lastSeen the latest day on which anything of the person is known
     */
    public Added add(Subject subject, AppEvent event, Optional<Instant> lastSeen) {
        byte[] prefix = StoreKeys.subject(subject);
        boolean isSignIn = event.getDetails().orElse(null) instanceof SignIn;
        boolean mayMove = !Actors.isBestName(subject.id());
        boolean notable = isNotable(prefix, event);
        PersonalDays.Added seen = days.add(prefix, event);
        boolean kept = (notable || (mayMove && !isSignIn)) && noticed.add(prefix, event);
        boolean prompted = SignIns.isInteractive(event) && signIns.add(prefix, event);
        if (mayMove && isSignIn) {
            store.put(whole(prefix, event), EVENTS.toBytes(event));
        }
        long day = EventDays.day(event.getEventTime());
        boolean late = seen.behind()
                || lastSeen.filter(last -> EventDays.day(last) > day).isPresent();
        boolean changed = kept || prompted || seen.changed();
        Instant midnight = EventDays.midnight(event.getEventTime());
        return new Added(
                changed,
                late,
                kept || (late && changed)
                        ? Optional.of(new Interval(
                                midnight,
                                EventDays.plus(midnight, Duration.ofDays(1)).minusNanos(1)))
                        : Optional.empty());
    }

    public List<PersonalUse> signIns(Subject subject, Instant from, Instant to, int limit) {
        return signIns.between(StoreKeys.subject(subject), from, to, limit);
    }

    public List<PersonalUse> noticed(Subject subject, Instant from, Instant to, int limit) {
        return noticed.between(StoreKeys.subject(subject), from, to, limit);
    }

    public Optional<Instant> seen(Subject subject, Dimension dimension, String value, Instant from, Instant before) {
        return days.seen(StoreKeys.subject(subject), dimension, value, from, before);
    }

    void expire(Subject subject, Instant horizon) {
        byte[] prefix = StoreKeys.subject(subject);
        days.expire(prefix, horizon);
        signIns.expire(prefix, horizon);
        noticed.expire(prefix, horizon);
        byte[] start = StoreKeys.join(prefix, StoreKeys.of(WHOLE));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.day(horizon)));
    }

    private boolean isNotable(byte[] prefix, AppEvent event) {
        if (SignIns.isWithoutBrowser(event)) {
            return true;
        }
        long day = EventDays.day(event.getEventTime());
        return Dimension.NETWORK.of(event).stream()
                .anyMatch(network ->
                        !days.isSeen(prefix, Dimension.NETWORK, network, day - knownDays + 1, day - STILL_NEW));
    }

    private static byte[] whole(byte[] prefix, AppEvent event) {
        return StoreKeys.join(
                prefix,
                StoreKeys.of(WHOLE),
                StoreKeys.day(event.getEventTime()),
                StoreKeys.hash(Hashes.sha256(event.getSource(), event.getEventId()), HASH));
    }
}
