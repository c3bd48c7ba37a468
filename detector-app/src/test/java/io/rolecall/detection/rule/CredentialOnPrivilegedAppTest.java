package io.rolecall.detection.rule;

import static io.rolecall.detection.LineFacts.days;
import static io.rolecall.detection.LineFacts.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.acts.ActIds;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Evaluations;
import io.rolecall.detection.Finding;
import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.detection.RiskReason;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no scenario of {@code credential-on-privileged-app} can say. */
class CredentialOnPrivilegedAppTest {

    private static final AppEvent GRANTED = one("+1d, by: admin, do: assign-app-role, role: Mail.ReadWrite");
    private static final AppEvent SECRET = one("+5d, by: mallory, do: add-credential, key: evil");

    private static Evaluations detection() {
        return Evaluations.of("credential-on-privileged-app");
    }

    @Test
    void a_permission_granted_before_the_history_begins_still_makes_the_application_privileged() {
        // Given
        AppEvent removed = one("+3d, by: admin, do: remove-app-role, role: Mail.ReadWrite");
        AppEvent removedLater = one("+201d, by: admin, do: remove-app-role, role: Mail.ReadWrite");
        AppEvent late = one("+200d, by: mallory, do: add-credential, key: late");
        Instant horizon = days(160);

        // When
        Evaluation held = detection().on(new MemoryHistory(List.of(late, GRANTED), horizon));
        Evaluation taken = detection().on(new MemoryHistory(List.of(removed, late, GRANTED), horizon));
        Evaluation takenLater = detection().on(new MemoryHistory(List.of(GRANTED, late, removedLater), horizon));

        // Then
        assertThat(held.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.permissions()).extracting(Permission::value).containsExactly("Mail.ReadWrite");
            assertThat(finding.decidedBy()).containsExactly(late);
            assertThat(finding.explanation()).contains("Mail.ReadWrite was granted at 2026-01-02T00:00:00Z");
            assertThat(finding.contained()).isFalse();
        });
        assertThat(taken.findings()).isEmpty();
        assertThat(takenLater.findings()).singleElement().satisfies(finding -> assertThat(finding.contained())
                .isTrue());
    }

    @Test
    void an_api_known_only_by_its_object_is_learned_from_another_grant() {
        // Given
        List<AppEvent> grants = LineFacts.of(
                "+1d, by: admin, do: add-delegated-grant, scopes: Mail.ReadWrite, for: everybody",
                "+2d, by: admin, do: add-delegated-grant, scopes: User.Read, for: everybody");
        AppEvent unnamed = AppEvent.newBuilder(grants.get(0))
                .setDetails(DelegatedGrant.newBuilder(
                                (DelegatedGrant) grants.get(0).getDetails().orElseThrow())
                        .clearResourceName()
                        .build())
                .build();

        // When
        Evaluation alone = detection().on(unnamed, SECRET);
        Evaluation learned = detection().on(unnamed, grants.get(1), SECRET);

        // Then
        assertThat(alone.findings()).isEmpty();
        assertThat(learned.findings()).hasSize(1);
    }

    @Test
    void a_second_live_credential_is_among_the_reasons() {
        // Given
        List<AppEvent> facts = new ArrayList<>(LineFacts.of(
                "+0d, by: admin, do: register-application", "+2h, by: admin, do: add-credential, key: first"));
        facts.addAll(List.of(GRANTED, SECRET));

        // When
        Evaluation evaluation = detection().on(facts);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.LOW, Severity.HIGH);
        assertThat(evaluation.findings().get(1).riskReasons())
                .extracting(RiskReason::text)
                .anyMatch(reason -> reason.startsWith("A second live credential"));
    }

    @Test
    void a_key_that_was_taken_away_and_added_again_hangs_on_the_first_time() {
        // Given
        AppEvent taken = one("+6d, by: admin, do: remove-credential, key: evil");
        AppEvent again = one("+7d, by: mallory, do: add-credential, key: evil");

        // When
        Evaluation twice = detection().on(GRANTED, SECRET, taken, again);

        // Then
        assertThat(twice.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anchor()).containsExactly(ActIds.keyId("Payroll Sync", "evil"));
            assertThat(finding.anchorTime()).isEqualTo(days(5));
            assertThat(finding.decidedBy()).contains(SECRET, again);
        });
    }

    @Test
    void a_secret_under_the_name_of_a_signing_certificate_and_a_second_verifying_half_are_no_part_of_it() {
        // Given
        AppEvent pair = one("+5d, by: mallory, do: add-credential, key: verify, type: saml");
        List<Credential> added = ((CredentialChange) pair.getDetails().orElseThrow()).getAdded();
        Credential verify = added.get(1);
        Credential another = Credential.newBuilder(verify).setKeyId("evil").build();
        Credential secret = Credential.newBuilder(another).setType("Password").build();
        String half = verify.getKeyId();

        // When
        List<Map<String, Severity>> severities = Stream.of(secret, another)
                .map(evil -> AppEvent.newBuilder(pair)
                        .setDetails(CredentialChange.newBuilder()
                                .setAdded(List.of(added.get(0), verify, evil))
                                .build())
                        .build())
                .map(act -> detection().on(GRANTED, act).findings().stream()
                        .collect(Collectors.toMap(finding -> finding.anchor().get(0), Finding::severity)))
                .toList();

        // Then
        assertThat(severities)
                .containsExactly(
                        Map.of(half, Severity.LOW, "evil", Severity.HIGH),
                        Map.of(half, Severity.HIGH, "evil", Severity.HIGH));
    }
}
