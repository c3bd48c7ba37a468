package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.ConsentReading;
import io.rolecall.detection.read.ConsentReading.Read;
import io.rolecall.detection.read.ConsentRemovals;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grants;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A user consents to lasting access to mail or files by an application that is young or rare here. One finding per user; of an
 * application that very many users consent to, the first {@value #MOST_USERS} and the consent burst tell the rest.
 */
public final class IllicitConsent implements Detection {

    private static final int MOST_USERS = 100;

    private static final Reads READS = Reads.of(
                    Grants.OF_SCOPES, List.of(Operations.ADD_APPLICATION, Operations.ADD_APP_ROLE_TO_USER))
            .needing(Operations.CONSENT, Operations.ADD_DELEGATED_GRANT)
            .within(Duration.ofDays(30));

    @Override
    public String id() {
        return "illicit-consent";
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
        ConsentReading.Result read = ConsentReading.read(in.application(), in.focus());
        ConsentRemovals removals = new ConsentRemovals(
                in.history(), read.clicks().stream().map(Read::click).toList(), read.acts(), read.complete());
        return in.candidates(
                        "A user consented for themselves, or another for them",
                        read.clicks(),
                        one -> one.click().main(),
                        one -> one.click().label(),
                        "No successful consent of a single user")
                .covering(read.covered())
                .where("The consent covers mail or file scopes", one -> mailOrFiles(in, one.click()))
                .where(
                        "The consent, or an earlier one of the user, covers offline_access",
                        one -> Answer.of(
                                one.lasting(), one.click().label() + (one.lasting() ? " with it" : " without it")))
                .note("The application was added at most 14 days before", one -> one.youngSince()
                        .map(since -> Answer.yes("added at " + Facts.time(since)))
                        .orElseGet(() -> Answer.no("its addition was not seen, or lies longer ago")))
                .note(
                        "At most 3 other users consented in the 30 days before, and it was known for 14 days",
                        one -> rare(in, one))
                .where(
                        "It was young or rare then",
                        one -> Answer.of(one.qualifies(), one.click().label()))
                .bounded(
                        "It is of one of the first " + MOST_USERS + " users",
                        IllicitConsent::ofFirstUsers,
                        first -> Facts.count(users(first).size(), "user"),
                        "none")
                .findEach(one -> one.click().user(), clicks -> finding(in, clicks, removals));
    }

    private static Answer mailOrFiles(DetectionInput in, Click click) {
        List<Permission> risky = click.mailOrFiles(in.policy().permissionSets());
        return risky.isEmpty()
                ? Answer.no(click.scopes().isEmpty() ? "no scopes" : "only " + String.join(" ", click.scopes()))
                : Answer.yes(Permission.values(risky));
    }

    private static Answer rare(DetectionInput in, Read read) {
        Instant firstSeen = in.history().profile().getFirstSeen();
        return read.rareAmong()
                .map(others -> Answer.yes(Facts.count(others, "other user")))
                .orElseGet(() -> Answer.no(
                        firstSeen.isAfter(read.click().at().minus(ConsentReading.RARE_AGE))
                                ? "No baseline: first seen at " + Facts.time(firstSeen) + ", less than 14 days before"
                                : "more users consented before, or the application is in wide use"));
    }

    private static Set<String> users(List<Read> clicks) {
        return clicks.stream().map(one -> one.click().user()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Read> ofFirstUsers(List<Read> clicks) {
        Set<String> first = users(clicks).stream().limit(MOST_USERS).collect(Collectors.toSet());
        return clicks.stream().filter(one -> first.contains(one.click().user())).toList();
    }

    private static Finding finding(DetectionInput in, List<Read> clicks, ConsentRemovals removals) {
        Read first = clicks.get(0);
        Click click = first.click();
        AppEvent main = click.main();
        List<Permission> permissions = clicks.stream()
                .flatMap(one -> one.click().mailOrFiles(in.policy().permissionSets()).stream())
                .distinct()
                .toList();
        String values = Permission.values(permissions);
        boolean tool = AppLists.isAdministrationTool(in.history().subject().id());
        AppEvent last = clicks.get(clicks.size() - 1).click().main();
        return in.finding(main)
                .anchor(click.user())
                .at(click.at())
                .severity(tool ? Severity.INFORMATIONAL : Severity.HIGH)
                .title(
                        click.byAnother()
                                ? "User's " + values + " with offline_access opened to an application by another"
                                : "User consented to " + values + " with offline_access")
                .says((click.byAnother()
                                ? Facts.actor(main) + " consented for " + click.label()
                                : click.label() + " consented")
                        + " at " + Facts.time(click.at()) + " from " + Addresses.label(in.addressOf(main)) + " to "
                        + values + " with offline_access, so that the application keeps access without the user. "
                        + why(first) + "."
                        + (tool ? " The application is one of Microsoft's tools for administration." : ""))
                .risk(
                        first.youngSince().isPresent() && first.rareAmong().isPresent(),
                        RiskKind.YOUNG,
                        "The application is both new and hardly used")
                .risk(click.byAnother(), "The access was granted by another, not by the user's own consent")
                .risk(
                        in.isFromOutside(main),
                        RiskKind.FROM_OUTSIDE,
                        "Consented from an address that is not the organisation's")
                .by(click.byAnother() ? "granted" : "consented", main)
                .only(clicks.stream()
                        .flatMap(one -> one.click().granted().stream())
                        .toList())
                .permissions(permissions)
                .undone(removals.tookAll(click.user(), permissions, last))
                .build();
    }

    /** Why an application counts as unknown, a sentence without its full stop. */
    private static String why(Read read) {
        return read.youngSince()
                .map(since -> "The application was added at " + Facts.time(since) + ", at most 14 days before")
                .orElseGet(() -> "Only " + Facts.count(read.rareAmong().orElse(0), "other user")
                        + " consented to the application in the 30 days before");
    }
}
