package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.PolicyNeed;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.FollowingConsent;
import io.rolecall.detection.read.RedirectFlaws;
import io.rolecall.detection.read.RedirectFlaws.Flaw;
import io.rolecall.detection.read.Redirects;
import io.rolecall.detection.read.Redirects.Added;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An address is added to an application, to which tokens may go astray: one finding a host. */
public final class SuspiciousRedirectUri implements Detection {

    private static final Param<Duration> CONSENT_WITHIN = Param.duration(
            "consent-within",
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "A consent at most so long after the address makes it high.");
    private static final Param<List<String>> FREE_HOSTS = Param.words(
            "free-hosts",
            List.of(),
            List.of(),
            "Domains below which anybody gets a host, beside those of the shipped list.");

    private static final Reads READS = Reads.of(
                    Redirects.ADDING, Clicks.OPERATIONS, Set.of(Operations.UPDATE_DELEGATED_GRANT))
            .needing(Redirects.ADDING)
            .wanting(PolicyNeed.DOMAINS)
            .within(CONSENT_WITHIN);

    @Override
    public String id() {
        return "suspicious-redirect-uri";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(CONSENT_WITHIN, FREE_HOSTS);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        RedirectFlaws flaws = new RedirectFlaws(in.history(), in.policy(), in.get(FREE_HOSTS));
        return in.candidates(
                        "A redirect address was added",
                        Redirects.added(in.history().acts()),
                        Added::act,
                        one -> one.address().text(),
                        "No successful act that adds one")
                .where(
                        "It is neither a loopback address, nor of a scheme of its own, nor that of native clients",
                        one -> Answer.of(
                                !one.address().isOfDevice(), one.address().text()))
                .note(
                        "Its domain is registered for somebody else, while the application is for this tenant alone",
                        flaws::outside)
                .where(
                        "It is plain http, a wildcard, an IP address, a tunnel, free hosting, punycode, a look-alike, or somebody"
                                + " else's domain on a single-tenant application",
                        one -> Answer.of(!flaws.of(one).isEmpty(), words(one, flaws.of(one))))
                .findEach(one -> one.address().anchor(), same -> finding(in, same, flaws));
    }

    private static String words(Added one, Set<Flaw> found) {
        return one.address().text() + ": "
                + (found.isEmpty()
                        ? "none of these"
                        : found.stream().map(Flaw::words).collect(Collectors.joining(", ")));
    }

    private static Finding finding(DetectionInput in, List<Added> same, RedirectFlaws flaws) {
        Added first = same.get(0);
        Set<Flaw> found = new LinkedHashSet<>();
        same.forEach(one -> found.addAll(flaws.of(one)));
        List<AppEvent> acts = Facts.distinct(same.stream().map(Added::act).toList());
        Optional<AppEvent> consent = FollowingConsent.of(acts, in.get(CONSENT_WITHIN), in.application());
        String what = found.stream().map(Flaw::words).collect(Collectors.joining(", "));
        return in.finding(first.act())
                .anchor(first.address().anchor())
                .severity(consent.isPresent() ? Severity.HIGH : Severity.MEDIUM)
                .title("Redirect address that is " + what)
                .says(Facts.actor(first.act()) + " added the redirect address "
                        + first.address().text() + " at "
                        + Facts.time(first.act().getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first.act())) + ": " + what
                        + ". Whoever receives what is sent there gets codes and tokens of those who sign in."
                        + consent.map(act -> " " + Facts.actor(act) + " consented to the application at "
                                        + Facts.time(act.getEventTime()) + ".")
                                .orElse(""))
                .risk(consent.isPresent(), "Somebody consented to the application after the address was added")
                .risk(found.contains(Flaw.TUNNEL), "The address leads through a tunnel to a machine of anybody")
                .risk(
                        found.contains(Flaw.LOOKALIKE),
                        RiskKind.LOOK_ALIKE,
                        "The address imitates a domain of the organisation")
                .by("added-redirect", acts)
                .shownBy(consent.stream().toList())
                .undone(same.stream().allMatch(Added::undone))
                .build();
    }
}
