package io.rolecall.detection.rule;

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
import io.rolecall.schema.Consent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.DelegatedGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                List.of(certificate(key("sign", "Sign", name)), certificate(key("verify", "Verify", name))),
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

    @Test
    void a_key_that_was_removed_before_the_permission_came_is_nobodys() {
        // Given
        AppEvent removed =
                credentials(days(6), user("mallory", OUTSIDE), List.of(), List.of(key("evil", "Verify", "evil")));
        AppEvent later = grant("Mail.Read", days(8), user("admin", OFFICE));
        AppEvent before = grant("Mail.Read", days(5), user("admin", OFFICE));

        // When
        Evaluation dead = detection().on(SECRET, removed, later);
        Evaluation alive = detection().on(SECRET, later);
        Evaluation removedAfterwards = detection().on(SECRET, before, removed);

        // Then
        assertThat(dead.findings()).isEmpty();
        assertThat(alive.findings()).hasSize(1);
        assertThat(removedAfterwards.findings()).extracting(Finding::contained).containsExactly(true);
    }

    @Test
    void a_removal_in_whole_seconds_and_a_grant_in_finer_times_have_no_order_within_a_minute() {
        // Given
        AppEvent granted = grant("Mail.Read", days(8), user("admin", OFFICE));
        List<Credential> evil = List.of(key("evil", "Verify", "evil"));
        AppEvent close = credentials(days(8).minusMillis(30_123), user("m", OUTSIDE), List.of(), evil);
        AppEvent clear = credentials(days(8).minusMillis(61_123), user("m", OUTSIDE), List.of(), evil);

        // When
        Evaluation noOrder = detection().on(SECRET, close, granted);
        Evaluation before = detection().on(SECRET, clear, granted);

        // Then
        assertThat(noOrder.findings()).hasSize(1);
        assertThat(before.findings()).isEmpty();
    }

    @Test
    void a_role_of_tier_0_or_on_every_mailbox_makes_an_application_privileged() {
        // Given
        AppEvent tier0 = grant("RoleManagement.ReadWrite.Directory", days(1), user("admin", OFFICE));
        AppEvent everyMailbox = Events.roleOf(
                Operations.ADD_APP_ROLE,
                Resources.EXCHANGE_ONLINE,
                "full_access_as_app",
                days(1),
                user("admin", OFFICE));

        // When
        List<Evaluation> evaluations =
                List.of(detection().on(tier0, SECRET), detection().on(everyMailbox, SECRET));
        Evaluation narrowed =
                detection().with("permission-sets", List.of("permissive")).on(everyMailbox, tier0, SECRET);

        // Then
        assertThat(evaluations).allSatisfy(evaluation -> assertThat(evaluation.findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH));
        assertThat(evaluations.get(1).findings().get(0).permissions())
                .extracting(Permission::value)
                .containsExactly("full_access_as_app");
        assertThat(narrowed.findings()).isEmpty();
    }

    @Test
    void a_signing_pair_of_another_name_is_somebodys_own_and_a_signing_key_alone_is_low() {
        // Given
        String name = "CN=Contoso Federated SSO Certificate";
        AppEvent pair = credentials(
                days(5),
                user("mallory", OUTSIDE),
                List.of(key("sign", "Sign", name), key("verify", "Verify", name)),
                List.of());
        AppEvent alone = credentials(days(5), user("mallory", OUTSIDE), List.of(key("sign", "Sign", name)), List.of());

        // When
        Evaluation other = detection().on(GRANTED, pair);
        Evaluation signing = detection().on(GRANTED, alone);

        // Then
        assertThat(other.findings()).extracting(Finding::severity).containsExactly(Severity.HIGH);
        assertThat(signing.findings()).extracting(Finding::severity).containsExactly(Severity.LOW);
    }

    @Test
    void a_secret_under_the_name_of_a_signing_certificate_and_a_second_verifying_half_are_no_part_of_it() {
        // Given
        String name = "CN=Microsoft Azure Federated SSO Certificate";
        Credential sign = key("sign", "Sign", name);
        Credential verify = key("verify", "Verify", name);
        Credential secret = key("evil", "Verify", name);
        Credential another = certificate(secret);

        // When
        List<Map<String, Severity>> severities = Stream.of(secret, another)
                .map(evil -> credentials(
                        days(5),
                        user("mallory", OUTSIDE),
                        List.of(certificate(sign), certificate(verify), evil),
                        List.of()))
                .map(act -> detection().on(GRANTED, act).findings().stream()
                        .collect(Collectors.toMap(finding -> finding.anchor().get(0), Finding::severity)))
                .toList();

        // Then
        assertThat(severities)
                .containsExactly(
                        Map.of(id("key verify"), Severity.LOW, id("key evil"), Severity.HIGH),
                        Map.of(id("key verify"), Severity.HIGH, id("key evil"), Severity.HIGH));
    }

    private static Credential certificate(Credential credential) {
        return Credential.newBuilder(credential).setType("AsymmetricX509Cert").build();
    }

    @Test
    void a_key_that_was_taken_away_and_added_again_lives() {
        // Given
        AppEvent before = secret("evil", days(-3), user("mallory", OUTSIDE));
        AppEvent taken =
                credentials(days(-2), user("admin", OFFICE), List.of(), List.of(key("evil", "Verify", "evil")));
        AppEvent takenLate =
                credentials(days(6), user("admin", OFFICE), List.of(), List.of(key("evil", "Verify", "evil")));
        AppEvent again = secret("evil", days(7), user("mallory", OUTSIDE));
        AppEvent takenAgain =
                credentials(days(8), user("admin", OFFICE), List.of(), List.of(key("evil", "Verify", "evil")));

        // When
        Evaluation dead = detection().on(before, taken, GRANTED);
        Evaluation revived = detection().on(before, taken, secret("evil", days(0), user("mallory", OUTSIDE)), GRANTED);
        Evaluation twice = detection().on(GRANTED, SECRET, takenLate, again);
        Evaluation over = detection().on(GRANTED, SECRET, takenLate, again, takenAgain);

        // Then
        assertThat(dead.findings()).isEmpty();
        assertThat(revived.findings()).extracting(Finding::contained).containsExactly(false);
        assertThat(twice.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.contained()).isFalse();
            assertThat(finding.anchorTime()).isEqualTo(days(5));
            assertThat(finding.decidedBy()).contains(SECRET, again);
        });
        assertThat(over.findings()).extracting(Finding::contained).containsExactly(true);
    }

    @Test
    void two_keys_of_one_act_are_two_findings() {
        // Given
        AppEvent both = credentials(
                days(5),
                user("mallory", OUTSIDE),
                List.of(key("one", "Verify", "one"), key("two", "Verify", "two")),
                List.of());

        // When
        Evaluation evaluation = detection().on(GRANTED, both);

        // Then
        assertThat(evaluation.findings())
                .extracting(Finding::anchor)
                .containsExactlyInAnyOrder(List.of(id("key one")), List.of(id("key two")));
    }

    @Test
    void a_rotation_lies_within_seven_days_and_shows_the_organisations_address() {
        // Given
        AppEvent old = secret("old", days(-100), user("admin", OFFICE));
        AppEvent added = secret("new", days(5), user("admin", OFFICE));
        AppEvent withoutAddress = secret("new", days(5), user("admin", ""));
        List<AppEvent> removals = List.of(days(12), days(12).plusNanos(1), days(-2)).stream()
                .map(at -> credentials(at, user("admin", OFFICE), List.of(), List.of(key("old", "Verify", "old"))))
                .toList();

        // When
        List<Severity> severities = List.of(
                        List.of(old, GRANTED, added, removals.get(0)),
                        List.of(old, GRANTED, added, removals.get(1)),
                        List.of(old, GRANTED, added, removals.get(2)),
                        List.of(old, GRANTED, withoutAddress, removals.get(0)))
                .stream()
                .map(facts -> detection().on(facts).findings().stream()
                        .filter(finding -> finding.anchor().contains(id("key new")))
                        .findFirst()
                        .orElseThrow()
                        .severity())
                .toList();

        // Then
        assertThat(severities)
                .containsExactly(Severity.INFORMATIONAL, Severity.HIGH, Severity.INFORMATIONAL, Severity.HIGH);
    }

    @Test
    void a_grant_for_all_that_is_replaced_in_one_click_is_still_held() {
        // Given
        AppEvent granted = forAll("Mail.ReadWrite", days(1), user("admin", OFFICE));
        DelegatedGrant details = (DelegatedGrant) granted.getDetails().orElseThrow();
        AppEvent replaced = AppEvent.newBuilder(granted)
                .setEventId("the other half")
                .setOperation(Operations.REMOVE_DELEGATED_GRANT)
                .setDetails(DelegatedGrant.newBuilder(details)
                        .setScopes(List.of())
                        .setAdded(List.of())
                        .setRemoved(List.of("Mail.ReadWrite"))
                        .build())
                .build();
        AppEvent removed = AppEvent.newBuilder(replaced)
                .setCorrelationId(id("another click"))
                .setEventTime(days(2))
                .build();

        // When
        Evaluation oneChange = detection().on(granted, replaced, SECRET);
        Evaluation taken = detection().on(granted, removed, SECRET);

        // Then
        assertThat(oneChange.findings()).extracting(Finding::contained).containsExactly(false);
        assertThat(taken.findings()).isEmpty();
    }
}
