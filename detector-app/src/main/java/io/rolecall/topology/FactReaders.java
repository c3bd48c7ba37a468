package io.rolecall.topology;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.event.Involvement;
import io.rolecall.event.Ownership;
import io.rolecall.event.SignIns;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which facts have a reader, by the detections that are evaluated and what these ask; others are not written. What is done to an application is read in
 * full, since its profile and every alert's investigation rest on it; of what an application did itself, of people and of tenants only
 * the operations of some detection are.
 */
final class FactReaders {

    private final Set<SubjectKind> inFull;
    private final Set<Reading> operations = new HashSet<>();
    private final Set<String> banned;
    private final PeopleFacts people;
    private final boolean ofPeople;

    /** Whether anybody reads what its doers did, so that they have to be looked for. */
    private final boolean ofInitiators;

    private record Reading(SubjectKind kind, Involvement part, String operation) {}

    private FactReaders(Catalogue catalogue, Set<SubjectKind> inFull, Collection<String> banned, PeopleFacts people) {
        this.people = people;
        this.inFull = new HashSet<>(inFull);
        this.banned = Set.copyOf(banned);
        for (Detection detection : catalogue.all()) {
            detection.subjects().forEach(kind -> add(kind, detection));
        }
        this.ofPeople = read(SubjectKind.ACTOR);
        this.ofInitiators =
                ofPeople || operations.stream().anyMatch(reading -> reading.part() == Involvement.INITIATOR);
    }

    private void add(SubjectKind kind, Detection detection) {
        for (Involvement part : parts(kind, detection)) {
            // Only what is done to an application ends it.
            boolean ends = kind == SubjectKind.APPLICATION && part == Involvement.TARGET;
            Set<String> read =
                    ends ? detection.reads().logged() : detection.reads().named();
            read.forEach(operation -> operations.add(new Reading(kind, part, operation)));
        }
        if (kind == SubjectKind.APPLICATION && detection.reads().parts().contains(Involvement.TARGET)) {
            inFull.add(kind);
        }
    }

    /**
     * The facts that the detections read, those by which subjects answer what they are asked, and all of some kinds of subjects, for
     * whoever wants to see them.
     *
     * @param asked kinds that detections ask: what they answer may hang on any of their facts
     * @param more kinds of which everything is kept
     * @param banned App IDs, lower case, that the organisation banned: every sign-in with them is read, also with Microsoft's own
     * @param people which sign-ins and uses are facts of the people themselves
     */
    static FactReaders of(
            Catalogue catalogue,
            Set<SubjectKind> asked,
            Set<SubjectKind> more,
            Collection<String> banned,
            PeopleFacts people) {
        Set<SubjectKind> inFull = new HashSet<>(asked);
        inFull.addAll(more);
        return new FactReaders(catalogue, inFull, banned, people);
    }

    private static Set<Involvement> parts(SubjectKind kind, Detection detection) {
        return switch (kind) {
            case APPLICATION -> detection.reads().parts();
            case ACTOR -> Set.of(Involvement.INITIATOR);
            case TENANT -> Set.of(Involvement.TARGET);
        };
    }

    /** The subjects that get a fact, the main one first. */
    List<Ownership> owners(AppEvent fact) {
        List<Ownership> owners = new ArrayList<>(3);
        for (Ownership owner : ofInitiators ? Subjects.owners(fact) : Subjects.targets(fact)) {
            if (reads(owner, fact.getOperation())) {
                owners.add(owner);
            }
        }
        return owners;
    }

    /**
     * Whether sign-ins with an application are facts of it, and not only sightings of who signed in: those of applications
     * themselves, and of users to applications that the list of Microsoft's own lacks or that the organisation banned. Of an
     * application that is not on the list, the sign-ins alone may tell that it is Microsoft's. Of those on the list, which attackers
     * use too, the few by which a consent was refused.
     */
    boolean follow(AppEvent event, SignIn signIn) {
        return follow(event.getAppId(), event.getOutcome().equals("success"), signIn);
    }

    /** The same of a sign-in of which no event was made. */
    boolean follow(Optional<String> appId, boolean succeeded, SignIn signIn) {
        return SignIns.isOfApplication(signIn)
                || appId.filter(MicrosoftApps::isFirstParty).isEmpty()
                || appId.filter(banned::contains).isPresent()
                || (!succeeded && SignIns.refusesConsent(signIn));
    }

    /** What is rolled up of people themselves, and of which no other fact of theirs is written. */
    PeopleFacts ofPeople() {
        return people;
    }

    /** Whether people are followed at all, and so by which names they go. */
    boolean readPeople() {
        return ofPeople;
    }

    /** Whether somebody reads the facts of an operation that tenants are told of. */
    boolean tenantsRead(String operation) {
        return inFull.contains(SubjectKind.TENANT)
                || operations.contains(new Reading(SubjectKind.TENANT, Involvement.TARGET, operation));
    }

    /** Whether any fact of such subjects is written. */
    boolean read(SubjectKind kind) {
        return inFull.contains(kind) || operations.stream().anyMatch(reading -> reading.kind() == kind);
    }

    private boolean reads(Ownership owner, String operation) {
        SubjectKind kind = owner.subject().kind();
        boolean full =
                inFull.contains(kind) && !(kind == SubjectKind.APPLICATION && owner.part() == Involvement.INITIATOR);
        return full || operations.contains(new Reading(kind, owner.part(), operation));
    }
}
