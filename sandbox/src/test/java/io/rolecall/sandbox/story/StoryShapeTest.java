package io.rolecall.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The story's events have the keys and changed properties of captured events of the same operation. */
class StoryShapeTest {

    /** An address is in some events of a kind and missing in others; so is the reason of a failure, in two places. */
    private static final Set<String> NOW_AND_THEN =
            Set.of("/callerIpAddress", "/resultDescription", "/properties/status/failureReason");

    private static final List<JsonNode> EVENTS = Story.generate(
                    StoryOptions.defaults().withNoisePerDay(60))
            .events()
            .map(event -> Json.read(event.json()))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "Add service principal, azure_active_directory_add_service_principal",
        "Add owner to application, azure_active_directory_add_owner_to_application",
        "Sign-in activity, azure_active_directory_sign_in_activity",
    })
    void a_diagnostic_record_has_the_paths_of_the_captured_one(String operation, String sample) throws IOException {
        // Given
        JsonNode captured = sample(sample);

        // When
        List<JsonNode> generated = diagnostic(operation)
                .filter(event -> event.path("category")
                        .asText()
                        .equals(captured.path("category").asText()))
                .filter(event -> !event.at("/properties/initiatedBy").has("app"))
                .toList();

        // Then
        assertThat(generated.stream().map(event -> without(paths(event))).distinct())
                .containsExactly(without(paths(captured)));
    }

    @Test
    void a_role_assignment_has_the_targets_and_properties_of_the_captured_one() throws IOException {
        // Given
        Set<String> captured =
                paths(targets(sample("azure_active_directory_add_app_role_assignment_to_service_principal")));

        // When
        List<JsonNode> generated =
                diagnostic("Add app role assignment to service principal").toList();

        // Then
        assertThat(generated.stream().map(event -> paths(targets(event))).distinct())
                .containsExactly(captured);
    }

    @Test
    void a_blocked_consent_has_the_paths_of_the_captured_one() throws IOException {
        // Given
        Set<String> captured = without(paths(sample("azure_active_directory_consent_to_application")));

        // When
        List<JsonNode> generated = diagnostic("Consent to application")
                .filter(event -> event.at("/properties/result").asText().equals("failure"))
                .toList();

        // Then
        assertThat(generated.stream().map(event -> without(paths(event))).distinct())
                .containsExactly(captured);
    }

    @Test
    void a_declaration_of_permissions_and_a_federated_trust_have_the_targets_of_the_captured_ones() throws IOException {
        // Given
        Set<String> declared = paths(targets(sample("azure_active_directory_update_application")));
        Set<String> federated =
                new TreeSet<>(paths(sample("entra_update_application_fic_0").path("targetResources")));
        federated.removeAll(Set.of("[]/userPrincipalName", "[]/groupType"));
        federated.add("[]/administrativeUnits");

        // When
        List<JsonNode> generated = diagnostic("Update application").toList();

        // Then
        assertThat(generated).extracting(event -> paths(targets(event))).contains(declared, federated);
        assertThat(generated)
                .allSatisfy(event -> assertThat(paths(targets(event))).isIn(declared, federated));
    }

    @ParameterizedTest
    @CsvSource({
        "Add delegated permission grant, log_analytics_delegated_grant",
        "Update application \u2013 Certificates and secrets management , log_analytics_application_secret",
    })
    void targets_are_those_of_the_captured_log_analytics_row(String operation, String sample) throws IOException {
        // Given
        Set<String> captured =
                paths(Json.read(sample(sample).path("TargetResources").asText()));

        // When
        List<JsonNode> generated = diagnostic("")
                .filter(event -> event.path("operationName").asText().trim().equals(operation))
                .toList();

        // Then
        assertThat(generated.stream().map(event -> paths(targets(event))).distinct())
                .containsExactly(captured);
    }

    @Test
    void a_log_analytics_row_has_no_column_that_the_captured_one_lacks() throws IOException {
        // Given
        Set<String> captured = new TreeSet<>(paths(sample("log_analytics_delegated_grant")));
        captured.add("/ResultDescription");

        // When
        List<JsonNode> rows =
                EVENTS.stream().filter(event -> event.has("AADTenantId")).toList();

        // Then
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(captured).containsAll(paths(row)));
    }

    @ParameterizedTest
    @CsvSource({
        "Add app role assignment to service principal., o365_add_app_role_assignment_to_service_principal_",
        "Add service principal., o365_add_service_principal_",
        "Consent to application., o365_consent_to_application_",
        "Add owner to application., o365_add_owner_to_application_",
        "UserLoggedIn, o365_userloggedin",
    })
    void a_unified_record_has_the_paths_of_the_captured_one(String operation, String sample) throws IOException {
        // Given
        Set<String> captured = paths(sample(sample));

        // When
        List<JsonNode> generated = unified(operation);

        // Then
        assertThat(generated.stream().map(event -> paths(event)).distinct()).containsExactly(captured);
    }

    @Test
    void a_unified_role_grant_to_a_user_has_the_paths_of_the_captured_one_without_the_address_that_later_years_lack()
            throws IOException {
        // Given
        Set<String> captured = new TreeSet<>(paths(sample("o365_add_app_role_assignment_grant_to_user_")));
        captured.removeAll(Set.of("/ActorIpAddress", "/ClientIP"));

        // When
        List<JsonNode> generated = unified("Add app role assignment grant to user.");

        // Then
        assertThat(generated.stream().map(event -> paths(event)).distinct()).containsExactly(captured);
    }

    @Test
    void a_unified_registration_has_the_paths_of_the_captured_one_but_for_the_redirect_it_has_not() throws IOException {
        // Given
        Set<String> captured = new TreeSet<>(paths(sample("o365_add_application")));
        captured.remove("/ModifiedProperties[]#AppAddress");

        // When
        List<JsonNode> generated = unified("Add application.");

        // Then
        assertThat(generated.stream().map(event -> paths(event)).distinct()).containsExactly(captured);
    }

    @Test
    void mail_read_by_an_application_has_the_paths_of_the_captured_record() throws IOException {
        // Given
        Set<String> captured = paths(sample("o365_mailitemsaccessed"));

        // When
        List<JsonNode> generated = unified("MailItemsAccessed").stream()
                .filter(event -> event.has("ClientAppId"))
                .toList();

        // Then
        assertThat(generated.stream().map(event -> paths(event)).distinct()).containsExactly(captured);
    }

    @Test
    void an_exchange_cmdlet_has_the_paths_of_the_captured_one_but_for_its_own_parameters() throws IOException {
        // Given
        Predicate<String> own = path -> path.startsWith("/Parameters[]#");
        Set<String> captured = new TreeSet<>(paths(sample("o365_new_role_group")));
        captured.removeIf(own);

        // When
        List<JsonNode> generated = unified("New-InboundConnector");

        // Then
        assertThat(generated).isNotEmpty().allSatisfy(event -> {
            Set<String> paths = new TreeSet<>(paths(event));
            paths.removeIf(own);
            assertThat(paths).isEqualTo(captured);
        });
    }

    @Test
    void an_azure_activity_has_the_paths_of_the_captured_one_but_for_its_claims() throws IOException {
        // Given
        Predicate<String> claim = path -> path.startsWith("/claims/");
        Set<String> captured = new TreeSet<>(paths(sample("azure_audit_create_or_update_an_azure_automation_account")));
        captured.removeIf(claim);

        // When
        List<JsonNode> generated =
                EVENTS.stream().filter(event -> event.has("eventDataId")).toList();

        // Then
        assertThat(generated).isNotEmpty().allSatisfy(event -> {
            Set<String> paths = new TreeSet<>(paths(event));
            paths.removeIf(claim);
            assertThat(paths).isEqualTo(captured);
        });
    }

    private static Stream<JsonNode> diagnostic(String operation) {
        return EVENTS.stream()
                .filter(event -> event.has("operationVersion")
                        && event.path("properties").has("id"))
                .filter(event -> operation.isEmpty()
                        || event.path("operationName").asText().equals(operation));
    }

    private static List<JsonNode> unified(String operation) {
        return EVENTS.stream()
                .filter(event -> event.path("Operation").asText().equals(operation))
                .filter(event -> !event.path("ResultStatus").asText().equals("Failure"))
                .toList();
    }

    private static JsonNode targets(JsonNode event) {
        return event.at("/properties/targetResources");
    }

    private static Set<String> without(Set<String> paths) {
        Set<String> rest = new TreeSet<>(paths);
        rest.removeAll(NOW_AND_THEN);
        return rest;
    }

    /** Every path of keys, and the names of named entries. */
    private static Set<String> paths(JsonNode node) {
        Set<String> paths = new TreeSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        for (JsonNode element : node.isArray() ? node : Json.array()) {
            collect(element, path + "[]", paths);
        }
        for (var field : node.properties()) {
            paths.add(path + "/" + field.getKey());
            collect(field.getValue(), path + "/" + field.getKey(), paths);
        }
        String name = node.has("newValue")
                ? node.path("displayName").asText()
                : node.path("Name").asText("");
        if (!name.isEmpty()) {
            paths.add(path + "#" + name);
        }
    }

    private static JsonNode sample(String name) throws IOException {
        try (InputStream file = StoryShapeTest.class.getResourceAsStream("/samples/" + name + ".json")) {
            return Json.read(new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
