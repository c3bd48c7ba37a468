package io.rolecall.topology;

import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.event.FirstConsents;
import io.rolecall.event.Operations;
import io.rolecall.event.Ownership;
import io.rolecall.event.Subject;
import io.rolecall.event.Subjects;
import io.rolecall.identity.IdentityPairs;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.source.ElementSink;
import io.rolecall.source.ReadSignIn;
import io.rolecall.source.split.Rejected;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.Presence;
import io.rolecall.state.RecentSightings;
import io.rolecall.state.Sighting;
import io.rolecall.state.SightingSlots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the elements of one record turned out to be, and where each goes. Sightings and identities that repeat within the record
 * are sent once.
 */
final class DecodedBatch implements ElementSink {

    private final FactReaders readers;
    private final RecentNames recent;
    private final AddressRequests asking;
    private final Questions questions;
    private final DetectorObserver observer;
    private final List<Record<String, Routed>> facts = new ArrayList<>();
    private final List<Record<String, Routed>> requests = new ArrayList<>();
    private final SightingSlots sightings = new SightingSlots();
    private final Map<String, IdentityPairs.Pair> names = new LinkedHashMap<>();
    private final Map<String, AppEvent> identities = new LinkedHashMap<>();
    private final Map<String, AppEvent> consents = new LinkedHashMap<>();
    private final List<Rejected> rejects = new ArrayList<>();
    private final Map<String, Long> seen = new TreeMap<>();
    private long factElements;
    private long sightingElements;
    private long skippedElements;
    private Instant newest = Instant.MIN;

    /**
     * Of one record.
     *
     * @param readers which facts some detection reads; those of others are not written
     * @param recent which names of people have been told lately
     * @param asking which acts ask for an address
     * @param questions which acts ask something of another subject
     * @param observer told of every decoded event
     */
    DecodedBatch(
            FactReaders readers,
            RecentNames recent,
            AddressRequests asking,
            Questions questions,
            DetectorObserver observer) {
        this.recent = recent;
        this.readers = readers;
        this.asking = asking;
        this.questions = questions;
        this.observer = observer;
    }

    @Override
    public void decoded(List<AppEvent> events) {
        int factsBefore = facts.size();
        int requestsBefore = requests.size();
        try {
            route(events);
        } catch (RuntimeException e) {
            // An error of ours must not take the rest of the record with it, nor send on half of an element.
            facts.subList(factsBefore, facts.size()).clear();
            requests.subList(requestsBefore, requests.size()).clear();
            rejects.add(QuarantineRecords.failure(events.get(0), e));
        }
    }

    @Override
    public void signedIn(ReadSignIn signIn) {
        if (readers.follow(signIn.appId(), signIn.succeeded(), signIn.details())
                || signIn.showsObjectId()
                || signIn.actor().getType().equals("application")) {
            decoded(List.of(signIn.event()));
            return;
        }
        int factsBefore = facts.size();
        try {
            routeSighting(signIn);
        } catch (RuntimeException e) {
            facts.subList(factsBefore, facts.size()).clear();
            rejects.add(QuarantineRecords.failure(signIn.event(), e));
        }
    }

    /** A sign-in that is a fact of no application's: where its actor was is of interest, and by which names somebody goes. */
    private void routeSighting(ReadSignIn signIn) {
        Actor actor = signIn.actor();
        learnNames(actor, signIn.tenantId(), signIn.time(), signIn::event);
        Actors.dropSparePuid(actor);
        saw(signIn.source(), Operations.SIGN_IN, signIn.time());
        if (readers.ofPeople().follow(signIn)) {
            routePersonal(signIn.event());
        }
        List<String> addresses = Presence.shownBy(actor, signIn.succeeded(), signIn.details());
        Sighting.Shown shown = new Sighting.Shown(signIn.eventId(), signIn.source(), signIn.position(), actor);
        Optional<String> country = signIn.details().getCountry();
        if (sighted(addresses, signIn.tenantId(), true, signIn.time(), country, shown)) {
            sightingElements++;
        } else {
            skippedElements++;
        }
    }

    private void route(List<AppEvent> events) {
        boolean fact = false;
        boolean sighting = false;
        for (AppEvent event : events) {
            learnNames(event.getActor(), event.getTenantId(), event.getEventTime(), () -> event);
            Actors.dropSparePuid(event);
            saw(event.getSource(), event.getOperation(), event.getEventTime());
            fact |= routeFact(event);
            if (readers.tenantsRead(Operations.CONSENT) && FirstConsents.isOne(event)) {
                consents.merge(RecentConsents.key(event), FirstConsents.told(event), DecodedBatch::first);
            }
            sighting |= routeSightings(event);
            IdentityPairs.of(event).forEach(pair -> identities.merge(pair.key(), pair.fact(), DecodedBatch::smaller));
        }
        if (fact) {
            factElements++;
        } else if (sighting) {
            sightingElements++;
        } else {
            skippedElements++;
        }
    }

    private static AppEvent first(AppEvent one, AppEvent other) {
        return FirstConsents.ORDER.compare(one, other) <= 0 ? one : other;
    }

    /** @param occasion the event; made only where a pair is told */
    private void learnNames(Actor actor, String tenantId, Instant time, Supplier<AppEvent> occasion) {
        if (!readers.readPeople()) {
            return;
        }
        List<String> known = Actors.names(actor);
        for (String name : known.subList(Math.min(1, known.size()), known.size())) {
            String better = known.get(0);
            String pair = Subject.actor(tenantId, name).key() + "\n" + better;
            if (recent.isNew(pair, time)) {
                names.putIfAbsent(pair, IdentityPairs.ofPerson(occasion.get(), name, better));
            }
        }
    }

    private void saw(String source, String operation, Instant time) {
        observer.eventDecoded(source, time);
        newest = EventDays.later(newest, time);
        seen.merge(source + " " + operation, 1L, Long::sum);
    }

    /** Where pairs disagree the smaller App ID counts, here as in the identity step. */
    private static AppEvent smaller(AppEvent one, AppEvent other) {
        return one.getAppId().orElseThrow().compareTo(other.getAppId().orElseThrow()) <= 0 ? one : other;
    }

    @Override
    public void skipped() {
        skippedElements++;
    }

    /** The largest event time decoded; empty when nothing was. */
    Optional<Instant> newest() {
        return newest.equals(Instant.MIN) ? Optional.empty() : Optional.of(newest);
    }

    /** Takes account of elements that were left out before this record was read, and came behind it. */
    void leftOut(int elements) {
        skippedElements += elements;
    }

    @Override
    public void rejected(Rejected rejected) {
        rejects.add(rejected);
    }

    void forward(ProcessorContext<String, Routed> context, RecentConsents told, RecentSightings sent, long timestamp) {
        consents.values().stream()
                .filter(told::isNews)
                .forEach(consent -> context.forward(new Record<>(
                        Subject.tenant(consent.getTenantId()).key(),
                        new Routed.Fact(consent),
                        timestamp,
                        IngestTime.headers(timestamp))));
        names.values()
                .forEach(pair -> context.forward(new Record<>(pair.key(), new Routed.Fact(pair.fact()), timestamp)));
        identities.forEach((key, event) -> context.forward(new Record<>(key, new Routed.Identity(event), timestamp)));
        Headers ingested = IngestTime.headers(timestamp);
        facts.forEach(fact -> context.forward(new Record<>(fact.key(), fact.value(), timestamp, ingested)));
        requests.forEach(request -> context.forward(request.withTimestamp(timestamp)));
        sightings
                .batches(sent)
                .forEach((bucket, batch) ->
                        context.forward(new Record<>(bucket, Routed.Actor.sightings(batch), timestamp)));
        rejects.forEach(rejected -> context.forward(QuarantineRecords.of(rejected, timestamp)));
    }

    /** Adds what became of the elements to the counters of their topic. */
    void count(Counts counts, String topic) {
        counts.add(Counts.IN + topic, factElements + sightingElements + skippedElements + rejects.size());
        counts.add(Counts.FACTS + topic, factElements);
        counts.add(Counts.SIGHTINGS + topic, sightingElements);
        counts.add(Counts.SKIPPED + topic, skippedElements);
        rejects.forEach(
                rejected -> counts.add(Counts.QUARANTINED + rejected.reason().label() + " " + topic, 1));
        seen.forEach((operation, count) -> counts.add(Counts.SEEN + operation, count));
    }

    private void routePersonal(AppEvent event) {
        readers.ofPeople().of(event).ifPresent(facts::add);
        readers.ofPeople().ofNetwork(event, recent).ifPresent(facts::add);
    }

    private boolean routeFact(AppEvent event) {
        routePersonal(event);
        if (Details.of(event, SignIn.class)
                .filter(signIn -> !readers.follow(event, signIn))
                .isPresent()) {
            return false;
        }
        List<Ownership> owners = readers.owners(event);
        for (Ownership owner : owners) {
            Subject subject = owner.subject();
            AppEvent copy = Subjects.copyFor(event, owner.part());
            requests.addAll(asking.of(subject, copy));
            requests.addAll(questions.of(subject, copy));
            facts.add(
                    subject.isUnresolved()
                            ? new Record<>(
                                    IdentityPairs.key(
                                            event.getTenantId(),
                                            Subjects.unresolvedId(copy).orElseThrow()),
                                    new Routed.Identity(copy),
                                    0)
                            : new Record<>(subject.key(), new Routed.Fact(copy), 0));
        }
        return !owners.isEmpty();
    }

    private boolean routeSightings(AppEvent event) {
        Sighting.Shown shown =
                new Sighting.Shown(event.getEventId(), event.getSource(), event.getPosition(), event.getActor());
        boolean ofSignIn = event.getOperation().equals(Operations.SIGN_IN);
        Optional<String> country = Details.of(event, SignIn.class).flatMap(SignIn::getCountry);
        return sighted(Presence.shownBy(event), event.getTenantId(), ofSignIn, event.getEventTime(), country, shown);
    }

    private boolean sighted(
            List<String> addresses,
            String tenantId,
            boolean ofSignIn,
            Instant time,
            Optional<String> country,
            Sighting.Shown shown) {
        Set<String> actorKeys = addresses.isEmpty() ? Set.of() : Actors.keys(shown.actor());
        for (String ip : addresses) {
            for (String actorKey : actorKeys) {
                sightings.add(Sighting.of(tenantId, actorKey, ip, ofSignIn, time, country, shown));
            }
        }
        return !actorKeys.isEmpty();
    }
}
