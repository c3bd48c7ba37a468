package io.rolecall.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.Json;
import io.rolecall.acts.Tenant;
import io.rolecall.event.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryTest {

    private static final StoryOptions SMALL = StoryOptions.defaults().withNoisePerDay(40);

    @Test
    void the_same_seed_gives_the_same_events_in_the_same_order() {
        // Given
        List<StoryEvent> first = Story.generate(SMALL).events().toList();

        // When
        List<StoryEvent> second = Story.generate(SMALL).events().toList();

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void another_seed_shares_no_alert_with_the_first() {
        // Given
        Set<String> first = alertIds(Story.generate(SMALL));

        // When
        Set<String> second = alertIds(Story.generate(SMALL.withSeed(2)));

        // Then
        assertThat(second).hasSameSizeAs(first).doesNotContainAnyElementsOf(first);
    }

    @Test
    void the_truth_names_each_alert_once_and_only_applications_of_the_events() {
        // Given
        Story story = Story.generate(SMALL);
        String logs = story.events().map(StoryEvent::json).collect(Collectors.joining("\n"));

        // When
        List<ExpectedAlert> truth = story.truth();

        // Then
        assertThat(alertIds(story)).hasSameSizeAs(truth);
        assertThat(truth)
                .allSatisfy(
                        alert -> assertThat(logs.contains(alert.subject().id())).isTrue());
        assertThat(truth)
                .filteredOn(alert -> !alert.scene().startsWith("attack-"))
                // What is said of every role of its kind, whoever grants it.
                .filteredOn(alert -> !alert.detection().equals("mailbox-wide-access-granted")
                        && !alert.detection().equals("undeclared-permission"))
                .extracting(ExpectedAlert::severity)
                .containsOnly("informational");
    }

    @Test
    void an_alert_id_follows_the_contract_with_and_without_an_anchor() {
        // Given
        ExpectedAlert anchored = new ExpectedAlert(
                "credential-on-privileged-app",
                Subject.application("T-1", "A-1"),
                "high",
                "open",
                Optional.of("K-1"),
                List.of(),
                "scene");
        ExpectedAlert plain = new ExpectedAlert(
                "consent-burst", Subject.application("t-1", "a-1"), "high", "open", Optional.empty(), List.of(), "s");

        // When
        List<String> ids = List.of(anchored.alertId(), plain.alertId());

        // Then
        assertThat(ids)
                .containsExactly(
                        "rc-3dce492b8213f3c1103852b403638aad89a4be0c", "rc-58619463e0d0d53e1bf32b8643ac877f275f8232");
    }

    @Test
    void every_near_miss_is_in_the_logs() {
        // Given
        Story story = Story.generate(SMALL.withNoisePerDay(0));

        // When
        String logs = story.events().map(StoryEvent::json).collect(Collectors.joining("\n"));

        // Then
        assertThat(Story.sceneNames(StoryOptions.defaults()))
                .filteredOn(name -> name.startsWith("near-miss-"))
                .hasSize(10);
        assertThat(List.of(
                        "Expense Archive",
                        "Branch Scanner",
                        "Mail.ReadBasic.All",
                        "Journal Reader",
                        "Microsoft.Online.Workflows.AuthorizationException",
                        "Intranet Search",
                        "Microsoft Azure AD Internal - Jit Provisioning",
                        "Trip Planner",
                        "Diagram Sketcher",
                        "Travel Expenses (SAML)"))
                .allSatisfy(sign -> assertThat(logs.contains(sign)).isTrue());
    }

    @Test
    void a_near_miss_asks_fewer_than_three_users_for_consent() {
        // Given
        Story story = Story.generate(SMALL.withNoisePerDay(0));

        // When
        Set<String> users = unified(story, "Consent to application.").stream()
                .filter(event -> event.toString().contains("Trip Planner"))
                .map(event -> event.path("UserKey").asText())
                .collect(Collectors.toSet());

        // Then
        assertThat(users).hasSize(2);
    }

    @Test
    void acts_in_both_logs_share_the_correlation_id_and_nothing_else_that_identifies_them() {
        // Given
        Story story = Story.generate(SMALL.withNoisePerDay(0));

        // When
        Map<String, JsonNode> entra = entra(story, "Add application");
        List<JsonNode> copies = unified(story, "Add application.");

        // Then
        assertThat(copies).isNotEmpty().allSatisfy(copy -> {
            assertThat(entra).containsKey(copy.path("InterSystemsId").asText());
            assertThat(copy.has("ClientIP") || copy.has("ActorIpAddress")).isFalse();
            assertThat(copy.path("CreationTime").asText()).hasSize(19);
        });
    }

    @Test
    void records_arrive_late_and_twice() {
        // Given
        List<StoryEvent> events = Story.generate(SMALL).events().toList();

        // When
        long disorder = 0;
        for (int i = 1; i < events.size(); i++) {
            disorder += events.get(i).time().isBefore(events.get(i - 1).time().minusSeconds(3_600)) ? 1 : 0;
        }

        // Then
        assertThat(disorder).isGreaterThan(20);
        assertThat(new HashSet<>(events.stream().map(StoryEvent::json).toList()))
                .hasSizeLessThan(events.size() - 20);
        assertThat(events).extracting(StoryEvent::order).isSorted();
    }

    @Test
    void an_event_without_a_tenant_raises_nothing() {
        // Given
        Story story = Story.generate(SMALL);

        // When
        List<StoryEvent> pages = story.events()
                .filter(event -> event.envelope() == Envelope.ENTRA_AUDIT_GRAPH_PAGE)
                .toList();

        // Then
        assertThat(pages).isNotEmpty().allSatisfy(event -> assertThat(event.json())
                .doesNotContain("ApplicationManagement"));
    }

    @Test
    void administrators_who_act_from_the_office_are_never_seen_elsewhere() {
        // Given
        Story story = Story.generate(SMALL.withNoisePerDay(300));
        String administrator =
                new StoryPeople(new Tenant(SMALL.seed())).administrator().upn();

        // When
        Set<String> addresses = story.events()
                .map(event -> Json.read(event.json()))
                .filter(event ->
                        event.toString().toLowerCase(java.util.Locale.ROOT).contains(administrator))
                .filter(event -> event.has("callerIpAddress") || event.has("ClientIP"))
                .map(event -> event.path("callerIpAddress")
                        .asText(event.path("ClientIP").asText()))
                .collect(Collectors.toSet());

        // Then
        assertThat(addresses)
                .isNotEmpty()
                .allMatch(
                        ip -> ip.startsWith("203.0.113.") || ip.startsWith("198.51.100.") || ip.startsWith("40.126."));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 29, 45})
    void a_story_of_any_length_has_the_whole_script(int days) {
        // Given
        StoryOptions options = SMALL.withDays(days);

        // When
        Story story = Story.generate(options);

        // Then
        Set<String> whole = Story.generate(SMALL).truth().stream()
                // A baseline is fourteen days old.
                .filter(alert -> days >= 30
                        || !Set.of("service-principal-sign-in-anomaly", "new-network-then-app-change")
                                .contains(alert.detection()))
                .map(ExpectedAlert::alertId)
                .collect(Collectors.toSet());
        assertThat(alertIds(story)).isEqualTo(whole);
        assertThat(story.events()).isNotEmpty().allSatisfy(event -> assertThat(event.time())
                .isBetween(StoryOptions.START, StoryOptions.START.plusSeconds(86_400L * days)));
    }

    @Test
    void options_out_of_range_are_refused() {
        // Given
        StoryOptions options = StoryOptions.defaults();

        // When
        // Then
        assertThatThrownBy(() -> options.withDays(2)).hasMessageContaining("days must be between 3 and 365");
        assertThatThrownBy(() -> options.withNoisePerDay(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withPeople(59)).hasMessageContaining("people must not be fewer than 60");
    }

    @Test
    void more_people_make_a_larger_background_and_the_same_script() {
        // Given
        StoryOptions options = SMALL.withPeople(2_000);

        // When
        Story story = Story.generate(options);

        // Then
        assertThat(alertIds(story)).isEqualTo(alertIds(Story.generate(SMALL)));
        assertThat(story.events()
                        .map(event -> Json.read(event.json())
                                .path("properties")
                                .path("userPrincipalName")
                                .asText())
                        .filter(name -> !name.isEmpty())
                        .distinct())
                .hasSizeGreaterThan(100);
    }

    private static Set<String> alertIds(Story story) {
        return story.truth().stream().map(ExpectedAlert::alertId).collect(Collectors.toSet());
    }

    private static List<JsonNode> unified(Story story, String operation) {
        return story.events()
                .map(event -> Json.read(event.json()))
                .filter(event -> event.path("Operation").asText().equals(operation))
                .toList();
    }

    private static Map<String, JsonNode> entra(Story story, String operation) {
        return story.events()
                .map(event -> Json.read(event.json()))
                .filter(event -> event.path("operationName")
                        .asText(event.path("OperationName").asText())
                        .equals(operation))
                .collect(Collectors.toMap(
                        event -> event.path("correlationId")
                                .asText(event.path("CorrelationId").asText()),
                        event -> event,
                        (first, second) -> first));
    }
}
