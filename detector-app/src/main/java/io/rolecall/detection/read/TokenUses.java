package io.rolecall.detection.read;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.Answer;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Interval;
import io.rolecall.detection.NetworkUser;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The uses of a person's tokens from networks not seen lately, and what is known about each. */
public final class TokenUses {

    /** Age of a young application, in event time from its registration or from the adding of its service principal. */
    private static final Duration YOUNG = Duration.ofDays(14);

    private static final int MOST = SubjectHistory.MOST_FACTS;
    private static final int USUAL = 2;

    private final DetectionInput in;
    private final ActorHistory history;
    private final Duration within;
    private final Duration known;
    private final List<TokenUse> uses;
    private final Interval covered;

    private TokenUses(DetectionInput in, Duration within, Duration known, List<PersonalUse> noticed, Interval covered) {
        this.in = in;
        this.history = in.actor();
        this.within = within;
        this.known = known;
        this.covered = covered;
        this.uses = noticed.stream()
                .map(use -> new TokenUse(use.first()))
                .filter(use -> use.event().getAppId().isPresent())
                .sorted(Comparator.comparing(TokenUse::event, Facts.ORDER))
                .toList();
    }

    /** Something the person did themselves: a consent, or an interactive sign-in, and when it was last. */
    private record Reference(AppEvent event, Instant at) {}

    /**
     * Those of a history; of somebody with very many of them those from the focus on, the earliest.
     *
     * @param within longest time since the person was there themselves
     * @param known what was seen so long ago is not new
     */
    public static TokenUses of(DetectionInput in, Duration within, Duration known) {
        ActorHistory history = in.actor();
        List<PersonalUse> all = history.noticed(Instant.MIN, Instant.MAX, MOST);
        if (all.size() < MOST) {
            return new TokenUses(in, within, known, all, Interval.ALL);
        }
        Instant from = in.focus().from();
        List<PersonalUse> some = history.noticed(from, Instant.MAX, MOST);
        Instant to = some.size() < MOST
                ? Instant.MAX
                : Facts.day(some.get(some.size() - 1).first().getEventTime()).minusNanos(1);
        return new TokenUses(in, within, known, some, new Interval(from, to.isBefore(from) ? from : to));
    }

    /** For which anchor times they are complete. */
    public Interval covered() {
        return covered;
    }

    /** Those without the person, by time. */
    public List<TokenUse> elsewhere() {
        return uses.stream()
                .filter(use -> use.isSilent() && use.network().isPresent())
                .toList();
    }

    /** Those that gave a token by a device code or a password, by time. */
    public List<TokenUse> granted() {
        return uses.stream().filter(TokenUse::isGrant).toList();
    }

    /** By the /24 or /48, and by the autonomous system where every sign-in of the time has one. */
    public Answer newNetwork(TokenUse use) {
        String network = use.network().orElseThrow();
        Optional<Instant> seen = seen(Dimension.NETWORK, network, use);
        Optional<String> system = PersonalNetworks.system(use.event());
        if (seen.isEmpty()
                && system.isPresent()
                && seen(Dimension.AUTONOMOUS_SYSTEM, Dimension.NONE, use).isEmpty()) {
            network = system.get();
            seen = seen(Dimension.AUTONOMOUS_SYSTEM, network, use);
        }
        return answer(seen, network);
    }

    /** An unknown country counts as new, since the network is. */
    public Answer newCountry(TokenUse use) {
        return use.country()
                .map(country -> answer(seen(Dimension.COUNTRY, country, use), country))
                .orElseGet(() -> Answer.yes("no country is logged, and the network is new"));
    }

    public Answer newApplication(TokenUse use) {
        return answer(seen(Dimension.APPLICATION, use.appId(), use), use.application());
    }

    /** Whether the person consented or signed in to the application themselves soon before. */
    public Answer afterReference(TokenUse use) {
        return latest(use)
                .map(reference -> Answer.yes(words(reference)).by(List.of(reference.event())))
                .orElseGet(() -> Answer.no("neither, with " + use.application()));
    }

    public Optional<AppEvent> reference(TokenUse use) {
        return latest(use).map(Reference::event);
    }

    public String referenceWords(TokenUse use) {
        return latest(use).map(TokenUses::words).orElse("nothing of the person's own");
    }

    /** Whether the application's other users are not at the network. It is asked here, of those that all else has left. */
    public Answer unusual(TokenUse use) {
        return asked(use)
                .map(told -> {
                    List<NetworkUser> others = told.othersBy(use.event());
                    return Answer.of(
                            others.size() < USUAL,
                            others.isEmpty()
                                    ? "no other user was seen there"
                                    : Facts.count(others.size(), "other user") + " from "
                                            + Facts.time(others.get(0).since()) + " on");
                })
                .orElseGet(() -> Answer.cannotTell("the application has not told of its users yet"));
    }

    public Answer worse(TokenUse use) {
        List<AppEvent> read = readAfter(use);
        Optional<String> young = young(use);
        return Answer.of(!read.isEmpty() || young.isPresent(), young.orElse(read.isEmpty() ? "neither" : "read"))
                .by(read);
    }

    /** Reads with the application soon after, itself among them; of a use elsewhere, from there. */
    public List<AppEvent> readAfter(TokenUse first) {
        return uses.stream()
                .filter(use -> use.isRead()
                        && use.appId().equals(first.appId())
                        && (first.isGrant() || use.network().equals(first.network()))
                        && Facts.isWithin(use.at(), first.at(), within))
                .map(TokenUse::event)
                .toList();
    }

    /** Why the application is young, as far as it tells. */
    public Optional<String> young(TokenUse use) {
        return asked(use)
                .flatMap(told -> told.youngAt(use.at(), YOUNG))
                .map(at -> "The application was there only since " + Facts.time(at));
    }

    private Optional<UsersOfNetwork> asked(TokenUse use) {
        return UsersOfNetwork.of(in.answersNow(use.event(), QuestionKind.NETWORK_USERS));
    }

    private Optional<Instant> seen(Dimension dimension, String value, TokenUse use) {
        return history.seen(dimension, value, use.at().minus(known), use.at());
    }

    private static Answer answer(Optional<Instant> seen, String what) {
        return seen.map(at -> Answer.no(what + " was seen at " + Facts.time(at)))
                .orElseGet(() -> Answer.yes(what + " was not seen"));
    }

    private Optional<Reference> latest(TokenUse use) {
        Stream<Reference> consents = history.acts().stream()
                .filter(act -> Facts.is(act, Operations.CONSENT)
                        && Facts.succeeded(act)
                        && act.getAppId().equals(use.event().getAppId()))
                .map(act -> new Reference(act, act.getEventTime()));
        Stream<Reference> signIns =
                history.signIns(use.at().minus(within), use.at().plus(Facts.CLOCK_SKEW), MOST).stream()
                        .filter(signIn ->
                                signIn.first().getAppId().equals(use.event().getAppId()))
                        .flatMap(signIn -> Stream.of(signIn.first().getEventTime(), signIn.last())
                                .map(at -> new Reference(signIn.first(), at)));
        return Stream.concat(consents, signIns)
                .filter(reference ->
                        !reference.event().getEventId().equals(use.event().getEventId())
                                && Facts.isWithin(use.at(), reference.at(), within))
                .max(Comparator.comparing(Reference::at)
                        .thenComparing(one -> one.event().getEventId()));
    }

    private static String words(Reference reference) {
        String did = Facts.is(reference.event(), Operations.CONSENT) ? "a consent at " : "an interactive sign-in at ";
        return did + Facts.time(reference.at());
    }
}
