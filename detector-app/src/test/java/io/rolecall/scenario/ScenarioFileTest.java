package io.rolecall.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import io.rolecall.detection.Catalogue;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

    private static final String ROLE = "{ at: +9d, by: mallory, do: assign-app-role, app: Sync, role: Mail.Read }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ at: +9d, by: mallory, do: asign-app-role, app: Sync, role: Mail.Read } | do | 'assign-app-role'",
                "{ at: +9d, by: mallory, do: assign-app-role, app: Sync, rol: Mail.Read } | rol | 'role'",
                "{ at: +9d, by: mallory, do: assign-app-role, app: Sync } | role | is missing; 'assign-app-role' needs it",
                "{ at: +9d, do: assign-app-role, app: Sync, role: Mail.Read } | by | is missing; 'assign-app-role' needs it",
                "{ by: mallory, do: assign-app-role, app: Sync, role: Mail.Read } | at | is missing",
                "{ at: 9d, by: mallory, do: assign-app-role, app: Sync, role: Mail.Read } | at | is no time",
                "{ at: +9d, by: malory, do: assign-app-role, app: Sync, role: Mail.Read } | by | 'mallory'",
                "{ at: +9d, by: mallory, do: assign-app-role, app: Sync, role: Mail.Raed } | role | 'Mail.Read'",
                "{ at: +9d, by: mallory, do: assign-app-role, app: Sync, role: a, api: microsoft-grph } | api | 'microsoft-graph'",
                "{ at: +9d, by: mallory, do: assign-directory-role, app: Sync, role: Global Admnistrator } | role | 'Global Administrator'",
                "{ at: +9d, by: mallory, do: assign-directory-role, role: Global Administrator } | app | is missing",
                "{ at: +9d, by: mallory, do: assign-azure-role, app: Sync, role: Ownr } | role | 'Owner'",
                "{ at: +9d, by: mallory, do: reset-password, user: amin } | user | 'admin'",
                "{ at: +9d, by: mallory, do: reset-password, user: admin, from: ofice } | from | 'office'",
                "{ at: +9d, by: mallory, do: register-application, app: Sync, appId: 17 } | appId | must be a GUID",
                "{ at: +9d, do: read-mail, mailbox: mallory, log: entra } | log | logged in unified only",
                "{ at: +9d, by: nobody, do: consent, app: Sync, scopes: Mail.Read } | by | must be a person",
            })
    void a_mistake_is_told_with_its_line_its_field_and_what_was_probably_meant(
            String line, String field, String message) {
        // Given
        String file = Mistakes.file(line);

        // When
        List<Problem> problems = problems(file);

        // Then
        assertThat(problems).isNotEmpty().allMatch(problem -> problem.line() == 6);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo("cases[0].events[0]." + field);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        // Given
        String file =
                "detection: single-tenant-app-abuse\npeople: { mallory: outsid }\ncases:\n- name: one\n  events:\n"
                        + "  - { at: +9d, by: malory, do: assign-app-role, app: Sync, rol: Mail.Read }\n"
                        + "  - { at: +9, by: mallory, do: register, app: Sync }\n"
                        + "  expect: [ { app: Snc } ]\n";

        // When
        List<Problem> problems = problems(file);

        // Then
        assertThat(problems.stream().map(problem -> problem.line() + " " + last(problem.field())))
                .contains("2 mallory", "6 rol", "6 role", "6 by", "7 at", "7 do", "8 app");
        assertThat(problems).anyMatch(problem -> problem.message().contains("did you mean 'Sync'"));
    }

    @Test
    void two_ids_for_one_application_are_a_mistake() {
        // Given
        String file = Mistakes.file("{ at: +1d, by: admin, do: delete-application, app: Sync,"
                        + " appId: 11111111-1111-1111-1111-111111111111 }\n  - { at: +1d, by: admin, do: delete-application,"
                        + " app: Sync, appId: 22222222-1111-1111-1111-111111111111 }")
                .replace("expect", "expect");

        // When
        List<Problem> problems = problems(file);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.message()).contains("11111111-1111-1111-1111-111111111111");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "+0d, 2026-01-01T00:00:00",
        "+9d, 2026-01-10T00:00:00",
        "+9d4h, 2026-01-10T04:00:00",
        "+90m, 2026-01-01T01:30:00",
        "+9d 04:30, 2026-01-10T04:30:00",
        "+1d2h3m4s, 2026-01-02T02:03:04",
        "2025-06-01T12:00:00+02:00, 2025-06-01T10:00:00",
    })
    void a_time_counts_from_the_first_of_january_2026_or_is_absolute(String at, String written) {
        // Given
        String line = "at: '" + at + "', by: mallory, do: delete-application, app: Sync";

        // When
        String event = Lines.events(line).get(0);

        // Then
        assertThat(event).contains("\"time\":\"" + written + ".4321987Z\"");
    }

    @Test
    void a_line_that_is_repeated_makes_events_of_their_own() {
        // Given
        String line = "at: +1d, do: application-sign-in, app: Sync, times: 3, every: 1d";

        // When
        List<String> events = Lines.events(line);

        // Then
        assertThat(events).hasSize(3).doesNotHaveDuplicates();
        assertThat(events.get(2)).contains("2026-01-04T00:00:00");
    }

    @Test
    void the_same_lines_make_the_same_bytes() {
        // Given
        String line = "at: +1d, by: mallory, do: consent, app: Sync, scopes: [ Mail.Read ], new: true";

        // When
        List<String> first = Lines.events(line);
        List<String> second = Lines.events(line);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void ids_can_be_stated() {
        // Given
        String id = "11111111-1111-1111-1111-111111111111";

        // When
        List<String> events = Lines.events(
                "at: +1d, by: mallory, do: add-credential, app: Sync, appId: " + id + ", keyId: 2" + id.substring(1)
                        + ", correlation: 3" + id.substring(1) + ", event: Directory_mine, tenant: 4" + id.substring(1),
                "at: +2d, by: mallory, do: delete-application, app: Sync");

        // Then
        assertThat(events.get(0))
                .contains("KeyIdentifier=2" + id.substring(1), "\"correlationId\":\"3" + id.substring(1))
                .contains("\"id\":\"Directory_mine\"", "\"tenantId\":\"4" + id.substring(1));
        assertThat(events.get(1)).contains(id);
    }

    @Test
    void a_name_of_one_of_microsofts_own_applications_means_that_application() {
        // Given
        String line = "at: +1d, by: admin, do: create-service-principal, app: Graph Explorer";

        // When
        String event = Lines.events(line).get(0);

        // Then
        assertThat(event).contains("de8bc8b5-d9f9-48b1-a8ad-b748da725064");
    }

    @Test
    void an_application_has_one_app_id_and_a_principal_of_its_own_in_each_tenant() {
        // Given
        String line = "at: +1d, by: admin, do: create-service-principal, app: Sync";

        // When
        String home = Lines.events(line).get(0);
        String elsewhere = Lines.events(line + ", tenant: fabrikam").get(0);

        // Then
        assertThat(appId(elsewhere)).isEqualTo(appId(home));
        assertThat(principal(elsewhere)).isNotEqualTo(principal(home));
        assertThat(elsewhere).contains("admin@fabrikam.com");
    }

    @Test
    void what_was_before_follows_from_the_lines_before() {
        // Given
        String first = "at: +1d, by: mallory, do: add-credential, app: Sync, key: one";
        String second = "at: +2d, by: mallory, do: add-credential, app: Sync, key: two";

        // When, whatever the order of the lines
        List<String> events = Lines.events(second, first);

        // Then
        assertThat(events.get(0)).contains("oldValue\":\"[\\\"[KeyIdentifier=").contains("DisplayName=two");
        assertThat(events.get(1)).contains("oldValue\":\"[]\"").doesNotContain("DisplayName=two");
    }

    @Test
    void acts_and_raw_events_stand_beside_each_other_in_the_order_of_the_file() {
        // Given
        String file =
                Mistakes.file(ROLE + "\n  - { category: AuditLogs, operationName: Delete application }\n  - " + ROLE);

        // When
        List<CaseEvent> events = read(file).cases().get(0).events();

        // Then
        assertThat(events).hasSize(3);
        assertThat(new String(events.get(1).event(), StandardCharsets.UTF_8)).contains("Delete application");
        assertThat(events.get(1).inOtherLog()).isEmpty();
        assertThat(events.get(0).inOtherLog()).isPresent();
    }

    @Test
    void the_usual_network_stands_where_people_take_part_and_no_networks_are_named() {
        // Given
        String with = Mistakes.file(ROLE);
        String none = with.replace("  events:", "  networks: []\n  events:");
        String raw = with.replace("people: { mallory: outside, admin: office }\n", "")
                .replace("by: mallory", "by: mallory@contoso.com");

        // When, Then
        assertThat(networks(with)).isEqualTo("203.0.113.0/24 office");
        assertThat(networks(none)).isEmpty();
        assertThat(networks(raw)).isEmpty();
    }

    @Test
    void an_office_needs_a_network() {
        // Given
        String file = Mistakes.file(ROLE.replace("mallory", "admin")).replace("  events:", "  networks: []\n  events:");

        // When, Then
        assertThatThrownBy(() -> read(file)).hasMessageContaining("'office' needs an entry under 'networks'");
    }

    private static String networks(String file) {
        return read(file).cases().get(0).networks().stream()
                .map(network -> network.getCidr() + " " + network.getLabel())
                .collect(Collectors.joining());
    }

    private static String appId(String event) {
        return event.replaceAll(".*AppPrincipalId\",\"oldValue\":\"\\[]\",\"newValue\":\"\\[..([0-9a-f-]+).*", "$1");
    }

    private static String principal(String event) {
        return event.replaceAll(".*targetResources\":\\[\\{\"id\":\"([0-9a-f-]+).*", "$1");
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private static List<Problem> problems(String file) {
        ConfigurationException wrong = catchThrowableOfType(ConfigurationException.class, () -> read(file));
        return wrong == null ? List.of() : wrong.problems();
    }

    private static Scenario read(String file) {
        return ScenarioFile.read(
                "file",
                file,
                path -> {
                    throw new FileNotFoundException(path);
                },
                Catalogue.shipped());
    }
}
