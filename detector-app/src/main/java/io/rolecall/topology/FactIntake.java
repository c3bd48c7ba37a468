package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.event.FirstConsents;
import io.rolecall.event.Involvement;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.HistoryStore;
import io.rolecall.state.Profiles;
import io.rolecall.state.RollUps;
import io.rolecall.state.SubjectStores;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes one fact into the stores of its subject: as an act, a roll-up or an address, and into the profile; an import, only there. */
final class FactIntake {

    /** Only applications hold permissions. */
    private static final PermissionSets NONE = new PermissionSets(Map.of());

    private FactIntake() {}

    /**
     * What taking a fact did.
     *
     * @param isNew whether it is a new act, and not another copy
     * @param changed whether the history says more than before
     * @param rolledUp span of event time whose roll-ups changed; empty when it is no such fact, or changed none
     */
    record Taken(boolean isNew, boolean changed, Optional<Interval> rolledUp) {

        private Taken(boolean isNew, boolean changed) {
            this(isNew, changed, Optional.empty());
        }
    }

    static Taken take(
            SubjectStores stores, Subject subject, Optional<SubjectProfile> known, AppEvent fact, PermissionSets sets) {
        if (fact.getOperation().equals(Operations.ACTOR_ADDRESS)) {
            boolean changed = stores.addresses().add(subject, fact);
            return new Taken(changed, changed);
        }
        if (subject.kind() == SubjectKind.TENANT && FirstConsents.isTold(fact)) {
            boolean first = stores.consentSlots().add(subject, fact);
            put(stores, subject, known, Profiles.seen(known, fact, true));
            return new Taken(first, first);
        }
        if (subject.kind() != SubjectKind.APPLICATION || Involvement.of(fact) == Involvement.INITIATOR) {
            return takeActOf(stores, subject, known, fact, sets);
        }
        SubjectProfile merged = Profiles.merge(known.orElseGet(() -> Profiles.of(fact)), fact, sets);
        if (isRolledUp(subject, fact)) {
            RollUps.Added added = stores.rollUps().add(subject, fact);
            put(stores, subject, known, merged);
            return new Taken(added.isNew(), added.changed().isPresent(), added.changed());
        }
        HistoryStore.Added added = stores.history().add(subject, fact, sets);
        boolean isNew = added.before().isEmpty();
        if (added.changed()) {
            // A copy may tell that the act was another user's than the first copy said.
            if (!isNew) {
                merged = stores.profiles()
                        .countUserAct(subject, merged, added.before().orElseThrow(), -1);
            }
            merged = stores.profiles().countUserAct(subject, merged, added.after(), 1);
        }
        put(stores, subject, known, merged);
        return new Taken(isNew, added.changed());
    }

    /** What a person did, what was done to a tenant, and what an application did to others: no profile says more by it. */
    private static Taken takeActOf(
            SubjectStores stores, Subject subject, Optional<SubjectProfile> known, AppEvent fact, PermissionSets sets) {
        HistoryStore.Added added = stores.history().add(subject, fact, sets);
        put(stores, subject, known, Profiles.seen(known, fact, subject.kind() != SubjectKind.APPLICATION));
        return new Taken(added.before().isEmpty(), added.changed());
    }

    /**
     * Whether a fact is rolled up: of applications alone. What came for one without an App ID moves once that is known, and only
     * whole facts can move: until then each is kept as an act.
     */
    private static boolean isRolledUp(Subject subject, AppEvent fact) {
        return subject.kind() == SubjectKind.APPLICATION && RollUps.takes(fact) && !subject.isUnresolved();
    }

    /**
     * Takes an imported fact, which is no act: into the profile alone.
     *
     * @param importedAt when it was imported
     * @return whether the profile says more than before, beside the time until which it is kept
     */
    @SuppressWarnings("NullAway") // nullable Avro fields take null
    static boolean takeImport(
            SubjectStores stores,
            Subject subject,
            Optional<SubjectProfile> known,
            AppEvent fact,
            Instant importedAt,
            PermissionSets sets) {
        SubjectProfile before = known.orElseGet(() -> Profiles.ofImport(importedAt));
        SubjectProfile merged =
                Profiles.mergeImport(before, fact, importedAt, subject.kind() == SubjectKind.APPLICATION ? sets : NONE);
        put(stores, subject, known, merged);
        // What the audit alone reads changes nothing that was found, and says another time with every import.
        return !SubjectProfile.newBuilder(merged)
                .setLastSeen(before.getLastSeen())
                .setExportedRegistration(before.getExportedRegistration().orElse(null))
                .setExportedPrincipal(before.getExportedPrincipal().orElse(null))
                .build()
                .equals(before);
    }

    /** Writes a profile, if it says anything else than before. */
    static void put(SubjectStores stores, Subject subject, Optional<SubjectProfile> known, SubjectProfile merged) {
        if (!known.equals(Optional.of(merged))) {
            stores.profiles().put(subject, known, merged);
        }
    }
}
