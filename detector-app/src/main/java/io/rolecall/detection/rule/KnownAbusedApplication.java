package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Appearances;
import io.rolecall.detection.read.Appearances.Appearance;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Listing;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application appears of which reports of incidents tell, or that the organisation banned: by a consent, a service principal or a
 * sign-in. One finding an application; one step lower while nothing of it succeeded.
 */
public final class KnownAbusedApplication implements Detection {

    /** Participants listed; how many there were in all is told. */
    private static final int MOST_PARTICIPANTS = 10;

    private static final Reads READS =
            Reads.of(Appearances.OPERATIONS).needing(Appearances.OPERATIONS).within(Duration.ofDays(30));

    @Override
    public String id() {
        return "known-abused-application";
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
    public Evaluation evaluate(DetectionInput in) {
        Optional<Listing> listing = Listing.of(in.policy(), in.history());
        // Of the many applications on no list one fact tells that there is anything at all.
        int most = listing.isPresent() ? Appearances.MOST : 1;
        return in.candidates(
                        "Somebody consented, it was added, or somebody signed in, successfully or not",
                        Appearances.of(in.application(), most),
                        Appearance::act,
                        Appearance::label,
                        "Nothing of the kind was seen")
                .where(
                        "The App ID is on the organisation's list of banned applications, or on that of known abused ones",
                        any -> Answer.of(
                                listing.isPresent(), listing.map(Listing::label).orElse("on neither")))
                .note("One of these succeeded", one -> Answer.of(one.succeeded(), one.label()))
                .findOne(all -> finding(in, listing.orElseThrow(), all));
    }

    private static Finding finding(DetectionInput in, Listing listing, List<Appearance> all) {
        boolean attempted = all.stream().noneMatch(Appearance::succeeded);
        AppEvent first = all.get(0).act();
        List<AppEvent> acts = Facts.distinct(all.stream().map(Appearance::act).toList());
        FindingBuilder finding = in.finding(first)
                .severity(listing.severity().lowerIf(attempted))
                .confidence(Addresses.identity(first))
                .title(listing.title() + (attempted ? " was tried, without success" : ""))
                .says(all.get(0).sentence() + " at " + Facts.time(first.getEventTime()) + " from "
                        + Addresses.label(in.addressOf(first)) + ". " + listing.sentence()
                        + (attempted ? " Nothing of it succeeded in what was seen." : ""))
                .risk(
                        all.stream().anyMatch(one -> one.succeeded() && one.isConsent()),
                        "Somebody consented to the application")
                .risk(
                        all.stream().anyMatch(one -> one.succeeded() && one.isSignIn()),
                        RiskKind.USED_AFTERWARDS,
                        "The application got tokens: a sign-in succeeded")
                .only(acts);
        all.stream().limit(MOST_PARTICIPANTS).forEach(one -> finding.by(one.role(), one.act()));
        return finding.build();
    }
}
