package io.rolecall.detection.rule;

import static io.rolecall.detection.LineFacts.days;
import static io.rolecall.detection.LineFacts.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.acts.ActIds;
import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Finding;
import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.detection.Participant;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.AppLists;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no scenario of the detections of consents can say. */
class ConsentDetectionsTest {

    private static final String ADDED = "+0d, by: admin, do: create-service-principal";
    private static final String LASTING = ", do: consent, scopes: [ offline_access, Mail.Read ], logged: [ consent ]";

    @Test
    void the_finding_hangs_on_the_user_and_on_the_act_that_completes_it() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                ADDED,
                "+1d, by: ann, do: consent, scopes: [ offline_access, User.Read ], logged: [ consent ]",
                "+3d, by: ann, do: consent, scopes: Mail.Read, was: [], logged: [ consent ]");

        // When
        Evaluation evaluation = Evaluations.of("illicit-consent").on(facts);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anchor()).containsExactly(ActIds.person("ann").id());
            assertThat(finding.anchorTime()).isEqualTo(days(3));
        });
    }

    @Test
    void who_was_assigned_is_counted_apart_from_who_was_asked() {
        // Given
        List<AppEvent> assigned = LineFacts.of(
                "+1d, by: admin, do: assign-app-role-to-user, user: ann",
                "+1d1m, by: admin, do: assign-app-role-to-user, user: bob@contoso.com",
                "+1d2m, by: admin, do: assign-app-role-to-user, user: cid@contoso.com");
        List<AppEvent> mixed = LineFacts.of(
                ADDED,
                "+0d, by: ann" + LASTING,
                "+3d, by: mallory" + LASTING,
                "+1d, by: admin, do: assign-app-role-to-user, user: cid@contoso.com, role: Member");

        // When
        List<String> explanations = Stream.of(assigned, mixed)
                .map(Evaluations.of("application-consent")::on)
                .map(evaluation -> evaluation.findings().get(0).explanation())
                .toList();

        // Then
        assertThat(explanations.get(0)).startsWith("3 users were assigned for single sign-on");
        assertThat(explanations.get(1))
                .contains("2 users were asked for consent", "1 user was assigned for single sign-on");
    }

    @Test
    void a_consent_for_the_whole_tenant_is_counted_apart_from_those_of_users() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                ADDED,
                "+1d, by: ann, do: consent, scopes: User.Read, logged: [ consent ]",
                "+1d1m, by: mallory, do: consent, scopes: User.Read, logged: [ consent ]",
                "+1d2m, by: admin, do: consent, scopes: User.Read, for: everybody, logged: [ consent, assignment ]");

        // When
        Evaluation counted = Evaluations.of("application-consent").on(facts);

        // Then
        assertThat(counted.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.explanation())
                    .startsWith("2 users were asked for consent in 2 acts, 1 consent for the whole tenant");
            assertThat(finding.decidedByCount()).isEqualTo(3);
        });
    }

    @Test
    void without_a_baseline_it_says_so() {
        // When
        Evaluation noBaseline = Evaluations.of("illicit-consent").on(one("+0d, by: ann" + LASTING));

        // Then
        assertThat(noBaseline.findings()).isEmpty();
        assertThat(noBaseline.conditions())
                .anyMatch(condition -> condition.because().startsWith("No baseline"));
    }

    @Test
    void a_grant_for_one_user_by_an_administrator_names_who_gave_it() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                ADDED, "+2d, by: mallory, do: add-delegated-grant, scopes: [ Mail.Read, offline_access ], for: ann");

        // When
        Evaluation illicit = Evaluations.of("illicit-consent").on(facts);

        // Then
        assertThat(illicit.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anchor()).containsExactly(ActIds.person("ann").id());
            assertThat(finding.riskReasons()).anyMatch(reason -> reason.text().contains("granted by another"));
            assertThat(finding.participants()).extracting(Participant::role).containsExactly("granted");
        });
    }

    @Test
    void a_removed_grant_that_names_nobody_contains_nothing_when_an_older_user_may_be_meant() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                "+0d, by: admin" + LASTING,
                "+100d, by: admin, do: create-service-principal",
                "+102d, by: ann" + LASTING,
                "+104d, by: admin, do: remove-delegated-grant, for: ann, unnamed: true");

        // When
        Evaluation evaluation = Evaluations.of("illicit-consent").on(new MemoryHistory(facts, days(70)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(false);
    }

    @Test
    void an_administration_tool_of_microsoft_is_told_by_its_app_id() {
        // When
        boolean tool = AppLists.isAdministrationTool("14d82eec-204b-4c2f-b7e8-296a70dab67e");

        // Then
        assertThat(tool).isTrue();
        assertThat(AppLists.isAdministrationTool(LineFacts.APP.appId())).isFalse();
    }

    @Test
    void very_many_consenting_users_stay_cheap_and_raise_a_bounded_number_of_findings() {
        // Given
        String[] lines = Stream.concat(
                        Stream.of(ADDED),
                        IntStream.range(0, 2000)
                                .mapToObj(user -> "+" + user + "m, by: user" + user + "@contoso.com" + LASTING))
                .toArray(String[]::new);
        MemoryHistory history = new MemoryHistory(LineFacts.of(lines));

        // When
        List<Evaluation> evaluations = Catalogue.shipped().of(SubjectKind.APPLICATION).stream()
                .map(detection -> Evaluations.of(detection.id())
                        .focusedOn(LineFacts.START.plus(Duration.ofHours(25)))
                        .on(history))
                .toList();

        // Then
        assertThat(history.userDaysRead()).isLessThan(2 * SubjectHistory.MOST_FACTS); // by all of them together
        assertThat(evaluations).flatExtracting(Evaluation::findings).hasSizeBetween(100, 103);
        assertThat(evaluations)
                .flatExtracting(Evaluation::findings)
                .allSatisfy(finding -> assertThat(finding.decidedBy()).hasSizeLessThanOrEqualTo(Finding.MOST_EVIDENCE));
    }
}
