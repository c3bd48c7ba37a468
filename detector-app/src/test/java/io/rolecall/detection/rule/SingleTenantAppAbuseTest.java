package io.rolecall.detection.rule;

import static io.rolecall.detection.Events.FRONT_END;
import static io.rolecall.detection.Events.OFFICE;
import static io.rolecall.detection.Events.OUTSIDE;
import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.application;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.enabled;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.flip;
import static io.rolecall.detection.Events.forAll;
import static io.rolecall.detection.Events.grant;
import static io.rolecall.detection.Events.id;
import static io.rolecall.detection.Events.plain;
import static io.rolecall.detection.Events.registration;
import static io.rolecall.detection.Events.role;
import static io.rolecall.detection.Events.sighting;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Events;
import io.rolecall.detection.Finding;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Resources;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleTenantAppAbuseTest {

    private static final AppEvent REGISTERED = registration(START, "single", user("mallory", OFFICE));
    private static final AppEvent GRANTED = grant("Mail.ReadWrite", days(9), user("mallory", OUTSIDE));

    private static Evaluations detection() {
        return Evaluations.of("single-tenant-app-abuse");
    }

    @Test
    void a_grant_from_outside_days_after_the_registration_is_critical() {
        // When
        Evaluation evaluation = detection().on(REGISTERED, GRANTED);

        // Then
        Finding finding = evaluation.findings().get(0);
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.confidence()).isEqualTo(Confidence.HIGH);
        assertThat(finding.anchor()).isEmpty();
        assertThat(finding.permissions()).extracting(Permission::value).containsExactly("Mail.ReadWrite");
        assertThat(finding.decidedBy()).containsExactly(REGISTERED, GRANTED);
        assertThat(evaluation.conditions()).extracting(Condition::state).containsOnly(Condition.State.MET);
    }

    @Test
    void a_grant_from_the_office_is_silent_but_evidence_once_another_comes_from_outside() {
        // Given
        AppEvent inside = grant("Mail.Read", days(1), user("mallory", OFFICE));

        // When
        Evaluation alone = detection().on(REGISTERED, inside);
        Evaluation together = detection().on(REGISTERED, inside, GRANTED);

        // Then
        assertThat(alone.findings()).isEmpty();
        assertThat(together.findings().get(0).decidedBy()).containsExactly(REGISTERED, inside, GRANTED);
        assertThat(together.findings().get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void the_policy_can_drop_the_address_filter() {
        // When
        Evaluation evaluation = detection()
                .with("require-external-ip", false)
                .on(REGISTERED, grant("Mail.Read", days(1), user("mallory", OFFICE)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.MEDIUM);
    }

    @Test
    void an_unknown_address_never_counts_as_the_organisations() {
        // When
        Evaluation none = detection().on(REGISTERED, grant("Mail.Read", days(1), user("mallory", "")));
        Evaluation frontEnd = detection().on(REGISTERED, grant("Mail.Read", days(1), user("mallory", FRONT_END)));
        Evaluation noNetworks = detection().withoutNetworks().on(REGISTERED, GRANTED);

        // Then
        assertThat(List.of(none, frontEnd, noNetworks)).allSatisfy(evaluation -> {
            assertThat(evaluation.findings().get(0).severity()).isEqualTo(Severity.HIGH);
            assertThat(evaluation.findings().get(0).confidence()).isEqualTo(Confidence.LOW);
        });
        assertThat(frontEnd.findings().get(0).explanation()).contains("front-end of Entra ID");
    }

    @Test
    void a_missing_address_is_resolved_from_the_actors_sign_ins_and_one_from_outside_decides() {
        // Given
        AppEvent bare = grant("Mail.Read", days(1), user("mallory", ""));
        AppEvent office = sighting(user("mallory", ""), OFFICE, days(1).minusSeconds(60));
        AppEvent outside = sighting(user("mallory", ""), OUTSIDE, days(1).plusSeconds(600));

        // When
        Evaluation external = detection().on(REGISTERED, bare, office, outside);
        Evaluation tooFar =
                detection().on(REGISTERED, bare, sighting(user("mallory", ""), OUTSIDE, days(1).plusSeconds(4000)));

        // Then
        assertThat(external.findings().get(0).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(external.findings().get(0).confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(tooFar.findings().get(0).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void outside_the_window_it_is_one_severity_lower_with_the_age_among_the_reasons() {
        // When
        Evaluation late = detection().on(REGISTERED, grant("Mail.Read", days(31), user("mallory", OUTSIDE)));
        Evaluation longWindow = detection()
                .with("window", Duration.ofDays(45))
                .on(REGISTERED, grant("Mail.Read", days(31), user("mallory", OUTSIDE)));

        // Then
        assertThat(late.findings().get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(late.findings().get(0).riskReasons()).anyMatch(reason -> reason.contains("31 days old"));
        assertThat(longWindow.findings().get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void near_misses_are_silent() {
        // Given
        List<List<AppEvent>> benign = List.of(
                List.of(REGISTERED),
                List.of(GRANTED),
                List.of(failed(REGISTERED), GRANTED),
                List.of(REGISTERED, failed(GRANTED)),
                List.of(REGISTERED, grant("Mail.ReadBasic", days(1), user("mallory", OUTSIDE))),
                List.of(
                        REGISTERED,
                        Events.roleOf(
                                Operations.ADD_APP_ROLE,
                                Resources.EXCHANGE_ONLINE,
                                "Mail.Read",
                                days(1),
                                user("mallory", OUTSIDE))),
                List.of(REGISTERED, forAll("Files.ReadWrite", days(1), user("mallory", OUTSIDE))),
                List.of(REGISTERED, grant("Mail.Read", days(-1), user("mallory", OUTSIDE))),
                List.of(registration(START, "multi", user("mallory", OFFICE)), GRANTED),
                List.of(registration(START, "", user("mallory", OFFICE)), GRANTED));

        // When
        List<Evaluation> evaluations = benign.stream().map(detection()::on).toList();

        // Then
        assertThat(evaluations).allSatisfy(evaluation -> {
            assertThat(evaluation.findings()).isEmpty();
            assertThat(evaluation.conditions()).anyMatch(condition -> condition.state() != Condition.State.MET);
        });
    }

    @Test
    void a_copy_with_whole_seconds_may_seem_to_precede_the_registration() {
        // When
        Evaluation evaluation =
                detection().on(REGISTERED, grant("Mail.Read", START.minusMillis(123), user("mallory", OUTSIDE)));

        // Then
        assertThat(evaluation.findings()).hasSize(1);
    }

    @Test
    void any_tenancy_lets_applications_from_elsewhere_in() {
        // When
        Evaluation evaluation =
                detection().with("tenancy", "any").on(plain(Operations.ADD_SERVICE_PRINCIPAL, START), GRANTED);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.CRITICAL);
    }

    @Test
    void listed_scopes_for_all_principals_count_when_the_policy_asks_for_them() {
        // When
        Evaluation evaluation = detection()
                .with("permission-types", List.of("application", "delegated"))
                .on(REGISTERED, forAll("Files.ReadWrite", days(1), user("mallory", OUTSIDE)));

        // Then
        assertThat(evaluation.findings().get(0).permissions())
                .containsExactly(
                        new Permission(Resources.MICROSOFT_GRAPH, "Files.ReadWrite", Permission.Type.DELEGATED));
    }

    @Test
    void it_is_contained_once_undone_and_open_again_once_restored() {
        // Given
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, "Mail.ReadWrite", days(10), user("admin", OFFICE));
        AppEvent deleted = plain(Operations.DELETE_APPLICATION, days(10));

        // When
        List<Boolean> contained = List.of(
                        List.of(REGISTERED, GRANTED, removed),
                        List.of(REGISTERED, GRANTED, deleted),
                        List.of(REGISTERED, GRANTED, enabled(false, days(10))),
                        List.of(REGISTERED, GRANTED, deleted, plain(Operations.RESTORE_APPLICATION, days(11))),
                        List.of(REGISTERED, GRANTED, enabled(false, days(10)), enabled(true, days(11))),
                        List.of(REGISTERED, GRANTED, failed(deleted)))
                .stream()
                .map(facts -> detection().on(facts).findings().get(0).contained())
                .toList();

        // Then
        assertThat(contained).containsExactly(true, true, true, false, false, false);
    }

    @Test
    void trusted_automation_is_informational_inside_its_mandate_and_worse_outside() {
        // Given
        Evaluations trusting = detection()
                .with("require-external-ip", false)
                .trusting(id("sp pipeline"), "office", "grant:permissive");

        // When
        Evaluation inside = trusting.on(REGISTERED, grant("Mail.Read", days(1), application("pipeline", OFFICE)));
        Evaluation outside = trusting.on(REGISTERED, grant("Mail.Read", days(1), application("pipeline", "")));

        // Then
        assertThat(inside.findings().get(0).severity()).isEqualTo(Severity.INFORMATIONAL);
        assertThat(outside.findings().get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void neither_making_it_multi_tenant_nor_making_it_single_tenant_is_a_way_out() {
        // Given
        AppEvent multi = registration(START, "multi", user("mallory", OFFICE));
        AppEvent toSingle = flip(days(2), "single", user("mallory", OFFICE));
        AppEvent toMulti = flip(days(2), "multi", user("mallory", OFFICE));

        // When
        Evaluation madeSingle = detection().on(multi, toSingle, GRANTED);
        Evaluation madeMulti = detection().on(REGISTERED, toMulti, GRANTED);
        Evaluation back = detection().on(multi, toSingle, flip(days(3), "multi", user("m", OFFICE)), GRANTED);
        Evaluation afterwards = detection().on(multi, flip(days(10), "single", user("m", OFFICE)), GRANTED);

        // Then
        assertThat(madeSingle.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.riskReasons()).anyMatch(reason -> reason.contains("made single-tenant"));
            assertThat(finding.decidedBy()).containsExactly(multi, toSingle, GRANTED);
        });
        assertThat(madeMulti.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(finding.riskReasons()).anyMatch(reason -> reason.contains("made multi-tenant"));
        });
        assertThat(back.findings()).isEmpty();
        assertThat(afterwards.findings()).isEmpty();
    }

    @Test
    void a_change_of_the_tenancy_that_only_the_profile_remembers_still_counts() {
        // Given
        List<AppEvent> facts = List.of(
                registration(START, "multi", user("mallory", OFFICE)),
                flip(days(100), "single", user("mallory", OFFICE)),
                grant("Mail.ReadWrite", days(200), user("mallory", OUTSIDE)));

        // When
        Evaluation evaluation = detection().on(new MemoryHistory(facts, days(160)));

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
    }

    @Test
    void only_a_whole_second_and_a_finer_time_have_no_order_within_a_minute() {
        // Given
        AppEvent whole = grant("Mail.Read", START.minusMillis(30_123), user("mallory", OUTSIDE));
        AppEvent finer = grant("Mail.Read", START.minusMillis(30_000), user("mallory", OUTSIDE));
        AppEvent tooEarly = grant("Mail.Read", START.minusMillis(61_123), user("mallory", OUTSIDE));

        // When
        List<Integer> findings = List.of(whole, finer, tooEarly).stream()
                .map(granted -> detection().on(REGISTERED, granted).findings().size())
                .toList();

        // Then
        assertThat(findings).containsExactly(1, 0, 0);
    }

    @Test
    void a_role_counts_in_whatever_case_the_log_writes_it() {
        // When
        Evaluation evaluation = detection().on(REGISTERED, grant("mail.readwrite", days(1), user("mallory", OUTSIDE)));

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.permissions())
                .extracting(Permission::value)
                .containsExactly("Mail.ReadWrite"));
    }

    @Test
    void a_role_written_in_another_case_when_removed_is_gone() {
        // Given
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, "MAIL.READWRITE", days(10), user("admin", OFFICE));

        // When
        Evaluation evaluation = detection().on(REGISTERED, GRANTED, removed);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(true);
    }

    @Test
    void every_named_set_counts() {
        // Given
        AppEvent tier0 = grant("RoleManagement.ReadWrite.Directory", days(1), user("mallory", OUTSIDE));

        // When
        Evaluation usual = detection().on(REGISTERED, tier0);
        Evaluation both = detection()
                .with("permission-sets", List.of("permissive", "tier-0"))
                .on(REGISTERED, tier0);

        // Then
        assertThat(usual.findings()).isEmpty();
        assertThat(both.findings()).hasSize(1);
    }
}
