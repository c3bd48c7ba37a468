package io.rolecall.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final AppEvent ACT = LineFacts.one("+0d, by: admin, do: add-owner, owner: ann");

    private static Candidates<Integer> numbers(Integer... numbers) {
        return new Candidates<>(
                "There is a number", List.of(numbers), number -> ACT, Object::toString, "There is none", Set.of());
    }

    private static Finding finding(List<Integer> numbers) {
        return new Finding(
                List.of(numbers.toString()),
                ACT.getEventTime(),
                Severity.LOW,
                Confidence.HIGH,
                "Numbers",
                "Numbers.",
                List.of(ACT),
                1,
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    @Test
    void a_condition_keeps_those_that_meet_it_and_those_of_which_it_is_unknown() {
        // When
        Evaluation evaluation = numbers(1, 2, 3, 4)
                .where(
                        "It is even, or cannot be told",
                        number -> number == 3
                                ? Answer.unknown("3 is odd to some")
                                : Answer.of(number % 2 == 0, number + " was looked at"))
                .findOne(CandidatesTest::finding);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::anchor).containsExactly(List.of("[2, 3, 4]"));
        assertThat(evaluation.conditions())
                .extracting(Condition::state, Condition::because)
                .containsExactly(
                        tuple(Condition.State.MET, "1; 2; 3; 4."),
                        tuple(Condition.State.MET, "2 was looked at; 4 was looked at."));
    }

    @Test
    void what_cannot_be_told_for_want_of_a_list_is_unknown_and_left_out() {
        // When
        Evaluation evaluation = numbers(1)
                .where("It is on the list", number -> Answer.cannotTell("there is no list"))
                .findOne(CandidatesTest::finding);

        // Then
        assertThat(evaluation.findings()).isEmpty();
        assertThat(evaluation.conditions()).last().extracting(Condition::state).isEqualTo(Condition.State.UNKNOWN);
    }

    @Test
    void a_note_is_told_and_keeps_all() {
        // When
        Evaluation evaluation = numbers(1, 2)
                .note("It is large", number -> Answer.no(number + " is small"))
                .findOne(CandidatesTest::finding);

        // Then
        assertThat(evaluation.findings()).hasSize(1);
        assertThat(evaluation.conditions())
                .last()
                .extracting(Condition::state, Condition::because)
                .containsExactly(Condition.State.NOT_MET, "1 is small; 2 is small.");
    }

    @Test
    void a_condition_that_nobody_reaches_says_that_nothing_was_left() {
        // When
        Evaluation evaluation = numbers(1)
                .where("It is large", number -> Answer.no("1 is small"))
                .where("It is round", number -> Answer.yes("it is round"))
                .findEach(number -> number, CandidatesTest::finding);

        // Then
        assertThat(evaluation.findings()).isEmpty();
        assertThat(evaluation.conditions())
                .extracting(Condition::state)
                .containsExactly(Condition.State.MET, Condition.State.NOT_MET, Condition.State.NOTHING_LEFT);
    }

    @Test
    void there_is_one_finding_of_each_anchor() {
        // When
        Evaluation evaluation = numbers(1, 2, 3, 4).findEach(number -> number % 2, CandidatesTest::finding);

        // Then
        assertThat(evaluation.findings())
                .extracting(Finding::anchor)
                .containsExactly(List.of("[1, 3]"), List.of("[2, 4]"));
    }
}
