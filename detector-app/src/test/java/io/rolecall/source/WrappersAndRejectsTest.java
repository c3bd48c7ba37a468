package io.rolecall.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappersAndRejectsTest {

    private static final String EVENT = Decoding.sample(
            "splunk_security_content/azure_active_directory_add_app_role_assignment_to_service_principal.json");
    private static final EventDecoder SKIPPING = new EventDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS);

    private static String wrapped(String key, String inner) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return node.put(key, inner).toString();
    }

    private static AppEvent bare(AppEvent event) {
        event.setEnvelope("");
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "_raw, _raw/diagnostic",
        "message, message/diagnostic",
        "AuditData, AuditData/diagnostic",
        "event.original, event.original/diagnostic"
    })
    void a_wrapper_changes_nothing_but_the_envelope(String key, String envelope) {
        // When
        AppEvent event = Decoding.one(wrapped(key, EVENT));

        // Then
        assertThat(event.getEnvelope()).isEqualTo(envelope);
        assertThat(bare(event)).isEqualTo(bare(Decoding.one(EVENT)));
    }

    @Test
    void an_original_nested_twice_is_unwrapped_twice() {
        // Given
        ObjectNode inner = JsonNodeFactory.instance.objectNode();
        inner.putObject("event").put("original", EVENT);
        ObjectNode outer = JsonNodeFactory.instance.objectNode();
        outer.putObject("event").put("original", inner.toString());

        // When
        AppEvent event = Decoding.one(outer.toString());

        // Then
        assertThat(event.getEnvelope()).isEqualTo("event.original/event.original/diagnostic");
        assertThat(bare(event)).isEqualTo(bare(Decoding.one(EVENT)));
    }

    @Test
    void an_event_encoded_as_a_string_is_read() throws RejectedElementException {
        // Given
        JsonNode element = TextNode.valueOf(EVENT);

        // When
        List<AppEvent> events = SKIPPING.decode(element, "p", Decoding.REFERENCE);

        // Then
        assertThat(events).extracting(AppEvent::getEnvelope).containsExactly("string/diagnostic");
    }

    @Test
    void fields_that_elastic_took_apart_are_put_together_again() {
        // Given
        String element = """
                {"@timestamp":"2024-01-01T00:00:00.000Z","source":{"ip":"203.0.113.9"},"azure":{
                 "correlation_id":"ed53faec-49b5-444f-b6af-b928558ca433","tenant_id":"75243ab2-44f8-435c-a7a6-b479385df6d4",
                 "auditlogs":{"operation_name":"Add application","properties":{"result":"success",
                 "initiated_by":{"user":{"userPrincipalName":"a@contoso.com"}},
                 "target_resources":{"0":{"id":"bb2479d8-5e89-4480-bb7e-3178d5a5d469","type":"Application",
                 "modified_properties":{"0":{"display_name":"AvailableToOtherTenants","new_value":"[false]"}}}}}}}}
                """;

        // When
        AppEvent event = Decoding.one(element);

        // Then
        assertThat(event.getEnvelope()).isEqualTo("ecs/diagnostic");
        assertThat(event.getActor().getIp()).contains("203.0.113.9");
        assertThat(event.getAppObjectId()).contains("bb2479d8-5e89-4480-bb7e-3178d5a5d469");
        assertThat(Decoding.details(event, io.rolecall.schema.Registration.class)
                        .getTenancy())
                .contains("single");
    }

    @Test
    void an_empty_audit_data_leaves_the_other_columns() {
        // When
        AppEvent event = Decoding.one("""
                {"RecordType":"AzureActiveDirectory","CreationDate":"6/3/2023 8:13:00 AM","UserIds":"a@contoso.com",
                 "Operations":"Add application.","AuditData":"","Identity":"7627a837-18de-44fb-1e94-08db640a589c"}
                """);

        // Then
        assertThat(event.getOperation()).isEqualTo("add-application");
        assertThat(event.getEventId()).isEqualTo("7627a837-18de-44fb-1e94-08db640a589c");
        assertThat(event.getActor().getName()).contains("a@contoso.com");
    }

    @Test
    void the_value_of_a_translated_operation_overrides_the_translation() {
        // When
        AppEvent event = Decoding.one("""
                {"OperationName":"Create role assignment","TimeGenerated":"2024-01-01T00:00:00Z","Caller":"a@contoso.com",
                 "OperationNameValue":"MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE","ActivityStatusValue":"Success"}
                """);

        // Then
        assertThat(event.getOperation()).isEqualTo("microsoft-authorization-roleassignments-write");
        assertThat(event.getSource()).isEqualTo("azure-activity");
    }

    @Test
    void the_id_of_an_event_without_one_does_not_depend_on_the_order_of_its_keys() {
        // Given
        String one = "{\"operationName\":\"Add user\",\"time\":\"2024-01-01T00:00:00Z\",\"tenantId\":\"t\"}";
        String other = "{\"tenantId\":\"t\",\"time\":\"2024-01-01T00:00:00Z\",\"operationName\":\"Add user\"}";

        // When
        String id = Decoding.one(one).getEventId();

        // Then
        assertThat(id).matches("x-[0-9a-f]{32}").isEqualTo(Decoding.one(other).getEventId());
    }

    @Test
    void what_no_detection_needs_is_empty_unless_everything_is_asked_for() throws RejectedElementException {
        // Given
        JsonNode element = Decoding.parse(
                "{\"operationName\":\"Change password\",\"time\":\"2024-01-01T00:00:00Z\",\"tenantId\":\"t\"}");

        // When
        List<AppEvent> events = SKIPPING.decode(element, "p", Decoding.REFERENCE);

        // Then
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"microsoft-storage-storageaccounts-delete", "publish", "sign-in", "send", "add-application"})
    void the_catalogue_needs_deletions_wrappers_and_its_named_operations(String operation) {
        // When
        boolean needed = Needed.BY_DETECTIONS.needed(operation);

        // Then
        assertThat(needed).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|NOT_AN_EVENT",
                "7|NOT_AN_EVENT",
                "[]|NOT_AN_EVENT",
                "\"plain\"|NOT_AN_EVENT",
                "{\"foo\":1}|NOT_AN_EVENT",
                "{\"operationName\":7,\"time\":\"2024-01-01T00:00:00Z\"}|NOT_AN_EVENT",
                "{\"operationName\":\"Add application\",\"foo\":1}|MISSING_TIME",
                "{\"operationName\":\"Add application\"}|MISSING_TIME",
                "{\"Operation\":\"Add application.\"}|MISSING_TIME",
                "{\"operationName\":\"Reboot\"}|NOT_AN_EVENT",
                "{\"operationName\":\"...\",\"time\":\"2024-01-01T00:00:00Z\",\"tenantId\":\"t\"}|NOT_AN_EVENT",
                "{\"operationName\":\"Add application\",\"@timestamp\":\"2024-01-01T00:00:00Z\"}|NO_IDENTITY",
                "{\"_raw\":\"{broken\"}|INVALID_JSON",
                "{\"AuditData\":\"{\\\"Operation\\\":\\\"Add appl\"}|TRUNCATED",
                "{\"_raw\":\"[7,{}]\"}|NOT_AN_EVENT",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\"}|MISSING_TIME",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":\"\"}|MISSING_TIME",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":\"soon\"}|BAD_TIME",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":{}}|BAD_TIME",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":\"0001-01-01T00:00:00\"}|BAD_TIME",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":\"2026-01-01T01:00:01Z\"}|FUTURE",
                "{\"operationName\":\"Add application\",\"tenantId\":\"t\",\"time\":\"9999-12-31T23:59:59Z\"}|FUTURE",
                "{\"operationName\":\"Add application\",\"time\":\"2024-01-01T00:00:00Z\"}|NO_IDENTITY"
            })
    void an_element_that_is_no_event_is_rejected_with_its_reason(String element, Reason reason) {
        // When
        RejectedElementException rejected =
                catchThrowableOfType(RejectedElementException.class, () -> Decoding.all(element));

        // Then
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.getMessage()).isNotBlank().hasSizeLessThan(200);
    }

    @Test
    void the_good_events_of_a_wrapper_live_when_others_are_bad() {
        // Given
        String late = "{\"operationName\":\"Add user\",\"time\":\"2030-01-01T00:00:00Z\",\"tenantId\":\"t\"}";
        String element = wrapped("_raw", "[" + EVENT + ",7," + EVENT + "," + late + ",\"{cut\"]");

        // When
        RejectedElementException rejected =
                catchThrowableOfType(RejectedElementException.class, () -> Decoding.all(element));

        // Then
        assertThat(rejected.siblings()).hasSize(2);
        assertThat(rejected.reason()).isEqualTo(Reason.NOT_AN_EVENT);
        assertThat(rejected).hasMessageStartingWith("3 of 5 in a wrapper: ");
    }

    @Test
    void a_wrapper_of_good_and_bad_events_is_told_twice_under_one_position() {
        // Given
        String element = wrapped("_raw", "[" + EVENT + ",7]");
        RecordingSink sink = new RecordingSink();

        // When
        new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS)
                .decode((element + "\n{}").getBytes(UTF_8), index -> "p" + index, Decoding.REFERENCE, sink);

        // Then
        assertThat(sink.calls).containsExactly("decoded", "not-an-event", "not-an-event");
        assertThat(sink.rejected).extracting(Rejected::position).containsExactly("p0", "p1");
    }

    @Test
    void several_records_in_one_text_are_several_events() throws RejectedElementException {
        // Given
        String element = wrapped("_raw", EVENT + "\n" + EVENT);

        // When
        List<AppEvent> events = Decoding.all(element);

        // Then
        assertThat(events).hasSize(2).extracting(AppEvent::getEnvelope).containsOnly("_raw/diagnostic");
    }

    @ParameterizedTest
    @CsvSource({
        "data, data/diagnostic",
        "body, body/diagnostic",
        "payload, payload/diagnostic",
        "event, event/diagnostic"
    })
    void an_object_that_holds_nothing_but_an_event_is_opened(String key, String envelope) {
        // Given
        ObjectNode element = JsonNodeFactory.instance.objectNode().put("id", 7);
        element.set(key, Decoding.parse(EVENT));

        // When
        AppEvent event = Decoding.one(element.toString());

        // Then
        assertThat(event.getEnvelope()).isEqualTo(envelope);
        assertThat(bare(event)).isEqualTo(bare(Decoding.one(EVENT)));
    }

    @Test
    void the_first_of_equal_keys_counts_in_a_text_too() {
        // Given
        String element = wrapped("_raw", EVENT.replaceFirst("\\{", "{\"operationName\":\"Add user\","));

        // When
        AppEvent event = Decoding.one(element);

        // Then
        assertThat(event.getOperation()).isEqualTo("add-user");
    }

    @Test
    void a_hunting_record_without_the_raw_event_is_read_by_its_columns() {
        // When
        AppEvent event = Decoding.one("""
                {"time":"2024-01-01T00:00:05Z","tenantId":"75243ab2-44f8-435c-a7a6-b479385df6d4","operationName":"Publish",
                 "category":"AdvancedHunting-CloudAppEvents","properties":{"Timestamp":"2024-01-01T00:00:00Z",
                 "ActionType":"Consent to application.","ApplicationId":11161,"RawEventData":null,
                 "AccountObjectId":"3bd47e42-37c9-442f-a2b4-f04de61ef0ce","ReportId":"r1"}}
                """);

        // Then
        assertThat(event.getOperation()).isEqualTo("consent-to-application");
        assertThat(event.getEventTime()).hasToString("2024-01-01T00:00:00Z");
        assertThat(event.getActor().getId()).contains("3bd47e42-37c9-442f-a2b4-f04de61ef0ce");
    }

    @Test
    void wrappers_without_end_are_too_deep() {
        // Given
        String element = EVENT;
        for (int i = 0; i < 8; i++) {
            element = wrapped("_raw", element);
        }
        String wrapped = element;

        // When
        RejectedElementException rejected =
                catchThrowableOfType(RejectedElementException.class, () -> Decoding.all(wrapped));

        // Then
        assertThat(rejected.reason()).isEqualTo(Reason.TOO_DEEP);
    }
}
