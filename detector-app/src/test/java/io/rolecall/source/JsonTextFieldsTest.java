package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field that holds JSON as text and is cut, or is no JSON, does not pass for an empty one. */
class JsonTextFieldsTest {

    private static ObjectNode row() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("TimeGenerated", "2024-01-01T00:00:00Z")
                .put("OperationName", "Add application")
                .put("AADTenantId", "75243ab2-44f8-435c-a7a6-b479385df6d4")
                .put("Id", "e1")
                .put("Type", "AuditLogs");
    }

    private static ObjectNode activity() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("TimeGenerated", "2024-01-01T00:00:00Z")
                .put("OperationNameValue", "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE")
                .put("Caller", "a@contoso.com")
                .put("Type", "AzureActivity");
    }

    private static ObjectNode office() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("TimeGenerated", "2024-01-01T00:00:00Z")
                .put("Operation", "Add application.")
                .put("OrganizationId", "75243ab2-44f8-435c-a7a6-b479385df6d4")
                .put("Type", "OfficeActivity");
    }

    private static ObjectNode signIn() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("TimeGenerated", "2024-01-01T00:00:00Z")
                .put("OperationName", "Sign-in activity")
                .put("UserPrincipalName", "a@contoso.com")
                .put("Type", "SigninLogs");
    }

    private static ObjectNode element(String log) {
        return switch (log) {
            case "audit" -> row();
            case "activity" -> activity();
            case "office" -> office();
            default -> signIn();
        };
    }

    private static RejectedElementException rejected(ObjectNode element) {
        return catchThrowableOfType(RejectedElementException.class, () -> Decoding.all(element.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "audit, TargetResources",
        "audit, InitiatedBy",
        "audit, AdditionalDetails",
        "audit, properties",
        "activity, Properties",
        "activity, Authorization",
        "activity, Claims",
        "activity, HTTPRequest",
        "office, ModifiedProperties",
        "office, ExtendedProperties",
        "office, Actor",
        "office, AADTarget",
        "office, Parameters",
        "sign-in, Status",
        "sign-in, LocationDetails"
    })
    void a_field_that_is_cut_or_no_json_is_named(String log, String field) {
        for (String cut :
                List.of("[{\"a\": \"b", "{\"a\":", "[", "{\"a\":tru", "{\"a\":\"x\\", "\"[{\\\"a\\\": \\\"b", "\"{")) {
            // When
            RejectedElementException rejected = rejected(element(log).put(field, cut));

            // Then
            assertThat(rejected.reason()).isEqualTo(Reason.TRUNCATED);
            assertThat(rejected).hasMessageStartingWith(field + ": the text ends inside a value: ");
        }
        for (String wrong : List.of("[{'a': 'b'}]", "{\"a\":1,}", "[object Object]", "{\"a\":1}{\"a\":2}")) {
            // When
            RejectedElementException rejected = rejected(element(log).put(field, wrong));

            // Then
            assertThat(rejected.reason()).isEqualTo(Reason.INVALID_JSON);
            assertThat(rejected).hasMessageStartingWith(field + ": ");
        }
    }

    @Test
    void the_body_of_a_request_in_the_properties_is_named_with_its_path() {
        // Given
        ObjectNode element = activity();
        element.putObject("Properties").put("requestbody", "{\"properties\":{\"principalId\":\"a");

        // When
        RejectedElementException rejected = rejected(element);

        // Then
        assertThat(rejected.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(rejected).hasMessageStartingWith("properties.requestbody: ");
    }

    @Test
    void the_changes_of_a_target_are_named_with_their_path() {
        // Given
        ObjectNode element = row();
        element.putArray("TargetResources").addObject().put("modifiedProperties", "[{\"displayName\":\"AppId\",");

        // When
        RejectedElementException rejected = rejected(element);

        // Then
        assertThat(rejected.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(rejected).hasMessageStartingWith("targetResources.modifiedProperties: ");
    }

    @Test
    void targets_in_plain_text_are_no_targets() {
        // When
        RejectedElementException rejected = rejected(row().put("TargetResources", "Quarterly Export"));

        // Then
        assertThat(rejected.reason()).isEqualTo(Reason.INVALID_JSON);
        assertThat(rejected).hasMessage("TargetResources: no JSON: Quarterly Export");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "None",
                "null",
                "@{Value=Bind; Name=MailAccessType}",
                "just text",
                "\"said\" he"
            })
    void a_text_that_says_nothing_or_is_no_json_from_its_begin_is_no_error(String text)
            throws RejectedElementException {
        // When
        List<AppEvent> events =
                Decoding.all(row().put("AdditionalDetails", text).toString());

        // Then
        assertThat(events).hasSize(1);
    }

    @Test
    void a_whole_column_is_read_before_its_cut_twin() throws RejectedElementException {
        // Given
        ObjectNode element = activity().put("Claims", "{\"a\":1}").put("Claims_d", "{\"a\":");

        // When
        List<AppEvent> events = Decoding.all(element.toString());

        // Then
        assertThat(events).hasSize(1);
    }

    @Test
    void an_event_that_no_detection_needs_is_skipped_as_ever() {
        // Given
        ObjectNode element = row().put("OperationName", "Update user").put("TargetResources", "[{");
        RecordingSink sink = new RecordingSink();

        // When
        new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS)
                .decode(
                        element.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        index -> "p",
                        Decoding.REFERENCE,
                        sink);

        // Then
        assertThat(sink.calls).containsExactly("skipped");
    }
}
