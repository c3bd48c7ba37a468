package io.rolecall.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.schema.Copy;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RoleAssignment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    private static AppEvent.Builder event() {
        return AppEvent.newBuilder()
                .setEventId("e1")
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation("add-application")
                .setRawOperation("Add application")
                .setEventTime(Instant.parse("2026-03-01T10:00:00.1234567Z"))
                .setTenantId("t1")
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("user").build())
                .setPosition("a.json:1/0");
    }

    @Test
    void an_event_is_written_with_the_names_of_the_contract_and_without_absent_facts() {
        // Given
        AppEvent event = event().setAppId("app-1")
                .setDetails(Registration.newBuilder()
                        .setTenancy("single")
                        .setPublicClient(false)
                        .build())
                .build();

        // When
        String line = AvroJson.toLine(event);

        // Then
        assertThat(line)
                .isEqualTo("{\"eventId\":\"e1\",\"source\":\"entra-audit\",\"envelope\":\"diagnostic\","
                        + "\"operation\":\"add-application\",\"rawOperation\":\"Add application\","
                        + "\"eventTime\":\"2026-03-01T10:00:00.1234567Z\",\"tenantId\":\"t1\",\"outcome\":\"success\","
                        + "\"appId\":\"app-1\",\"actor\":{\"type\":\"user\"},"
                        + "\"details\":{\"tenancy\":\"single\",\"publicClient\":false},\"position\":\"a.json:1/0\"}");
    }

    @Test
    void details_of_which_nothing_is_known_are_left_out_even_when_they_nest() {
        // Given
        AppEvent event = event().setDetails(Activity.newBuilder()
                        .setAssignment(RoleAssignment.newBuilder().build())
                        .build())
                .build();

        // When
        ObjectNode tree = AvroJson.toTree(event);

        // Then
        assertThat(tree.has("details")).isFalse();
    }

    @Test
    void a_flag_that_the_log_states_is_written_when_false_but_the_engines_own_only_when_raised() {
        // Given
        AppEvent.Builder event =
                event().setDetails(Consent.newBuilder().setAdminConsent(false).build());

        // When
        ObjectNode lowered = AvroJson.toTree(event.setAppIdResolved(false).build());
        ObjectNode raised = AvroJson.toTree(event.setAppIdResolved(true).build());

        // Then
        assertThat(lowered.at("/details/adminConsent").isBoolean()).isTrue();
        assertThat(lowered.has("appIdResolved")).isFalse();
        assertThat(raised.get("appIdResolved").asBoolean()).isTrue();
    }

    @Test
    void maps_are_written_in_the_order_of_their_keys() {
        // Given
        AppEvent event = event().setDetails(MailFlow.newBuilder()
                        .setCmdlet("New-InboundConnector")
                        .setParameters(Map.of("SenderDomains", "*", "Name", "x", "Enabled", "True"))
                        .build())
                .build();

        // When
        String line = AvroJson.toLine(event);

        // Then
        assertThat(line).contains("\"parameters\":{\"Enabled\":\"True\",\"Name\":\"x\",\"SenderDomains\":\"*\"}");
    }

    @Test
    void copies_of_an_act_are_listed_only_when_there_are_any() {
        // Given
        AppEvent with = event().setAlsoSeenAs(List.of(new Copy("u1", "m365-audit", "b:2/0")))
                .build();

        // When
        ObjectNode tree = AvroJson.toTree(with);

        // Then
        assertThat(tree.at("/alsoSeenAs/0/source").asText()).isEqualTo("m365-audit");
        assertThat(AvroJson.toTree(event().build()).has("alsoSeenAs")).isFalse();
    }

    @Test
    void times_show_only_the_decimals_they_need() {
        // Given
        List<String> texts = List.of(
                "2026-03-01T10:00:00Z",
                "2026-03-01T10:00:00.1Z",
                "2026-03-01T10:00:00.012Z",
                "2026-03-01T10:00:00.0000001Z",
                "2026-03-01T10:00:00.123456789Z");

        // When
        List<String> written =
                texts.stream().map(Instant::parse).map(AvroJson::time).toList();

        // Then
        assertThat(written).isEqualTo(texts);
    }
}
