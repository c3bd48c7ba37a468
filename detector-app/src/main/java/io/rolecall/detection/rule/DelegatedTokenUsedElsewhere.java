package io.rolecall.detection.rule;

import io.rolecall.detection.Asking;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.PersonalNetworks;
import io.rolecall.detection.read.TokenUse;
import io.rolecall.detection.read.TokenUses;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token that an application has for a person is used where neither they nor others use the application, soon after they signed in or
 * consented; or a device code or a password grant gives a token to an application that the person does not use. One finding an
 * application and network, or grant.
 */
public final class DelegatedTokenUsedElsewhere implements Detection {

    private static final Param<Duration> WITHIN = Param.duration(
            "within",
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "Longest time from the consent or interactive sign-in to the use of the token.");
    private static final Param<Duration> KNOWN_WITHIN = Param.duration(
            "known-within",
            Duration.ofDays(14),
            Duration.ofDays(1),
            Duration.ofDays(30),
            "A network, country or application seen so long ago is not new.");

    private static final Reads READS = Reads.of(
                    List.of(Operations.SIGN_IN, Operations.CONSENT),
                    OperationGroups.MAIL_READ,
                    OperationGroups.FILES_READ)
            .needing(Operations.SIGN_IN)
            .within(Duration.ofDays(30))
            .noticing(KNOWN_WITHIN)
            .remembering(PersonalNetworks.neededForBaseline())
            .asking(new Asking(QuestionKind.NETWORK_USERS, (act, policy) -> false));

    @Override
    public String id() {
        return "delegated-token-used-elsewhere";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.ACTOR);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(WITHIN, KNOWN_WITHIN);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        TokenUses uses = TokenUses.of(in, in.get(WITHIN), in.get(KNOWN_WITHIN));
        return elsewhere(in, uses).and(granted(in, uses));
    }

    private static Evaluation elsewhere(DetectionInput in, TokenUses uses) {
        String days = Facts.length(in.get(KNOWN_WITHIN));
        return in.candidates(
                        "A token was refreshed, or mail or files were read with an application, from a network not seen lately",
                        uses.elsewhere(),
                        TokenUse::event,
                        TokenUse::label,
                        "Every such use came from a network of the days before")
                .covering(uses.covered())
                .where("The person was not at that network in the " + days + " before", uses::newNetwork)
                .where("Nor in that country", uses::newCountry)
                .where("The network is not the organisation's", one -> PersonalNetworks.isForeign(in, one.event()))
                .where(
                        "There was a baseline before",
                        one -> PersonalNetworks.baseline(in.history().memory(), one.event()))
                .where(
                        "The person had consented or signed in to the application within "
                                + Facts.length(in.get(WITHIN)) + " before",
                        uses::afterReference)
                .where("Fewer than two others had used the application at that network", uses::unusual)
                .note("Mail or files were read, or the application is young", uses::worse)
                .findEach(TokenUse::place, same -> finding(in, uses, same, true));
    }

    private static Evaluation granted(DetectionInput in, TokenUses uses) {
        return in.candidates(
                        "A device code or a password grant gave a token",
                        uses.granted(),
                        TokenUse::event,
                        TokenUse::label,
                        "No successful sign-in had such a protocol")
                .covering(uses.covered())
                .where(
                        "The person had not used the application in the " + Facts.length(in.get(KNOWN_WITHIN))
                                + " before",
                        uses::newApplication)
                .where(
                        "There was a baseline before the grant",
                        one -> PersonalNetworks.baseline(in.history().memory(), one.event()))
                .note("Mail or files were read then, or the application is young", uses::worse)
                .findEach(TokenUse::grant, same -> finding(in, uses, same, false));
    }

    /** @param same uses of one application at one network, or by one kind of grant, by time */
    private static Finding finding(DetectionInput in, TokenUses uses, List<TokenUse> same, boolean elsewhere) {
        TokenUse first = same.get(0);
        AppEvent event = first.event();
        List<AppEvent> read = uses.readAfter(first);
        Optional<String> young = uses.young(first);
        Optional<AppEvent> reference = elsewhere ? uses.reference(first) : Optional.empty();
        String who = Facts.actor(event);
        return in.finding(event)
                .anchor(
                        elsewhere
                                ? first.place().toArray(String[]::new)
                                : first.grant().toArray(String[]::new))
                .severity(read.isEmpty() && young.isEmpty() ? Severity.MEDIUM : Severity.HIGH)
                .title(
                        elsewhere
                                ? "Token of " + who + " for " + first.application() + " used elsewhere"
                                : who + " gave " + first.application() + " a token by " + first.grantWords())
                .says(
                        elsewhere
                                ? Facts.capital(first.words()) + " for " + who + " from "
                                        + Addresses.label(in.addressOf(event)) + " at "
                                        + Facts.time(event.getEventTime()) + ", after "
                                        + uses.referenceWords(first)
                                        + ". The person was not seen there before, nor were others with this application."
                                : who + " signed in to " + first.application() + ", which they had not used, by "
                                        + first.grantWords() + " from " + Addresses.label(in.addressOf(event)) + " at "
                                        + Facts.time(event.getEventTime())
                                        + ". Whoever began that on another machine has the token now.")
                .risk(!read.isEmpty(), RiskKind.USED_AFTERWARDS, "Mail or files were read with it")
                .risk(young.isPresent(), RiskKind.YOUNG, young.orElse(""))
                .by("used-token", same.stream().map(TokenUse::event).toList())
                .by("read", read)
                .shownBy(reference.stream().toList())
                .build();
    }
}
