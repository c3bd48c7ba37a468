package io.rolecall.detection.read;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.Answer;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.memory.MemoryAnswer;
import io.rolecall.event.Details;
import io.rolecall.network.AddressClass;
import io.rolecall.network.NetworkMatch;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From where a person signs in, against all that is remembered of them. A sign-in stands in two logs, each of which has a baseline of
 * its own; a network is new only if neither log has told of it.
 */
public final class PersonalNetworks {

    /** The two logs. */
    public static final Set<ActivitySource> LOGS =
            Set.of(ActivitySource.USER_SIGN_INS, ActivitySource.UNIFIED_USER_SIGN_INS);

    private static final int MOST = SubjectHistory.MOST_FACTS;

    private PersonalNetworks() {}

    /** What is to be remembered for {@link #firsts}. */
    public static BaselineNeed[] needed() {
        return LOGS.stream()
                .map(log -> BaselineNeed.of(log, Dimension.NETWORK, Dimension.AUTONOMOUS_SYSTEM))
                .toArray(BaselineNeed[]::new);
    }

    /** What is to be remembered for {@link #baseline}. */
    public static BaselineNeed[] neededForBaseline() {
        return LOGS.stream().map(BaselineNeed::of).toArray(BaselineNeed[]::new);
    }

    /**
     * The first sign-in from a network in one log.
     *
     * @param source the log
     * @param use network and first use
     */
    public record First(ActivitySource source, FirstUse use) {

        /** The sign-in itself; empty where the history does not reach back to it. */
        public Optional<AppEvent> signIn(ActorHistory history) {
            return Stream.concat(
                            history.noticed(use.at(), use.at(), MOST).stream(),
                            history.signIns(use.at(), use.at(), MOST).stream())
                    .map(PersonalUse::first)
                    .filter(event -> event.getEventId().equals(use.eventId()))
                    .findFirst();
        }

        /** Whether the person had been signing in for long enough before to call it new, by what that log told. */
        public Answer hasBaseline(Memory memory) {
            return answer(memory.isNewToBaseline(Set.of(source), Dimension.NETWORK, use));
        }

        /**
         * Whether it is also the first from there in the other log, and from its autonomous system where all sign-ins have one; not if
         * the person was only ever at the organisation's networks before.
         *
         * @param signIn the sign-in
         */
        public Answer isNew(DetectionInput in, AppEvent signIn) {
            Memory memory = in.history().memory();
            for (ActivitySource other : LOGS) {
                FirstUses known = memory.firstUses(other, Dimension.NETWORK);
                Optional<FirstUse> there = known.of(use.value());
                if (there.filter(seen -> isBefore(seen.at())).isPresent()) {
                    return Answer.no(use.value() + " was used at "
                            + Facts.time(there.get().at()));
                }
                if (there.isEmpty() && known.knownUntil().filter(this::isBefore).isPresent()) {
                    return Answer.cannotTell("the networks of the other log are too many to be remembered");
                }
            }
            FirstUses systems = memory.firstUses(LOGS, Dimension.AUTONOMOUS_SYSTEM);
            boolean without = systems.of(Dimension.NONE)
                    .filter(none -> Facts.inLoggedOrder(none.at(), use.at()))
                    .isPresent();
            Optional<FirstUse> system = system(signIn).flatMap(systems::of);
            boolean firstForeign = ForeignNetworks.first(memory.firstUses(LOGS, Dimension.NETWORK), in.networks())
                    .filter(first -> first.value().equals(use.value()))
                    .isPresent();
            if (!without
                    && !firstForeign
                    && system.filter(seen -> isBefore(seen.at())).isPresent()) {
                return Answer.no(system.get().value() + " was used at "
                        + Facts.time(system.get().at()));
            }
            return Answer.yes(use.value() + " was never used before " + Facts.time(use.at()));
        }

        private boolean isBefore(Instant seen) {
            return !Facts.inLoggedOrder(use.at(), seen);
        }
    }

    /** The first sign-in from each network, of each log; without those of a full dimension that are not remembered. */
    public static List<First> firsts(Memory memory) {
        List<First> firsts = new ArrayList<>();
        for (ActivitySource log : LOGS.stream().sorted().toList()) {
            memory.firstUses(log, Dimension.NETWORK).uses().forEach(use -> firsts.add(new First(log, use)));
        }
        return firsts;
    }

    /**
     * Whether the person had been signing in for long enough before an event, by what one of the two logs told. The copy that the
     * other log has of the event itself, at its whole second, is no earlier sign-in.
     */
    public static Answer baseline(Memory memory, AppEvent event) {
        Instant second = Instant.ofEpochSecond(event.getEventTime().getEpochSecond());
        return LOGS.stream()
                        .map(memory::baseline)
                        .anyMatch(baseline -> baseline.isReachedBefore(event.getEventTime())
                                && baseline.fifth().filter(second::isAfter).isPresent()
                                && baseline.thirdDay().filter(second::isAfter).isPresent())
                ? Answer.yes("there was a baseline")
                : Answer.no("no baseline before " + Facts.time(event.getEventTime()));
    }

    /** The autonomous system of a sign-in, as {@link Dimension#AUTONOMOUS_SYSTEM} writes it. */
    public static Optional<String> system(AppEvent signIn) {
        return Details.of(signIn, SignIn.class).flatMap(SignIn::getAsn).map(number -> "AS" + number);
    }

    /** Whether an event shows an address that is not the organisation's as of then; one of nobody known counts. */
    public static Answer isForeign(DetectionInput in, AppEvent event) {
        Optional<String> ip = event.getActor().getIp();
        NetworkMatch match = in.networks().lookup(ip.orElse(null), event.getEventTime());
        boolean own = match.addressClass() == AddressClass.ORGANIZATION;
        return Answer.of(
                !own,
                ip.orElse("no address")
                        + match.label().map(label -> " in " + label).orElse(""));
    }

    private static Answer answer(MemoryAnswer remembered) {
        return switch (remembered.state()) {
            case YES -> Answer.yes(remembered.because());
            case NO -> Answer.no(remembered.because());
            case UNKNOWN -> Answer.cannotTell(remembered.because());
        };
    }
}
