package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import io.rolecall.detection.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyFileTest {

    private static final String APP = "11111111-2222-3333-4444-555555555555";

    static final String FULL = """
            # only what differs
            detections:
              single-tenant-app-abuse: { tenancy: any, require-external-ip: false, window: 45d, severity: high }
              consent-burst: { users: 5, ignored: [b, a, b] }
              application-consent: { enabled: false }
            organization: { domains: [Contoso.com], protected-names: [Contoso Payroll] }
            applications:
              approved: [AAAAAAAA-2222-3333-4444-555555555555]
              banned: []
            trusted-automation:
              - { servicePrincipalId: "22222222-2222-3333-4444-555555555555", networks: [build-farm], may: [rotate-credential, create-application, "grant:permissive"] }
            federation:
              trusted:
                - { issuer: "https://Token.actions.githubusercontent.com/", subject-prefix: "repo:Contoso/", networks: [office, build-farm] }
                - { issuer: "https://oidc.example.com/k8s" }
            permission-sets:
              permissive:
                add: [ { resource: microsoft-graph, value: Sites.FullControl.All } ]
                remove: [ { resource: microsoft-graph, value: User.Export.All } ]
            exceptions:
              - { id: backup-vendor, detections: [consent-burst], match: { appId: "11111111-2222-3333-4444-555555555555" }, reason: "backup", owner: "it@contoso.com", expires: 2027-03-01 }
            output: { minimum-severity: medium }
            """;

    private static Policy read(String text) {
        return PolicyFile.read("policy.yaml", text, TestCatalogue.PARAMETERS);
    }

    private static List<Problem> problemsOf(String text) {
        ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, () -> read(text));
        assertThat(thrown).as("problems of: %s", text).isNotNull();
        return thrown.problems();
    }

    @Test
    void what_the_file_says_replaces_the_defaults() {
        // Given the example of the documentation

        // When
        Policy policy = read(FULL);

        // Then
        Settings abuse = policy.settings("single-tenant-app-abuse");
        assertThat(abuse.values().get("tenancy")).isEqualTo("any");
        assertThat(abuse.values()).containsEntry("require-external-ip", false);
        assertThat(abuse.values().get("window")).isEqualTo(Duration.ofDays(45));
        assertThat(abuse.severity()).contains(Severity.HIGH);
        assertThat(abuse.values().get("permission-sets")).isEqualTo(List.of("permissive"));
        assertThat(policy.settings("consent-burst").values().get("users")).isEqualTo(5);
        assertThat(policy.settings("consent-burst").values().get("ignored")).isEqualTo(List.of("a", "b"));
        assertThat(policy.settings("application-consent").enabled()).isFalse();
        assertThat(policy.organization().domains()).containsExactly("contoso.com");
        assertThat(policy.organization().protectedNames()).containsExactly("Contoso Payroll");
        assertThat(policy.applications().approved()).containsExactly("aaaaaaaa-2222-3333-4444-555555555555");
        assertThat(policy.trustedAutomation()).singleElement().satisfies(trusted -> {
            assertThat(trusted.networks()).containsExactly("build-farm");
            assertThat(trusted.may()).containsExactly("create-application", "grant:permissive", "rotate-credential");
        });
        assertThat(policy.federation().trusted())
                .containsExactly(
                        new Policy.TrustedIssuer("https://oidc.example.com/k8s", "", List.of()),
                        new Policy.TrustedIssuer(
                                "https://token.actions.githubusercontent.com",
                                "repo:Contoso/",
                                List.of("build-farm", "office")));
        assertThat(policy.minimumSeverity()).isEqualTo(Severity.MEDIUM);
        assertThat(policy.exceptions())
                .containsExactly(new PolicyException(
                        "backup-vendor",
                        List.of("consent-burst"),
                        java.util.Map.of("appId", APP),
                        "backup",
                        "it@contoso.com",
                        Instant.parse("2027-03-01T00:00:00Z")));
    }

    @Test
    void an_empty_file_is_the_defaults() {
        // Given
        String text = "# nothing yet\n";

        // When
        Policy policy = read(text);

        // Then
        assertThat(policy).isEqualTo(PolicyFile.defaults(TestCatalogue.PARAMETERS));
        assertThat(policy.settings("single-tenant-app-abuse").values().get("window"))
                .isEqualTo(Duration.ofDays(30));
        assertThat(policy.settings("consent-burst").enabled()).isTrue();
        assertThat(policy.minimumSeverity()).isEqualTo(Severity.LOW);
    }

    @Test
    void the_defaults_of_the_products_catalogue_are_a_policy() {
        // Given the detections of the product

        // When
        Policy policy = PolicyFile.defaults(Catalogue.shipped().parameters());

        // Then
        assertThat(policy.detections())
                .containsOnlyKeys(Catalogue.shipped().parameters().keySet());
        Catalogue.shipped().parameters().forEach((id, parameters) -> assertThat(
                        policy.settings(id).values())
                .containsOnlyKeys(parameters.stream().map(Param::name).toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.rolecall.policy.PolicyMistakes#mistakes")
    void every_mistake_is_reported_with_line_field_and_what_is_allowed(List<String> mistake) {
        // Given a file with a mistake
        String text = mistake.get(0);

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.source()).isEqualTo("policy.yaml");
            assertThat(problem.line()).isEqualTo(Integer.parseInt(mistake.get(1)));
            assertThat(problem.field()).isEqualTo(mistake.get(2));
            assertThat(problem.message()).contains(mistake.get(3));
        });
    }

    @Test
    void all_mistakes_of_a_file_are_reported_at_once_in_its_order() {
        // Given
        String text = """
                detections:
                  consent-burst: { users: 0 }
                  unheard-of: {}
                output: { minimum-severity: loud }
                """;

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems).extracting(Problem::line).containsExactly(2, 3, 4);
    }

    @Test
    void an_exception_needs_all_its_fields() {
        // Given
        String text = "exceptions:\n  - { match: {} }\n";

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems)
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "exceptions[0].id",
                        "exceptions[0].detections",
                        "exceptions[0].match",
                        "exceptions[0].reason",
                        "exceptions[0].owner",
                        "exceptions[0].expires");
    }

    static List<List<String>> exceptionMistakes() {
        return List.of(
                List.of("expires: 2027-03-01", "expires: never", "is no date"),
                List.of("expires: 2027-03-01", "expires: 2027-02-30", "is no date"),
                List.of("[consent-burst]", "[consent-brust]", "did you mean 'consent-burst'?"),
                List.of("[consent-burst]", "[]", "at least one"),
                List.of("{ appId:", "{ appid:", "did you mean 'appId'?"),
                List.of("\"11111111-2222-3333-4444-555555555555\"", "'*'", "wildcard"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("exceptionMistakes")
    void a_mistake_in_an_exception_is_reported(List<String> mistake) {
        // Given
        String text = FULL.replace(mistake.get(0), mistake.get(1));

        // When
        List<Problem> problems = problemsOf(text);

        // Then
        assertThat(problems).anySatisfy(problem -> assertThat(problem.message()).contains(mistake.get(2)));
    }

    @Test
    void ids_of_exceptions_are_unique() {
        // Given
        String one = "  - { id: a, detections: [consent-burst], match: { tenantId: \"" + APP
                + "\" }, reason: r, owner: o, expires: 2027-03-01T12:00:00+02:00 }\n";

        // When
        List<Problem> problems = problemsOf("exceptions:\n" + one + one);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).contains("line 2");
        });
    }

    @Test
    void the_version_does_not_depend_on_order_format_or_comments() {
        // Given
        String one = """
                output: { minimum-severity: high }
                organization: { domains: [b.com, a.com] }
                detections: { consent-burst: { users: 4, severity: low } }
                """;
        String other = """
                # the same
                detections:
                  consent-burst:
                    severity: "low"
                    users: 4
                  application-consent:
                organization:
                  domains:
                    - a.com
                    - B.com
                    - a.com
                output:
                  minimum-severity: high
                """;

        // When
        Policy policy = read(other);

        // Then
        assertThat(policy).isEqualTo(read(one));
        assertThat(policy.version()).hasSize(32).isNotEqualTo(read("").version());
    }

    @Test
    void every_part_of_the_policy_counts_for_the_version() {
        // Given small changes, each alone
        List<String> changes = List.of(
                "",
                "detections: { consent-burst: { users: 4 } }",
                "detections: { consent-burst: { enabled: false } }",
                "detections: { consent-burst: { severity: low } }",
                "organization: { domains: [a.com] }",
                "organization: { protected-names: [a.com] }",
                "applications: { banned: [11111111-2222-3333-4444-555555555555] }",
                "applications: { approved: [11111111-2222-3333-4444-555555555555] }",
                "permission-sets: { files: { remove: [ { resource: microsoft-graph, value: Files.Read } ] } }",
                "output: { minimum-severity: high }",
                FULL,
                FULL.replace("2027-03-01", "2027-03-02"),
                FULL.replace("build-farm", "build-firm"));

        // When
        List<String> versions =
                changes.stream().map(text -> read(text).version()).toList();

        // Then
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    void a_scope_that_is_no_application_role_is_accepted_with_a_warning() {
        // Given
        String text = """
                permission-sets:
                  tier-0:
                    add:
                      - { resource: microsoft-graph, value: Files.ReadWrite, type: application }
                      - { resource: microsoft-graph, value: EWS.AccessAsUser.All }
                """;

        // When
        PolicyFile.Loaded loaded = PolicyFile.load("policy.yaml", text, TestCatalogue.PARAMETERS);

        // Then
        assertThat(loaded.warnings()).extracting(Problem::line).containsExactly(4, 5);
        assertThat(loaded.warnings()).extracting(Problem::message).allSatisfy(message -> assertThat(message)
                .containsAnyOf("never matches", "only as a delegated scope"));
    }

    @Test
    void the_scope_among_the_shipped_roles_is_no_reason_for_a_warning() {
        // Given
        String silent = "output: { minimum-severity: high }";
        String written =
                "permission-sets: { permissive: { add: [ { resource: microsoft-graph, value: Files.ReadWrite } ] } }";

        // When
        PolicyFile.Loaded shipped = PolicyFile.load("policy.yaml", silent, TestCatalogue.PARAMETERS);
        PolicyFile.Loaded named = PolicyFile.load("policy.yaml", written, TestCatalogue.PARAMETERS);

        // Then
        assertThat(shipped.warnings()).isEmpty();
        assertThat(named.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(1);
            assertThat(warning.message()).contains("Files.ReadWrite");
        });
    }

    @Test
    void the_former_name_of_the_permission_sets_is_read_as_a_list_of_one_with_a_notice() {
        // Given
        String former = "detections:\n  single-tenant-app-abuse:\n    permission-set: tier-0";
        String today = "detections: { single-tenant-app-abuse: { permission-sets: [tier-0] } }";

        // When
        PolicyFile.Loaded loaded = PolicyFile.load("policy.yaml", former, TestCatalogue.PARAMETERS);

        // Then
        assertThat(loaded.policy()).isEqualTo(read(today));
        assertThat(loaded.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.line()).isEqualTo(3);
            assertThat(warning.field()).isEqualTo("detections.single-tenant-app-abuse.permission-set");
            assertThat(warning.message()).contains("permission-sets: [tier-0]");
        });
    }

    @Test
    void permission_sets_are_a_set_whatever_their_order() {
        // Given
        String text =
                "detections: { single-tenant-app-abuse: { permission-sets: [mailbox-wide, permissive, tier-0, tier-0] } }";

        // When
        Policy policy = read(text);

        // Then
        assertThat(policy.settings("single-tenant-app-abuse").values().get("permission-sets"))
                .isEqualTo(List.of("permissive", "tier-0", "mailbox-wide"));
    }

    @Test
    void names_of_permissions_count_in_any_case() {
        // Given
        String text =
                "permission-sets: { tier-0: { add: [ { resource: microsoft-graph, value: sites.fullcontrol.ALL, type: application } ] } }";

        // When
        Policy policy = read(text);

        // Then
        assertThat(policy.permissionSets().members("tier-0"))
                .extracting(Permission::value)
                .contains("Sites.FullControl.All");
        assertThat(policy.permissionSets()
                        .contains(
                                "tier-0",
                                new Permission(
                                        Resources.MICROSOFT_GRAPH,
                                        "SITES.fullcontrol.all",
                                        Permission.Type.APPLICATION)))
                .isTrue();
    }

    @Test
    void a_pair_is_trusted_by_its_issuer_in_any_spelling_and_its_exact_prefix() {
        // Given
        Policy.Federation federation = read(FULL).federation();

        // When
        List<Boolean> trusted = Stream.of(
                        List.of("https://token.actions.githubusercontent.com", "repo:Contoso/payroll:ref:main"),
                        List.of("HTTPS://token.actions.githubusercontent.com//", "repo:Contoso/payroll"),
                        List.of("https://oidc.example.com/k8s/", "anybody"),
                        List.of("https://token.actions.githubusercontent.com", "repo:contoso/payroll:ref:main"),
                        List.of("https://token.actions.githubusercontent.com/x", "repo:Contoso/payroll:ref:main"),
                        List.of("https://oidc.example.com", "anybody"))
                .map(pair -> !federation.trusting(pair.get(0), pair.get(1)).isEmpty())
                .toList();

        // Then
        assertThat(trusted).containsExactly(true, true, true, false, false, false);
    }

    @Test
    void trust_in_everybody_on_a_shared_issuer_and_a_star_are_warned_of_at_their_line() {
        // Given
        String text = """
                federation:
                  trusted:
                    - { issuer: "https://token.actions.githubusercontent.com", subject-prefix: "" }
                    - { issuer: "https://gitlab.example.com", subject-prefix: "project_path:contoso/*" }
                """;

        // When
        PolicyFile.Loaded loaded = PolicyFile.load("policy.yaml", text, TestCatalogue.PARAMETERS);

        // Then
        assertThat(loaded.policy().federation().trusted()).hasSize(2);
        assertThat(loaded.warnings()).extracting(Problem::line).containsExactly(3, 4);
        assertThat(loaded.warnings())
                .extracting(Problem::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("everybody", "repo:contoso/"),
                        second -> assertThat(second).contains("'*'"));
    }

    @Test
    void labels_of_federation_that_no_network_has_are_named() {
        // Given
        Policy policy =
                read("federation: { trusted: [ { issuer: 'https://oidc.example.com', networks: [cluster] } ] }");

        // When
        List<String> warnings = policy.unknownNetworks(List.of("office"));

        // Then
        assertThat(warnings).singleElement().satisfies(warning -> assertThat(warning)
                .contains("'cluster'", "https://oidc.example.com"));
        assertThat(policy.unknownNetworks(List.of("cluster"))).isEmpty();
    }

    @Test
    void labels_of_trusted_automation_that_no_network_has_are_named() {
        // Given
        Policy policy = read("trusted-automation: [ { servicePrincipalId: 22222222-2222-3333-4444-555555555555,"
                + " networks: [build-farm, office], may: [assign-directory-role] } ]");

        // When
        List<String> warnings = policy.unknownNetworks(List.of("office"));

        // Then
        assertThat(warnings).singleElement().satisfies(warning -> assertThat(warning)
                .contains("'build-farm'", "22222222-2222-3333-4444-555555555555"));
        assertThat(policy.unknownNetworks(List.of("office", "build-farm"))).isEmpty();
    }

    @Test
    void a_permission_of_an_api_that_is_not_known_is_taken_as_it_stands() {
        // Given
        String text =
                "permission-sets: { tier-0: { add: [ { resource: 99999999-2222-3333-4444-555555555555, value: Do.All } ] } }";

        // When
        Policy policy = read(text);

        // Then
        assertThat(policy.permissionSets()
                        .contains(
                                "tier-0",
                                new Permission(
                                        "99999999-2222-3333-4444-555555555555", "Do.All", Permission.Type.APPLICATION)))
                .isTrue();
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_with_its_name(@TempDir Path folder) {
        // Given
        Path missing = folder.resolve("missing.yaml");

        // When
        ConfigurationException thrown = catchThrowableOfType(
                ConfigurationException.class, () -> PolicyFile.read(missing, TestCatalogue.PARAMETERS));

        // Then
        assertThat(thrown).hasMessageContaining("missing.yaml").hasMessageEndingWith("cannot be read: no such file");
    }
}
