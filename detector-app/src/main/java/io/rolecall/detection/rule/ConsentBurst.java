package io.rolecall.detection.rule;

import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Bursts;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several users are asked for consent to one application within a short time, whether they granted it or not: a phishing wave.
 * The earliest window decides; a million consents later nothing more is read than its first days.
 */
public final class ConsentBurst implements Detection {

    private static final Param<Integer> THRESHOLD =
            Param.number("threshold", 3, 2, 30, "Distinct users within the window.");
    private static final Param<Duration> WINDOW = Param.duration(
            "window",
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            "Longest time from the first to the last of these users.");

    private static final Reads READS = Reads.of(Clicks.OPERATIONS)
            .needing(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER)
            .within(WINDOW);

    @Override
    public String id() {
        return "consent-burst";
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
        return List.of(THRESHOLD, WINDOW);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        Bursts.Result read = new Bursts(in.get(THRESHOLD), in.get(WINDOW)).read(in.application(), in.focus());
        String length = Facts.length(in.get(WINDOW));
        String inAll = Facts.count(in.history().profile().getConsentUsers(), "user") + " in all";
        return in.candidates("Users were asked for consent", read.clicks(), Click::main, Click::label, "Nobody was")
                .covering(read.covered())
                .among(
                        "At least " + in.get(THRESHOLD) + " distinct users were asked within " + length,
                        clicks -> read.burst(),
                        burst -> Facts.count(users(burst), "user") + " from "
                                + Facts.time(burst.get(0).at()) + " on",
                        inAll + ", never enough within the window")
                .findOne(burst -> finding(in, burst, read));
    }

    private static Finding finding(DetectionInput in, List<Click> burst, Bursts.Result read) {
        SubjectProfile profile = in.history().profile();
        List<AppEvent> acts =
                burst.stream().flatMap(click -> click.acts().stream()).toList();
        boolean tool = AppLists.isAdministrationTool(in.history().subject().id());
        Click first = burst.get(0);
        String within = " asked for consent within " + Facts.length(in.get(WINDOW));
        FindingBuilder finding = in.finding(first.main())
                .at(first.at())
                .severity(tool ? Severity.INFORMATIONAL : Severity.HIGH)
                .confidence(acts.stream().map(Addresses::identity).reduce(Confidence.HIGH, Confidence::min))
                .title("Several users were" + within + blocked(burst))
                .says(Facts.count(users(burst), "user") + " were" + within + " from " + Facts.time(first.at())
                        + " on, " + first.label() + " first; " + outcomes(burst) + ". "
                        + Facts.count(profile.getConsentUsers(), "user") + " in all so far."
                        + (tool ? " It is one of Microsoft's tools for administration." : ""))
                .risk(
                        burst.stream().filter(Click::succeeded).anyMatch(click -> !click.mailOrFiles(
                                        in.policy().permissionSets())
                                .isEmpty()),
                        "Users granted access to mail or files")
                .risk(
                        burst.stream().anyMatch(click -> !click.succeeded()),
                        "Some of the requests were blocked or refused")
                .only(acts)
                .counted(read.clicks().size() > burst.size() ? 0 : profile.getConsentActs());
        Set<String> users = new HashSet<>();
        burst.stream()
                .filter(click -> users.size() < Finding.MOST_EVIDENCE && users.add(click.user()))
                .forEach(click -> finding.by(click.succeeded() ? "consented" : "asked-for-consent", click.main()));
        return finding.build();
    }

    private static long users(List<Click> clicks) {
        return clicks.stream().map(Click::user).distinct().count();
    }

    /** End of the title when consents were blocked. */
    private static String blocked(List<Click> clicks) {
        if (clicks.stream().noneMatch(Click::blocked)) {
            return "";
        }
        return clicks.stream().allMatch(Click::blocked) ? ", all blocked" : ", some blocked";
    }

    private static String outcomes(List<Click> clicks) {
        long granted = users(clicks.stream().filter(Click::succeeded).toList());
        return granted == 0 ? "none of them consented" : granted + " of them consented";
    }
}
