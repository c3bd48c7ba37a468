package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.state.PersonalUses;
import io.rolecall.state.Profiles;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.TaskClock;
import java.util.Optional;

/**
 * Takes a sign-in of a person, or what was read under their name, into the stores of that person. Most change nothing that is found:
 * an evaluation follows only what comes from a network that is new, and what came late.
 */
final class PersonalIntake {

    private PersonalIntake() {}

    /**
     * What taking a fact did.
     *
     * @param changed whether anything is known that was not before
     * @param matters span of event time of which a finding may have changed; empty when none can have
     */
    record Taken(boolean changed, Optional<Interval> matters) {}

    static Taken take(
            SubjectStores stores, Subject subject, Optional<SubjectProfile> known, AppEvent fact, TaskClock clock) {
        PersonalUses.Added added = stores.personal().add(subject, fact, known.map(SubjectProfile::getLastSeen));
        // Which of the copies of an event counts is not told apart here, so that nothing is counted.
        boolean remembered = stores.memories().take(subject, fact, false, clock);
        SubjectProfile seen = Profiles.seenOn(known, fact);
        if (!known.equals(Optional.of(seen))) {
            stores.profiles().put(subject, known, seen);
        }
        // What came late may have made the baseline of what came before it.
        Optional<Interval> matters = remembered && added.late() ? Optional.of(Interval.ALL) : added.matters();
        return new Taken(added.changed() || remembered, matters);
    }

    /**
     * Takes what an application is told of a person who used it. Its profile begins with what is done to it, and not with that.
     *
     * @return whether another user is known, or an earlier time
     */
    static boolean takeNetworkUse(
            SubjectStores stores, Subject application, Optional<SubjectProfile> known, AppEvent fact) {
        boolean changed = stores.networkUsers().add(application, fact);
        SubjectProfile used = Profiles.usedOn(known, fact);
        if (!known.equals(Optional.of(used))) {
            stores.profiles().put(application, known, used);
        }
        return changed;
    }
}
