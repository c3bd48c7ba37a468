package io.rolecall.detection;

import static io.rolecall.detection.Events.OFFICE;
import static io.rolecall.detection.Events.OUTSIDE;
import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.after;
import static io.rolecall.detection.Events.application;
import static io.rolecall.detection.Events.credentials;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.failed;
import static io.rolecall.detection.Events.forAll;
import static io.rolecall.detection.Events.grant;
import static io.rolecall.detection.Events.id;
import static io.rolecall.detection.Events.key;
import static io.rolecall.detection.Events.registration;
import static io.rolecall.detection.Events.role;
import static io.rolecall.detection.Events.secret;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialOnPrivilegedAppTest {

    private static final AppEvent GRANTED = grant("Mail.ReadWrite", days(1), user("admin", OFFICE));
    private static final AppEvent SECRET = secret("evil", days(5), user("mallory", OUTSIDE));

    private static Evaluations detection() {
        return Evaluations.of("credential-on-privileged-app");
    }

    @Test
    void a_secret_is_high_before_or_after_the_permission() {
        // When
        Evaluation after = detection().on(GRANTED, SECRET);
        Evaluation before = detection().on(secret("evil", START, user("mallory", OUTSIDE)), GRANTED);
        Evaluation forAll = detection().on(forAll("Mail.ReadWrite", days(1), user("admin", OFFICE)), SECRET);

        // Then
        assertThat(List.of(after, before, forAll)).allSatisfy(evaluation -> {
            assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
            assertThat(evaluation.findings().get(0).anchor()).containsExactly(id("key evil"));
        });
    }

    @Test
    void a_permission_granted_before_the_history_begins_still_makes_the_application_privileged() {
        // Given
        AppEvent removed = role(Operations.REMOVE_APP_ROLE, "Mail.ReadWrite", days(3), user("admin", OFFICE));
        AppEvent late = secret("late", days(200), user("mallory", OUTSIDE));
        Instant horizon = days(160);

        // When
        Evaluation held = detection().on(new MemoryHistory(List.of(late, GRANTED), horizon));
        Evaluation taken = detection().on(new MemoryHistory(List.of(removed, late, GRANTED), horizon));
        Evaluation takenLater = detection()
                .on(new MemoryHistory(
                        List.of(
                                GRANTED,
                                late,
                                role(Operations.REMOVE_APP_ROLE, "Mail.ReadWrite", days(201), user("admin", OFFICE))),
                        horizon));

        // Then
        assertThat(held.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.permissions()).extracting(Permission::value).containsExactly("Mail.ReadWrite");
            assertThat(finding.decidedBy()).containsExactly(late);
            assertThat(finding.explanation()).contains("Mail.ReadWrite was granted at 2026-03-03T09:00:00Z");
            assertThat(finding.contained()).isFalse();
        });
        assertThat(taken.findings()).isEmpty();
        assertThat(takenLater.findings()).singleElement().satisfies(finding -> assertThat(finding.contained())
                .isTrue());
    }

    @Test
    void a_consent_for_all_without_its_grant_names_no_api_and_does_not_count() {
        // Given
        AppEvent consent = AppEvent.newBuilder(Events.consent("admin", days(1), "Mail.ReadWrite"))
                .setDetails(Consent.newBuilder()
                        .setOnBehalfOfAll(true)
                        .setScopes(List.of("Mail.ReadWrite"))
                        .build())
                .build();

        // When
        Evaluation evaluation = detection().on(consent, SECRET);

        // Then
        assertThat(evaluation.findings()).isEmpty();
    }

    @Test
    void a_scope_of_an_api_that_is_not_microsofts_does_not_count() {
        // Given
        AppEvent grant = forAll("Mail.ReadWrite", days(1), user("admin", OFFICE));
        DelegatedGrant details = (DelegatedGrant) grant.getDetails().orElseThrow();
        AppEvent other = AppEvent.newBuilder(grant)
                .setDetails(DelegatedGrant.newBuilder(details)
                        .setResourceName("Contoso Mail")
                        .build())
                .build();

        // When
        Evaluation evaluation = detection().on(other, SECRET);

        // Then
        assertThat(evaluation.findings()).isEmpty();
    }

    @Test
    void an_api_known_only_by_its_object_is_learned_from_another_grant() {
        // Given
        AppEvent grant = forAll("Mail.ReadWrite", days(1), user("admin", OFFICE));
        DelegatedGrant details = (DelegatedGrant) grant.getDetails().orElseThrow();
        AppEvent unnamed = AppEvent.newBuilder(grant)
                .setDetails(DelegatedGrant.newBuilder(details)
                        .clearResourceName()
                        .setResourceId(id("graph here"))
                        .build())
                .build();
        AppEvent named = AppEvent.newBuilder(forAll("User.Read", days(2), user("admin", OFFICE)))
                .setDetails(DelegatedGrant.newBuilder(details)
                        .setResourceId(id("graph here"))
                        .setScopes(List.of("User.Read"))
                        .setAdded(List.of("User.Read"))
                        .build())
                .build();

        // When
        Evaluation alone = detection().on(unnamed, SECRET);
        Evaluation learned = detection().on(unnamed, named, SECRET);

        // Then
        assertThat(alone.findings()).isEmpty();
        assertThat(learned.findings()).hasSize(1);
    }

    @Test
    void removing_a_younger_key_or_one_of_another_object_is_no_rotation() {
        // Given
        AppEvent old = secret("old", days(-100), user("admin", OFFICE));
        AppEvent added = secret("new", days(5), user("admin", OFFICE));
        AppEvent younger = secret("younger", days(6), user("admin", OFFICE));
        AppEvent youngerRemoved =
                credentials(days(7), user("admin", OFFICE), List.of(), List.of(key("younger", "Verify", "younger")));
        AppEvent onServicePrincipal = AppEvent.newBuilder(added)
                .setOperation(Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS)
                .build();
        AppEvent oldRemoved =
                credentials(days(7), user("admin", OFFICE), List.of(), List.of(key("old", "Verify", "old")));

        // When
        Evaluation removedYounger = detection().on(old, GRANTED, added, younger, youngerRemoved);
        Evaluation elsewhere = detection().on(old, GRANTED, onServicePrincipal, oldRemoved);

        // Then
        assertThat(removedYounger.findings())
                .filteredOn(finding -> finding.anchor().contains(id("key new")))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
        assertThat(elsewhere.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
    }

    @Test
    void near_misses_are_silent() {
        // Given
        List<List<AppEvent>> benign = List.of(
                List.of(SECRET),
                List.of(GRANTED),
                List.of(GRANTED, failed(SECRET)),
                List.of(GRANTED, credentials(days(5), user("m", OUTSIDE), List.of(), List.of(key("k", "Verify", "k")))),
                List.of(SECRET, grant("Mail.Read", days(36), user("admin", OFFICE))),
                List.of(SECRET, grant("User.Read.All", days(6), user("admin", OFFICE))),
                List.of(
                        GRANTED,
                        role(Operations.REMOVE_APP_ROLE, "Mail.ReadWrite", days(2), user("admin", OFFICE)),
                        SECRET));

        // When
        List<Evaluation> evaluations = benign.stream().map(detection()::on).toList();

        // Then
        assertThat(evaluations)
                .allSatisfy(evaluation -> assertThat(evaluation.findings()).isEmpty());
    }

    @Test
    void a_rotation_from_the_office_is_informational() {
        // Given
        AppEvent first = secret("old", days(-100), user("admin", OFFICE));
        AppEvent rotated = credentials(
                days(5),
                user("admin", OFFICE),
                List.of(key("new", "Verify", "new")),
                List.of(key("old", "Verify", "old")));
        AppEvent byAnother = credentials(
                days(5),
                user("mallory", OFFICE),
                List.of(key("new", "Verify", "new")),
                List.of(key("old", "Verify", "old")));

        // When
        Evaluation rotation = detection().on(first, GRANTED, rotated);
        Evaluation another = detection().on(first, GRANTED, byAnother);

        // Then
        assertThat(rotation.findings().get(0).severity()).isEqualTo(Severity.INFORMATIONAL);
        assertThat(another.findings().get(0).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void the_registrants_first_secret_on_the_first_day_is_low_but_a_second_one_by_another_is_high() {
        // Given
        AppEvent registered = registration(START, "single", user("admin", OFFICE));
        AppEvent first = secret("first", after(Duration.ofHours(2)), user("admin", OFFICE));

        // When
        Evaluation evaluation = detection().on(registered, first, GRANTED, SECRET);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::severity).containsExactly(Severity.LOW, Severity.HIGH);
        assertThat(evaluation.findings().get(1).riskReasons())
                .anyMatch(reason -> reason.startsWith("A second live credential"));
    }

    @Test
    void a_saml_signing_certificate_is_one_low_finding_and_its_name_alone_proves_nothing() {
        // Given
        String name = "CN=Microsoft Azure Federated SSO Certificate";
        AppEvent pair = credentials(
                days(5),
                user("admin", OFFICE),
                List.of(key("sign", "Sign", name), key("verify", "Verify", name)),
                List.of());
        AppEvent disguised =
                credentials(days(5), user("mallory", OUTSIDE), List.of(key("verify", "Verify", name)), List.of());

        // When
        Evaluation saml = detection().on(GRANTED, pair);
        Evaluation disguise = detection().on(GRANTED, disguised);

        // Then
        assertThat(saml.findings()).extracting(Finding::severity).containsExactly(Severity.LOW);
        assertThat(disguise.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
    }

    @Test
    void it_is_contained_once_the_key_is_removed() {
        // Given
        AppEvent removed =
                credentials(days(6), user("admin", OFFICE), List.of(), List.of(key("evil", "Verify", "evil")));

        // When
        Evaluation evaluation = detection().on(GRANTED, SECRET, removed);

        // Then
        assertThat(evaluation.findings()).extracting(Finding::contained).containsExactly(true);
    }

    @Test
    void trusted_automation_may_rotate_from_its_network_only() {
        // Given
        Evaluations trusting = detection().trusting(id("sp pipeline"), "office", "rotate-credential");

        // When
        Evaluation inside = trusting.on(GRANTED, secret("k", days(5), application("pipeline", OFFICE)));
        Evaluation outside = trusting.on(GRANTED, secret("k", days(5), application("pipeline", OUTSIDE)));

        // Then
        assertThat(inside.findings().get(0).severity()).isEqualTo(Severity.INFORMATIONAL);
        assertThat(outside.findings().get(0).severity()).isEqualTo(Severity.CRITICAL);
    }
}
