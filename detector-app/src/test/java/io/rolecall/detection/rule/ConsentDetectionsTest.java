package io.rolecall.detection.rule;

import static io.rolecall.detection.Events.OUTSIDE;
import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.after;
import static io.rolecall.detection.Events.assignment;
import static io.rolecall.detection.Events.consent;
import static io.rolecall.detection.Events.consentForAll;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.grantFor;
import static io.rolecall.detection.Events.id;
import static io.rolecall.detection.Events.ofClick;
import static io.rolecall.detection.Events.plain;
import static io.rolecall.detection.Events.refused;
import static io.rolecall.detection.Events.removal;
import static io.rolecall.detection.Events.selfAssignment;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Events;
import io.rolecall.detection.Finding;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.detection.Participant;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.AppLists;
import io.rolecall.event.Operations;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.Consent;
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
        List<Evaluation> evaluations = Catalogue.shipped().all().stream()
                .map(detection -> Evaluations.of(detection.id())
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

    @Test
    void what_an_administrators_consent_for_all_gives_the_administrator_is_no_users_consent() {
        // Given
        List<AppEvent> facts =
                new ArrayList<>(consentForAll("admin", days(1).plusSeconds(60), "Mail.Read", "offline_access"));
        facts.addAll(List.of(ADDED, consent("ann", days(1), "User.Read"), consent("bob", days(1), "User.Read")));

        // When
        Evaluation burst = Evaluations.of("consent-burst").on(facts);
        Evaluation illicit = Evaluations.of("illicit-consent").on(facts);
        Evaluation counted = Evaluations.of("application-consent").on(facts);

        // Then
        assertThat(burst.findings()).isEmpty();
        assertThat(illicit.findings()).isEmpty();
        assertThat(counted.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.explanation())
                    .startsWith("2 users were asked for consent in 2 acts, 1 consent for the whole tenant");
            assertThat(finding.decidedByCount()).isEqualTo(3);
        });
    }

    @Test
    void a_grant_for_all_alone_tells_that_the_click_was_for_the_whole_tenant() {
        // Given
        AppEvent access = selfAssignment(consent("admin", days(1), "User.Read"));
        AppEvent grant = AppEvent.newBuilder(Events.forAll("User.Read", days(1), user("admin", OUTSIDE)))
                .setCorrelationId(access.getCorrelationId().orElseThrow())
                .build();

        // When
        Evaluation counted = Evaluations.of("application-consent").on(access, grant);

        // Then
        assertThat(counted.findings()).isEmpty();
    }

    @Test
    void a_repeated_consent_that_adds_nothing_is_none() {
        // Given
        AppEvent known = plain(Operations.UPDATE_SERVICE_PRINCIPAL, days(-30));
        AppEvent again = lasting("ann", Duration.ZERO);
        AppEvent stated = AppEvent.newBuilder(again)
                .setDetails(Consent.newBuilder((Consent) again.getDetails().orElseThrow())
                        .setBefore(List.of("mail.read", "offline_access"))
                        .build())
                .build();
        AppEvent grant = ofClick(again, "offline_access", "Mail.Read");
        AppEvent nothing = AppEvent.newBuilder(grant)
                .setDetails(DelegatedGrant.newBuilder(
                                (DelegatedGrant) grant.getDetails().orElseThrow())
                        .setAdded(List.of())
                        .build())
                .build();

        // When
        Evaluation first = Evaluations.of("illicit-consent").on(known, again, grant);
        Evaluation repeated = Evaluations.of("illicit-consent").on(known, stated, nothing);

        // Then
        assertThat(first.findings()).hasSize(1);
        assertThat(repeated.findings()).isEmpty();
    }

    @Test
    void offline_access_of_an_earlier_click_counts_unless_it_was_taken_back() {
        // Given
        AppEvent earlier = consent("ann", days(1), "offline_access", "User.Read");
        AppEvent later = consent("ann", days(3), "Mail.Read");
        AppEvent taken = removal("ann", days(2), "offline_access");
        AppEvent takenFromWhom = removal("", days(2), "offline_access");

        // When
        Evaluation lasting = Evaluations.of("illicit-consent").on(ADDED, earlier, later);
        Evaluation takenBack = Evaluations.of("illicit-consent").on(ADDED, earlier, taken, later);
        Evaluation takenFromTheOnlyUser = Evaluations.of("illicit-consent").on(ADDED, earlier, takenFromWhom, later);
        Evaluation takenFromOneOfTwo = Evaluations.of("illicit-consent")
                .on(ADDED, earlier, consent("bob", days(1), "offline_access"), takenFromWhom, later);
        Evaluation ofAnother =
                Evaluations.of("illicit-consent").on(ADDED, consent("bob", days(1), "offline_access"), later);

        // Then
        assertThat(lasting.findings()).extracting(Finding::anchorTime).containsExactly(days(3));
        assertThat(takenBack.findings()).isEmpty();
        assertThat(takenFromTheOnlyUser.findings()).isEmpty();
        assertThat(takenFromOneOfTwo.findings()).extracting(Finding::anchorTime).containsExactly(days(3));
        assertThat(ofAnother.findings()).isEmpty();
    }

    @Test
    void a_grant_for_one_user_by_an_administrator_counts_as_that_users_consent() {
        // Given
        AppEvent grant = grantFor("ann", days(2), user("mallory", OUTSIDE), "Mail.Read", "offline_access");

        // When
        Evaluation illicit = Evaluations.of("illicit-consent").on(ADDED, grant);
        Evaluation burst = Evaluations.of("consent-burst")
                .on(
                        ADDED,
                        grant,
                        grantFor("bob", days(2).plusSeconds(1), user("mallory", OUTSIDE), "Mail.Read"),
                        grantFor("cid", days(2).plusSeconds(2), user("mallory", OUTSIDE), "Mail.Read"));

        // Then
        assertThat(illicit.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anchor()).containsExactly(id("user ann"));
            assertThat(finding.riskReasons()).anyMatch(reason -> reason.contains("granted by another"));
            assertThat(finding.participants()).extracting(Participant::role).containsExactly("granted");
        });
        assertThat(burst.findings()).isEmpty();
    }

    @Test
    void a_removed_grant_that_names_nobody_contains_where_only_one_user_had_consented() {
        // Given
        AppEvent consent = lasting("ann", Duration.ofDays(2));
        AppEvent removed = removal("", days(4), "Mail.Read", "offline_access");

        // When
        Evaluation only = Evaluations.of("illicit-consent").on(ADDED, consent, removed);
        Evaluation twoBefore =
                Evaluations.of("illicit-consent").on(ADDED, consent, lasting("bob", Duration.ofDays(3)), removed);
        Evaluation anotherAfter =
                Evaluations.of("illicit-consent").on(ADDED, consent, removed, lasting("bob", Duration.ofDays(5)));
        Evaluation named = Evaluations.of("illicit-consent")
                .on(ADDED, consent, lasting("bob", Duration.ofDays(3)), removal("ann", days(4), "mail.read"));

        // Then
        assertThat(only.findings()).extracting(Finding::contained).containsExactly(true);
        assertThat(twoBefore.findings()).extracting(Finding::contained).containsExactly(false, false);
        assertThat(anotherAfter.findings()).extracting(Finding::contained).containsExactly(true, false);
        assertThat(named.findings()).extracting(Finding::contained).containsExactly(true, false);
    }

    @Test
    void a_removed_grant_that_names_nobody_contains_nothing_when_an_older_user_may_be_meant() {
        // Given
        AppEvent older = lasting("bob", Duration.ofDays(-100));
        AppEvent consent = lasting("ann", Duration.ofDays(2));
        AppEvent removed = removal("", days(4), "Mail.Read", "offline_access");

        // When
        Evaluation evaluation = Evaluations.of("illicit-consent")
                .on(new MemoryHistory(List.of(ADDED, older, consent, removed), days(-30)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(false);
    }

    @Test
    void the_scopes_of_another_api_do_not_contain() {
        // Given
        AppEvent removed = removal("ann", days(4), "Mail.Read");
        DelegatedGrant details = (DelegatedGrant) removed.getDetails().orElseThrow();
        AppEvent elsewhere = AppEvent.newBuilder(removed)
                .setDetails(DelegatedGrant.newBuilder(details)
                        .setResourceName("Office 365 Exchange Online")
                        .build())
                .build();

        // When
        Evaluation evaluation =
                Evaluations.of("illicit-consent").on(ADDED, lasting("ann", Duration.ofDays(2)), elsewhere);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(false);
    }

    @Test
    void scopes_count_in_whatever_case_the_log_writes_them() {
        // When
        Evaluation evaluation =
                Evaluations.of("illicit-consent").on(ADDED, consent("ann", days(2), "OFFLINE_ACCESS", "mail.read"));

        // Then
        assertThat(evaluation.findings()).hasSize(1);
    }

    @Test
    void exactly_the_window_is_included_and_technical_failures_count_as_asked() {
        // Given
        List<AppEvent> facts = List.of(
                lasting("ann", Duration.ZERO),
                refused(lasting("bob", Duration.ofHours(5)), "RestConcurrencyException"),
                lasting("cid", Duration.ofHours(24)));

        // When
        Evaluation evaluation = Evaluations.of("consent-burst").on(facts);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.title())
                .doesNotContain("blocked"));
    }

    @Test
    void blocked_consents_are_named_in_the_titles() {
        // Given
        String reason = "Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException";
        AppEvent ann = refused(lasting("ann", Duration.ZERO), reason);
        AppEvent bob = refused(lasting("bob", Duration.ofHours(1)), reason);
        AppEvent cid = lasting("cid", Duration.ofHours(2));

        // When
        List<String> titles = Stream.of(
                        Evaluations.of("consent-burst").on(ann, bob, refused(cid, reason)),
                        Evaluations.of("consent-burst").on(ann, bob, cid),
                        Evaluations.of("application-consent").on(ann),
                        Evaluations.of("application-consent").on(ann, cid),
                        Evaluations.of("application-consent").on(cid))
                .map(evaluation -> evaluation.findings().get(0).title())
                .toList();

        // Then
        assertThat(titles)
                .containsExactly(
                        "Several users were asked for consent within 24 hours, all blocked",
                        "Several users were asked for consent within 24 hours, some blocked",
                        "Consent to an application, blocked",
                        "Consent to an application, blocked and granted",
                        "Consent to an application");
    }

    @Test
    void a_grant_that_is_replaced_in_one_click_is_not_removed() {
        // Given
        AppEvent consent = lasting("ann", Duration.ofDays(2));
        AppEvent replaced = AppEvent.newBuilder(removal("ann", days(2), "Mail.Read", "offline_access"))
                .setCorrelationId(consent.getCorrelationId().orElseThrow())
                .build();

        // When
        Evaluation evaluation = Evaluations.of("illicit-consent").on(ADDED, consent, replaced);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(false);
    }
}
