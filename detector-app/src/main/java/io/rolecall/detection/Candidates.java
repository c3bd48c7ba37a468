package io.rolecall.detection;

import io.rolecall.detection.read.Facts;
import io.rolecall.schema.AppEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Candidates for a finding, narrowed by named conditions. What decides is what {@code explain} prints: every condition keeps its
 * question, its answer, the reasons and the facts, and nothing is said in two places.
 *
 * @param <T> what is looked at one by one: a grant, a credential, a click
 */
public final class Candidates<T> {

    /** Reasons told of one condition; the rest is counted. */
    private static final int MOST_REASONS = 20;

    /** Why a condition is met that is taken for met. */
    static final String ASSUMED = "assumed";

    private final Function<? super T, AppEvent> act;
    private final Set<String> assumed;
    private final List<Condition> conditions = new ArrayList<>();
    private List<T> left;
    private Interval covered = Interval.ALL;

    private record Asked<T>(T candidate, Answer answer) {}

    Candidates(
            String asked,
            Collection<T> found,
            Function<? super T, AppEvent> act,
            Function<? super T, String> label,
            String otherwise,
            Set<String> assumed) {
        this.act = act;
        this.assumed = assumed;
        this.left = List.copyOf(found);
        conditions.add(
                left.isEmpty()
                        ? Condition.notMet(asked, sentence(otherwise), List.of())
                        : Condition.met(
                                asked,
                                joined(left.stream().map(label)),
                                facts(left.stream().map(act))));
    }

    private Candidates(Candidates<?> before, List<T> left, Function<? super T, AppEvent> act) {
        this.act = act;
        this.assumed = before.assumed;
        this.left = left;
        this.conditions.addAll(before.conditions);
        this.covered = before.covered;
    }

    /** Turns each into what the further conditions look at, which costs more than the conditions so far. */
    public <U> Candidates<U> as(Function<? super T, U> more, Function<? super U, AppEvent> actOf) {
        return new Candidates<>(this, left.stream().<U>map(more).toList(), actOf);
    }

    /** Says for which span of anchor times the candidates are complete, where that is not all of time. */
    public Candidates<T> covering(Interval span) {
        covered = span;
        return this;
    }

    /** Lets those stay whose answer is yes or unknown. */
    public Candidates<T> where(String asked, Function<? super T, Answer> answer) {
        left = ask(asked, assumed.contains(asked) ? any -> Answer.yes(ASSUMED) : answer).stream()
                .filter(one -> one.answer().keeps())
                .map(Asked::candidate)
                .toList();
        return this;
    }

    /** Asks and tells, and lets all stay: what only severity or words hang on. */
    public Candidates<T> note(String asked, Function<? super T, Answer> answer) {
        ask(asked, answer);
        return this;
    }

    /** Adds facts that the last condition's answer hangs on although no candidate shows them. */
    public Candidates<T> shownBy(Collection<AppEvent> facts) {
        Condition last = conditions.remove(conditions.size() - 1);
        conditions.add(new Condition(
                last.name(),
                last.state(),
                last.because(),
                facts(Stream.concat(last.facts().stream(), facts.stream()))));
        return this;
    }

    /**
     * Lets a group stay that only all together decide, for example those within one window.
     *
     * @param staying the group; none when the condition is not met
     * @param because why, of the group
     * @param otherwise why not, when the group is empty
     */
    public Candidates<T> among(
            String asked, Function<List<T>, List<T>> staying, Function<List<T>, String> because, String otherwise) {
        return assumed.contains(asked)
                ? where(asked, any -> Answer.yes(ASSUMED))
                : bounded(asked, staying, because, otherwise);
    }

    /** The same where a bound on the work decides and no fact: it cannot be taken for met. */
    public Candidates<T> bounded(
            String asked, Function<List<T>, List<T>> staying, Function<List<T>, String> because, String otherwise) {
        if (left.isEmpty()) {
            conditions.add(Condition.nothingLeft(asked));
            return this;
        }
        List<T> group = staying.apply(left);
        conditions.add(
                group.isEmpty()
                        ? Condition.notMet(
                                asked, sentence(otherwise), facts(left.stream().map(act)))
                        : Condition.met(
                                asked,
                                sentence(because.apply(group)),
                                facts(group.stream().map(act))));
        left = group;
        return this;
    }

    /** Those who have stayed so far. */
    public List<T> left() {
        return left;
    }

    /** One finding of all that are left; none when none are. */
    public Evaluation findOne(Function<List<T>, Finding> finding) {
        return new Evaluation(left.isEmpty() ? List.of() : List.of(finding.apply(left)), conditions, covered);
    }

    /**
     * One finding of each group that is left.
     *
     * @param anchor what the findings hang on: candidates with one anchor are one group
     * @param finding makes the finding of a group, which keeps the order of the candidates
     */
    public Evaluation findEach(Function<? super T, ?> anchor, Function<List<T>, Finding> finding) {
        Map<Object, List<T>> groups =
                left.stream().collect(Collectors.groupingBy(anchor, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = groups.values().stream()
                .map(finding)
                .sorted(Comparator.comparing(Finding::anchorTime).thenComparing(one -> String.join("\n", one.anchor())))
                .toList();
        return new Evaluation(findings, conditions, covered);
    }

    private List<Asked<T>> ask(String asked, Function<? super T, Answer> answer) {
        List<Asked<T>> answers =
                left.stream().map(one -> new Asked<T>(one, answer.apply(one))).toList();
        conditions.add(answers.isEmpty() ? Condition.nothingLeft(asked) : condition(asked, answers));
        return answers;
    }

    private Condition condition(String asked, List<Asked<T>> answers) {
        Condition.State state = answers.stream()
                .map(one -> one.answer().state())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<Asked<T>> deciding =
                answers.stream().filter(one -> one.answer().state() == state).toList();
        return new Condition(
                asked,
                state,
                joined(deciding.stream().map(one -> one.answer().because())),
                facts(deciding.stream()
                        .flatMap(one ->
                                Stream.concat(Stream.of(act.apply(one.candidate())), one.answer().facts().stream()))));
    }

    private static List<AppEvent> facts(Stream<AppEvent> facts) {
        return Facts.evidence(facts.toList());
    }

    private static String joined(Stream<String> reasons) {
        List<String> distinct = reasons.distinct().toList();
        String told = distinct.stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
        return sentence(
                distinct.size() > MOST_REASONS ? told + "; and " + (distinct.size() - MOST_REASONS) + " more" : told);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
