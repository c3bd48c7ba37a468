package io.rolecall.detection;

import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.after;
import static io.rolecall.detection.Events.assignment;
import static io.rolecall.detection.Events.consent;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.id;
import static io.rolecall.detection.Events.ofClick;
import static io.rolecall.detection.Events.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsentDetectionsTest {

    private static final AppEvent ADDED = plain(Operations.ADD_SERVICE_PRINCIPAL, START);

    private static AppEvent lasting(String user, Duration after) {
        return consent(user, after(after), "offline_access", "Mail.Read");
    }

    @Test
    void a_lasting_consent_to_mail_for_a_young_application_is_high_and_hangs_on_the_user() {
        // When
        Evaluation evaluation = Evaluations.of("illicit-consent").on(ADDED, lasting("ann", Duration.ofDays(2)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
        assertThat(evaluation.findings().get(0).anchor()).containsExactly(id("user ann"));
    }

    @Test
    void the_scopes_of_one_click_are_united_over_its_events() {
        // Given
        AppEvent consent = consent("ann", days(2), "Mail.Read");

        // When
        Evaluation united = Evaluations.of("illicit-consent").on(ADDED, consent, ofClick(consent, "offline_access"));
        Evaluation otherClick = Evaluations.of("illicit-consent")
                .on(ADDED, consent, ofClick(consent("ann", days(3), "User.Read"), "offline_access"));

        // Then
        assertThat(united.findings()).hasSize(1);
        assertThat(otherClick.findings()).isEmpty();
    }

    @Test
    void a_mail_scope_of_an_api_that_is_not_microsofts_is_harmless() {
        // Given
        AppEvent consent = consent("ann", days(2), "offline_access", "Mail.Read");
        AppEvent click = ofClick(consent, "offline_access", "Mail.Read");
        DelegatedGrant details = (DelegatedGrant) click.getDetails().orElseThrow();
        AppEvent foreign = AppEvent.newBuilder(click)
                .setDetails(DelegatedGrant.newBuilder(details)
                        .setResourceName("Contoso Mail")
                        .build())
                .build();

        // When
        Evaluation graph = Evaluations.of("illicit-consent").on(ADDED, consent, click);
        Evaluation other = Evaluations.of("illicit-consent").on(ADDED, consent, foreign);

        // Then
        assertThat(graph.findings()).hasSize(1);
        assertThat(other.findings()).isEmpty();
    }

    @Test
    void an_administrator_who_gives_users_default_access_asks_nobody_for_consent() {
        // Given
        List<AppEvent> assigned = Stream.of("ann", "bob", "cid")
                .map(name -> Events.assignment(name, days(1)))
                .map(event -> AppEvent.newBuilder(event)
                        .setDetails(AppRoleToUser.newBuilder(
                                        (AppRoleToUser) event.getDetails().orElseThrow())
                                .clearRoleId()
                                .build())
                        .build())
                .toList();

        // When
        Evaluation burst = Evaluations.of("consent-burst").on(assigned);
        Evaluation counted = Evaluations.of("application-consent").on(assigned);

        // Then
        assertThat(burst.findings()).isEmpty();
        assertThat(counted.findings().get(0).explanation()).startsWith("3 users were assigned for single sign-on");
    }

    @Test
    void a_rare_application_with_a_baseline_counts_too_until_more_users_know_it() {
        // Given
        AppEvent known = plain(Operations.UPDATE_SERVICE_PRINCIPAL, days(-30));
        List<AppEvent> facts = new ArrayList<>(List.of(known));
        for (int day = 0; day < 6; day++) {
            facts.add(lasting("user" + day, Duration.ofDays(day)));
        }

        // When
        Evaluation evaluation = Evaluations.of("illicit-consent").on(facts);
        Evaluation noBaseline = Evaluations.of("illicit-consent").on(lasting("ann", Duration.ZERO));

        // Then
        assertThat(evaluation.findings())
                .extracting(finding -> finding.anchor().get(0))
                .containsExactly(id("user user0"), id("user user1"), id("user user2"), id("user user3"));
        assertThat(noBaseline.findings()).isEmpty();
        assertThat(noBaseline.conditions())
                .anyMatch(condition -> condition.because().startsWith("No baseline"));
    }

    @Test
    void harmless_consents_are_silent() {
        // Given
        List<List<AppEvent>> benign = List.of(
                List.of(ADDED, consent("ann", days(2), "offline_access", "Mail.ReadBasic")),
                List.of(ADDED, consent("ann", days(2), "offline_access", "User.Read")),
                List.of(ADDED, consent("ann", days(2), "Mail.Read")),
                List.of(ADDED, failed(lasting("ann", Duration.ofDays(2)))),
                List.of(ADDED, assignment("ann", days(2))));

        // When
        List<Evaluation> evaluations =
                benign.stream().map(Evaluations.of("illicit-consent")::on).toList();

        // Then
        assertThat(evaluations)
                .allSatisfy(evaluation -> assertThat(evaluation.findings()).isEmpty());
    }

    @Test
    void three_users_asked_within_a_day_are_a_burst_granted_or_refused() {
        // Given
        List<AppEvent> wave = List.of(
                lasting("ann", Duration.ZERO),
                failed(lasting("bob", Duration.ofHours(5))),
                lasting("cid", Duration.ofHours(23)));
        List<AppEvent> slow = List.of(
                lasting("ann", Duration.ZERO),
                lasting("bob", Duration.ofHours(5)),
                lasting("bob", Duration.ofHours(6)),
                lasting("cid", Duration.ofHours(25)));

        // When
        Evaluation burst = Evaluations.of("consent-burst").on(wave);
        Evaluation none = Evaluations.of("consent-burst").on(slow);
        Evaluation wider = Evaluations.of("consent-burst")
                .with("window", Duration.ofDays(2))
                .on(slow);

        // Then
        assertThat(burst.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
        assertThat(none.findings()).isEmpty();
        assertThat(wider.findings()).hasSize(1);
    }

    @Test
    void an_administration_tool_of_microsoft_is_told_by_its_app_id() {
        // When
        boolean tool = AppLists.isAdministrationTool("14d82eec-204b-4c2f-b7e8-296a70dab67e");

        // Then
        assertThat(tool).isTrue();
        assertThat(AppLists.isAdministrationTool(Events.APP)).isFalse();
    }

    @Test
    void consents_and_assignments_are_one_informational_finding_counted_apart() {
        // When
        Evaluation evaluation = Evaluations.of("application-consent")
                .on(
                        ADDED,
                        lasting("ann", Duration.ZERO),
                        lasting("bob", Duration.ofDays(3)),
                        assignment("cid", days(1)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.INFORMATIONAL);
        assertThat(evaluation.findings().get(0).explanation())
                .contains("2 users were asked for consent", "1 user was assigned for single sign-on");
        assertThat(evaluation.findings().get(0).decidedByCount()).isEqualTo(3);
    }

    @Test
    void very_many_consenting_users_stay_cheap_and_raise_a_bounded_number_of_findings() {
        // Given
        List<AppEvent> facts = new ArrayList<>(List.of(ADDED));
        IntStream.range(0, 2000).forEach(user -> facts.add(lasting("user" + user, Duration.ofMinutes(user))));
        MemoryHistory history = new MemoryHistory(facts);

        // When
        List<Evaluation> evaluations = Catalogue.all().stream()
                .map(detection -> Evaluations.of(detection.card().id())
                        .focusedOn(after(Duration.ofHours(25)))
                        .on(history))
                .toList();

        // Then
        assertThat(history.userDaysRead()).isLessThan(SubjectHistory.MOST_FACTS);
        assertThat(evaluations).flatExtracting(Evaluation::findings).hasSizeBetween(100, 103);
        assertThat(evaluations)
                .flatExtracting(Evaluation::findings)
                .allSatisfy(finding -> assertThat(finding.decidedBy()).hasSizeLessThanOrEqualTo(Finding.MOST_EVIDENCE));
    }
}
