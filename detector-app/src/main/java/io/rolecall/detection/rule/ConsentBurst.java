package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Participant;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Parameter;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Several users are asked for consent to one application within a short time, whether they granted it or not: a phishing wave.
 * The earliest window decides; a million consents later nothing more is read than its first days.
 */
public final class ConsentBurst implements Detection {

    private static final String THRESHOLD = "threshold";
    private static final String WINDOW = "window";
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    /** User-days of the first page; each further one is twice as large. */
    private static final int FIRST_PAGE = 32;

    private static final DetectionCard CARD = new DetectionCard(
            "consent-burst",
            2,
            SubjectKind.APPLICATION,
            "Several users were asked for consent within a short time",
            "At least the threshold of distinct users were asked for consent to one application within the window, granted,"
                    + " blocked and refused alike.",
            Severity.HIGH,
            List.of(Cards.STEAL_TOKEN, Cards.CLOUD_ACCOUNTS),
            List.of(
                    "A new application is rolled out to a team with user consent instead of the administrator's",
                    "A training or a demonstration in which everybody connects the same application"),
            List.of(
                    "Waves slower than the window",
                    "Users who saw the request and closed it: only a click is logged",
                    "A wave with one application per victim"),
            Cards.references(List.of(Cards.STEAL_TOKEN), Cards.CONSENT_PLAYBOOK),
            List.of(
                    Parameter.number(THRESHOLD, 3, 2, 30, "Distinct users within the window."),
                    Parameter.duration(
                            WINDOW,
                            DEFAULT_WINDOW,
                            Duration.ofMinutes(1),
                            Duration.ofDays(30),
                            "Longest time from the first to the last of these users.")),
            Cards.operations(
                    List.of(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER, Operations.ADD_DELEGATED_GRANT)),
            List.of(Set.of(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER)),
            DEFAULT_WINDOW);

    /** Clicks of the earliest window that reached the threshold. */
    private record Burst(List<Click> clicks) {}

    /** What was read: the burst if any, all clicks seen, and the span of time that is complete. */
    private record Read(Optional<Burst> burst, List<Click> clicks, Interval covered) {}

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        Read read = read(input);
        Condition condition = condition(input, read);
        return new Evaluation(
                read.burst().map(burst -> finding(input, burst, read)).stream().toList(),
                List.of(condition),
                read.covered());
    }

    private static Read read(DetectionInput input) {
        SubjectProfile profile = input.history().profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return new Read(Optional.empty(), List.of(), Interval.ALL);
        }
        Instant first = profile.getFirstUserActAt().get();
        Instant last = profile.getLastUserActAt().get();
        List<Click> clicks = List.of();
        for (int page = FIRST_PAGE; page <= SubjectHistory.MOST_FACTS / 2; page *= 2) {
            List<UserDay> days = input.application().userDays(first, last, page);
            clicks = asked(input, days);
            Optional<Burst> burst = earliest(input, clicks);
            if (burst.isPresent() || days.size() < page) {
                return new Read(burst, clicks, Interval.ALL);
            }
        }
        // A long and slow history: what changed can only complete a window around it.
        Duration window = input.settings().duration(WINDOW);
        Instant from = input.focus().from().isBefore(first)
                ? first
                : input.focus().from().minus(window);
        Instant to =
                input.focus().to().isAfter(last) ? last : input.focus().to().plus(window);
        List<Click> near = asked(input, input.application().userDays(from, to, FIRST_PAGE));
        return new Read(earliest(input, near), near, new Interval(from, to));
    }

    /** The clicks of users who were asked; whoever is given access by an administrator is not. */
    private static List<Click> asked(DetectionInput input, List<UserDay> days) {
        return Clicks.of(days, input.history()).stream()
                .filter(click -> !click.byAnother())
                .toList();
    }

    /** The clicks up to the one that first completes the threshold within the window, and the rest of that window. */
    private static Optional<Burst> earliest(DetectionInput input, List<Click> clicks) {
        Duration window = input.settings().duration(WINDOW);
        int threshold = input.settings().number(THRESHOLD);
        Deque<Click> open = new ArrayDeque<>();
        Map<String, Integer> users = new HashMap<>();
        for (Click click : clicks) {
            open.addLast(click);
            users.merge(click.user(), 1, Integer::sum);
            while (open.getFirst().at().isBefore(click.at().minus(window))) {
                users.computeIfPresent(open.removeFirst().user(), (user, count) -> count == 1 ? null : count - 1);
            }
            if (users.size() >= threshold) {
                Instant start = open.getFirst().at();
                Interval span = new Interval(start, start.plus(window));
                return Optional.of(new Burst(
                        clicks.stream().filter(one -> span.contains(one.at())).toList()));
            }
        }
        return Optional.empty();
    }

    private static Finding finding(DetectionInput input, Burst burst, Read read) {
        List<Click> clicks = burst.clicks();
        SubjectProfile profile = input.history().profile();
        List<AppEvent> acts =
                clicks.stream().flatMap(click -> click.acts().stream()).toList();
        long users = clicks.stream().map(Click::user).distinct().count();
        boolean tool = AppLists.isAdministrationTool(input.history().subject().id());
        Click first = clicks.get(0);
        return new Finding(
                List.of(),
                first.at(),
                tool ? Severity.INFORMATIONAL : Severity.HIGH,
                acts.stream().map(Addresses::identity).reduce(Confidence.HIGH, Confidence::min),
                "Several users were asked for consent within "
                        + Facts.length(input.settings().duration(WINDOW)) + blocked(clicks),
                Facts.count(users, "user") + " were asked for consent within "
                        + Facts.length(input.settings().duration(WINDOW)) + " from " + Facts.time(first.at()) + " on, "
                        + first.label() + " first; " + outcomes(clicks) + ". "
                        + Facts.count(profile.getConsentUsers(), "user") + " in all so far."
                        + (tool ? " It is one of Microsoft's tools for administration." : "")
                        + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(acts),
                Math.max(
                        Facts.distinct(acts).size(),
                        read.clicks().size() > clicks.size() ? 0 : profile.getConsentActs()),
                participants(input, clicks),
                List.of(),
                risks(input, clicks),
                Lifecycle.ended(input.history().acts()).isPresent());
    }

    private static List<Participant> participants(DetectionInput input, List<Click> clicks) {
        List<Participant> participants = new ArrayList<>();
        Set<String> users = new java.util.HashSet<>();
        for (Click click : clicks) {
            if (users.size() < Finding.MOST_EVIDENCE && users.add(click.user())) {
                AppEvent main = click.main();
                participants.add(new Participant(
                        click.succeeded() ? "consented" : "asked-for-consent", main, input.addressOf(main)));
            }
        }
        return participants;
    }

    /** End of the title when consents were blocked. */
    private static String blocked(List<Click> clicks) {
        if (clicks.stream().noneMatch(Click::blocked)) {
            return "";
        }
        return clicks.stream().allMatch(Click::blocked) ? ", all blocked" : ", some blocked";
    }

    private static String outcomes(List<Click> clicks) {
        long granted = clicks.stream()
                .filter(Click::succeeded)
                .map(Click::user)
                .distinct()
                .count();
        return granted == 0 ? "none of them consented" : granted + " of them consented";
    }

    private static List<String> risks(DetectionInput input, List<Click> clicks) {
        List<String> risks = new ArrayList<>();
        if (clicks.stream().filter(Click::succeeded).anyMatch(click -> !IllicitConsent.riskyScopes(
                        input.policy().permissionSets(), click)
                .isEmpty())) {
            risks.add("Users granted access to mail or files");
        }
        if (clicks.stream().anyMatch(click -> !click.succeeded())) {
            risks.add("Some of the requests were blocked or refused");
        }
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }

    private static Condition condition(DetectionInput input, Read read) {
        String name =
                "At least " + input.settings().number(THRESHOLD) + " distinct users were asked for consent within "
                        + Facts.length(input.settings().duration(WINDOW));
        List<AppEvent> facts = Facts.evidence(read.burst().map(Burst::clicks).orElse(read.clicks()).stream()
                .map(Click::main)
                .toList());
        return read.burst()
                .map(burst -> Condition.met(
                        name,
                        Facts.count(
                                        burst.clicks().stream()
                                                .map(Click::user)
                                                .distinct()
                                                .count(),
                                        "user") + " from "
                                + Facts.time(burst.clicks().get(0).at()) + " on.",
                        facts))
                .orElseGet(() -> Condition.notMet(
                        name,
                        Facts.count(input.history().profile().getConsentUsers(), "user")
                                + " in all, never enough within the window.",
                        facts));
    }
}
