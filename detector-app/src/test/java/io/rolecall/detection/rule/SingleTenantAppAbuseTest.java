package io.rolecall.detection.rule;

import static io.rolecall.detection.LineFacts.days;
import static io.rolecall.detection.LineFacts.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.detection.RiskReason;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no scenario of {@code single-tenant-app-abuse} can say. */
class SingleTenantAppAbuseTest {

    private static final String ALONE = ", do: register-application, without: [ owner, service-principal ]";
    private static final AppEvent REGISTERED = one("+0d, by: admin" + ALONE);
    private static final AppEvent GRANTED = one("+9d, by: mallory, do: assign-app-role, role: Mail.ReadWrite");

    private static Evaluations detection() {
        return Evaluations.of("single-tenant-app-abuse");
    }

    @Test
    void the_registration_and_the_grant_are_the_evidence_and_all_conditions_are_met() {
        // When
        Evaluation evaluation = detection().on(REGISTERED, GRANTED);

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anchor()).isEmpty();
            assertThat(finding.decidedBy()).containsExactly(REGISTERED, GRANTED);
        });
        assertThat(evaluation.conditions()).extracting(Condition::state).containsOnly(Condition.State.MET);
    }

    @Test
    void a_near_miss_names_a_condition_that_is_not_met() {
        // Given
        AppEvent unknownTenancy = AppEvent.newBuilder(REGISTERED)
                .setDetails(Registration.newBuilder(
                                (Registration) REGISTERED.getDetails().orElseThrow())
                        .clearTenancy()
                        .build())
                .build();
        List<List<AppEvent>> benign = List.of(
                List.of(REGISTERED),
                List.of(GRANTED),
                List.of(unknownTenancy, GRANTED),
                List.of(one("+0d, by: admin, tenancy: multi" + ALONE), GRANTED),
                List.of(REGISTERED, one("+9d, by: admin, do: assign-app-role, role: Mail.ReadWrite")),
                List.of(REGISTERED, one("+9d, by: mallory, do: assign-app-role, role: Mail.ReadBasic")));

        // When
        List<Evaluation> evaluations = benign.stream().map(detection()::on).toList();

        // Then
        assertThat(evaluations).allSatisfy(evaluation -> {
            assertThat(evaluation.findings()).isEmpty();
            assertThat(evaluation.conditions()).anyMatch(condition -> condition.state() != Condition.State.MET);
        });
    }

    @Test
    void an_address_of_a_front_end_is_explained() {
        // When
        Evaluation evaluation = detection()
                .on(REGISTERED, one("+9d, by: mallory, do: assign-app-role, role: Mail.Read, from: frontend"));

        // Then
        assertThat(evaluation.findings().get(0).explanation()).contains("front-end of Entra ID");
    }

    @Test
    void its_age_and_the_changes_of_its_tenancy_are_among_the_reasons() {
        // Given
        AppEvent late = one("+31d, by: mallory, do: assign-app-role, role: Mail.Read");
        List<AppEvent> flipped = LineFacts.of(
                "+0d, by: admin, tenancy: multi" + ALONE, "+2d, by: admin, do: update-application, tenancy: single");
        AppEvent toMulti = one("+2d, by: admin, do: update-application, tenancy: multi, was: single");

        // When
        Evaluation old = detection().on(REGISTERED, late);
        Evaluation madeSingle = detection().on(flipped.get(0), flipped.get(1), GRANTED);
        Evaluation madeMulti = detection().on(REGISTERED, toMulti, GRANTED);

        // Then
        assertThat(old.findings().get(0).riskReasons())
                .anyMatch(reason -> reason.text().contains("31 days old"));
        assertThat(madeSingle.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.riskReasons()).anyMatch(reason -> reason.text().contains("made single-tenant"));
            assertThat(finding.decidedBy()).containsExactly(flipped.get(0), flipped.get(1), GRANTED);
        });
        assertThat(madeMulti.findings()).singleElement().satisfies(finding -> assertThat(finding.riskReasons())
                .extracting(RiskReason::text)
                .anyMatch(reason -> reason.contains("made multi-tenant")));
    }

    @Test
    void a_change_of_the_tenancy_that_only_the_profile_remembers_still_counts() {
        // Given
        List<AppEvent> facts = LineFacts.of(
                "+0d, by: admin, tenancy: multi" + ALONE,
                "+100d, by: admin, do: update-application, tenancy: single",
                "+200d, by: mallory, do: assign-app-role, role: Mail.ReadWrite");

        // When
        Evaluation evaluation = detection().on(new MemoryHistory(facts, days(160)));

        // Then
        assertThat(evaluation.findings()).singleElement().satisfies(finding -> assertThat(finding.severity())
                .isEqualTo(Severity.HIGH));
    }
}
