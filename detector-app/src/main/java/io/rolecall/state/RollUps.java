package io.rolecall.state;

import io.rolecall.detection.Interval;
import io.rolecall.event.Hashes;
import io.rolecall.event.SignIns;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be many a subject, rolled up: sign-ins and use of mail and files by hour, Azure activity by ten minutes. An event id of a
 * log counts once, and of every roll-up the first event is kept as evidence. What is stored is a function of the events, whatever
 * order they come in, and in however many envelopes.
 */
public final class RollUps {

    private static final char EVENT_ID = 'd';
    private static final int HASH = 16;

    /** Roll-ups, of failures mostly, that are looked at for those with a success. */
    private static final int MOST_LOOKED_AT = 4096;

    private final EntryStore store;
    private final RollUpGroups<SignInHour> ownSignIns;
    private final RollUpGroups<SignInHour> userSignIns;
    private final RollUpGroups<UseHour> uses;
    private final RollUpGroups<AzureSlot> azure;
    private final RefusedConsents refused;

    /**
     * What taking a copy of an event did.
     *
     * @param isNew whether it is the first copy of its event
     * @param changed span of event time whose roll-ups tell anything else than before; empty when none does
     */
    public record Added(boolean isNew, Optional<Interval> changed) {}

    RollUps(EntryStore store) {
        this.store = store;
        this.ownSignIns = new RollUpGroups<>(store, SignInHours.OWN);
        this.userSignIns = new RollUpGroups<>(store, SignInHours.OF_USERS);
        this.uses = new RollUpGroups<>(store, UseHours.KIND);
        this.azure = new RollUpGroups<>(store, AzureRollUps.KIND);
        this.refused = new RefusedConsents(store);
    }

    /** Whether a fact is rolled up instead of being kept as an act; Azure activity too ({@link AzureRollUps}). */
    public static boolean takes(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return details instanceof SignIn
                || details instanceof MailboxUse
                || details instanceof FileUse
                || AzureRollUps.takes(event);
    }

    /** Takes a copy of an event in; what {@link #takes} says is rolled up. */
    public Added add(Subject subject, AppEvent copy) {
        byte[] prefix = StoreKeys.subject(subject);
        refused.add(prefix, copy);
        RollUpGroups<?> groups = groupsOf(copy);
        CountedEvent place = groups.counted(copy);
        byte[] key = eventKey(prefix, copy.getSource(), copy.getEventTime(), copy.getEventId());
        byte[] known = store.get(key);
        Optional<CountedEvent> before =
                Optional.ofNullable(known).map(bytes -> CountedEvent.fromBytes(bytes, copy.getEventTime()));
        boolean counts = before.map(place::isBefore).orElse(true);
        Optional<Interval> changed =
                groups.add(prefix, place, copy, counts) ? Optional.of(groups.span(place)) : Optional.empty();
        if (counts) {
            store.put(key, place.toBytes());
            changed = before.map(other -> takeOut(prefix, other))
                    .map(elsewhere -> elsewhere.union(groups.span(place)))
                    .or(() -> Optional.of(groups.span(place)));
        }
        return new Added(before.isEmpty(), changed);
    }

    /** Those of the application itself before those of users, hour by hour. */
    public List<SignInHour> signIns(Subject subject, Instant from, Instant to, int limit) {
        return Stream.concat(
                        ownSignIns(subject, from, to, limit).stream(),
                        userSignIns.between(StoreKeys.subject(subject), from, to, limit).stream())
                .sorted(Comparator.comparing(SignInHour::getHour))
                .limit(limit)
                .toList();
    }

    public List<SignInHour> ownSignIns(Subject subject, Instant from, Instant to, int limit) {
        return ownSignIns.between(StoreKeys.subject(subject), from, to, limit);
    }

    /** Roll-ups with a success, of the application's own sign-ins and of users', at most {@code limit} of either, by hour. */
    public List<SignInHour> successes(Subject subject, Instant from, Instant to, int limit) {
        return Stream.of(ownSignIns, userSignIns)
                .flatMap(groups -> groups
                        .between(
                                StoreKeys.subject(subject),
                                from,
                                to,
                                limit,
                                MOST_LOOKED_AT,
                                hour -> hour.getSuccesses() > 0)
                        .stream())
                .sorted(Comparator.comparing(SignInHour::getHour))
                .toList();
    }

    /** The roll-up of the application's own sign-ins in which one is counted. */
    Optional<SignInHour> ownSignIn(Subject subject, Instant at, String eventId) {
        byte[] prefix = StoreKeys.subject(subject);
        return Optional.ofNullable(store.get(eventKey(prefix, SignIns.LOG, at, eventId)))
                .map(bytes -> CountedEvent.fromBytes(bytes, at))
                .filter(place -> place.kind() == ownSignIns.code())
                .flatMap(place -> ownSignIns.get(prefix, place));
    }

    public List<AppEvent> refusedConsents(Subject subject, Instant from, Instant to, int limit) {
        return refused.between(StoreKeys.subject(subject), from, to, limit);
    }

    public List<UseHour> uses(Subject subject, Instant from, Instant to, int limit) {
        return uses.between(StoreKeys.subject(subject), from, to, limit);
    }

    public List<AzureSlot> azureActivity(Subject subject, Instant from, Instant to, int limit) {
        return azure.between(StoreKeys.subject(subject), from, to, limit);
    }

    void expire(Subject subject, Instant horizon) {
        byte[] prefix = StoreKeys.subject(subject);
        Stream.of(ownSignIns, userSignIns, uses, azure).forEach(groups -> groups.expire(prefix, horizon));
        refused.expire(prefix, horizon);
        byte[] start = StoreKeys.join(prefix, StoreKeys.of(EVENT_ID));
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.day(horizon)));
    }

    private Interval takeOut(byte[] prefix, CountedEvent place) {
        RollUpGroups<?> groups = Stream.of(ownSignIns, userSignIns, uses, azure)
                .filter(one -> one.code() == place.kind())
                .findFirst()
                .orElseThrow();
        groups.takeOut(prefix, place);
        return groups.span(place);
    }

    private RollUpGroups<?> groupsOf(AppEvent event) {
        if (AzureRollUps.takes(event)) {
            return azure;
        }
        if (event.getDetails().orElse(null) instanceof SignIn) {
            return SignInHours.isOwn(event) ? ownSignIns : userSignIns;
        }
        return uses;
    }

    private static byte[] eventKey(byte[] prefix, String source, Instant at, String eventId) {
        byte[] id = StoreKeys.hash(Hashes.sha256(source, eventId), HASH);
        return StoreKeys.join(prefix, StoreKeys.of(EVENT_ID), StoreKeys.day(at), id);
    }
}
