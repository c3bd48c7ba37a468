package io.rolecall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.ExportedCredential;
import io.rolecall.schema.ExportedState;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryExportTest {

    private static final Instant EXPORTED = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Rejected> rejects = new ArrayList<>();
    private final InventoryExport export = new InventoryExport(rejects::add);

    private InventoryExportTest read(String text) {
        return read("export.json", text);
    }

    private InventoryExportTest read(String file, String text) {
        LogFileReader reader = LogFileReader.ofExports(1 << 20, bytes -> {});
        try {
            reader.readStream(
                    file,
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    chunk -> export.read(chunk, EXPORTED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private List<AppEvent> facts() {
        return export.facts(GraphAnswers.TENANT).values().stream()
                .map(InventoryExport.Fact::event)
                .toList();
    }

    private AppEvent fact(String objectId) {
        return Objects.requireNonNull(
                        export.facts(GraphAnswers.TENANT).get(ImportedFacts.key(GraphAnswers.TENANT, objectId)))
                .event();
    }

    private AppEvent only() {
        assertThat(facts()).hasSize(1);
        return facts().get(0);
    }

    @Test
    void an_application_is_a_registration_at_the_time_of_its_creation() {
        // Given
        String page = GraphAnswers.page("applications", GraphAnswers.application());

        // When
        read(page);

        // Then
        AppEvent fact = only();
        assertThat(fact.getSource()).isEqualTo("inventory");
        assertThat(fact.getOperation()).isEqualTo(Operations.ADD_APPLICATION);
        assertThat(fact.getOutcome()).isEqualTo("success");
        assertThat(fact.getEventTime()).isEqualTo(Instant.parse("2019-09-17T19:10:35.2742618Z"));
        assertThat(fact.getEventId()).isEqualTo("inventory:" + GraphAnswers.OBJECT_ID);
        assertThat(fact.getTenantId()).isEqualTo(GraphAnswers.TENANT);
        assertThat(fact.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(fact.getAppObjectId()).hasValue(GraphAnswers.OBJECT_ID);
        assertThat(fact.getServicePrincipalId()).isEmpty();
        assertThat(fact.getAppDisplayName()).hasValue("CRM Sync");
        assertThat(fact.getActor().getType()).isEqualTo("unknown");
        assertThat(fact.getPosition()).isEqualTo("export.json:4/0");
        assertThat(fact.getDetails())
                .hasValue(Registration.newBuilder()
                        .setTenancy("single")
                        .setRedirectUris(List.of("https://crm.contoso.com/auth", "http://localhost"))
                        .setRequestedPermissions(List.of(
                                new RequestedPermission(
                                        GraphAnswers.GRAPH, GraphAnswers.MAIL_READ_WRITE, "application"),
                                new RequestedPermission(
                                        GraphAnswers.GRAPH, "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "delegated")))
                        .setPublisherDomain("contoso.com")
                        .setExported(ExportedState.newBuilder()
                                .setCredentialsAt(EXPORTED.toEpochMilli())
                                .setCredentials(List.of(ExportedCredential.newBuilder()
                                        .setKeyId("59eaeebc-8a6b-44a6-9f24-7d55e64420c9")
                                        .setType("secret")
                                        .build()))
                                .build())
                        .build());
    }

    @Test
    void a_service_principal_tells_its_ids_and_when_it_was_added() {
        // Given
        String page = GraphAnswers.page("servicePrincipals", GraphAnswers.servicePrincipal());

        // When
        read(page);

        // Then
        assertThat(only().getOperation()).isEqualTo(Operations.ADD_SERVICE_PRINCIPAL);
        assertThat(only().getServicePrincipalId()).hasValue(GraphAnswers.PRINCIPAL_ID);
        assertThat(only().getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(only().getEventTime()).isEqualTo(Instant.parse("2019-09-17T19:10:36Z"));
        assertThat(only().getDetails())
                .hasValue(ServicePrincipalState.newBuilder()
                        .setOwnerTenantId(GraphAnswers.TENANT)
                        .setExported(ExportedState.newBuilder()
                                .setEnabledAt(EXPORTED.toEpochMilli())
                                .setEnabled(true)
                                .setCredentialsAt(EXPORTED.toEpochMilli())
                                .build())
                        .build());
    }

    @Test
    void grants_get_app_ids_and_names_from_the_service_principals_wherever_these_stand() {
        // Given
        read("roles.json", GraphAnswers.page("x", GraphAnswers.appRoleAssignment()));
        read("grants.json", "[" + GraphAnswers.permissionGrant("AllPrincipals", "null") + "]");

        // When
        read(
                "principals.json",
                GraphAnswers.servicePrincipal().replace("\n", " ") + "\n" + GraphAnswers.graphServicePrincipal());

        // Then
        assertThat(rejects).isEmpty();
        AppEvent role = fact("nNEokKkmCUiOPyD_c-LXXrlZnyWBJKxEsfTkSHW8L7A");
        assertThat(role.getOperation()).isEqualTo(Operations.ADD_APP_ROLE);
        assertThat(role.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(role.getServicePrincipalId()).hasValue(GraphAnswers.PRINCIPAL_ID);
        assertThat(role.getEventTime()).isEqualTo(Instant.parse("2021-02-15T16:39:38.2975029Z"));
        assertThat(role.getDetails())
                .hasValue(AppRole.newBuilder()
                        .setResourceAppId(GraphAnswers.GRAPH)
                        .setResourceName("Microsoft Graph")
                        .setRoleId(GraphAnswers.MAIL_READ_WRITE)
                        .setRoleValue("Mail.ReadWrite")
                        .build());
        AppEvent grant = fact("nNEokKkmCUiOPyD_c-LXXtoyzo9GEntDmc121NRne9U");
        assertThat(grant.getOperation()).isEqualTo(Operations.ADD_DELEGATED_GRANT);
        assertThat(grant.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(grant.getEventTime()).isEqualTo(EXPORTED);
        assertThat(grant.getDetails())
                .hasValue(DelegatedGrant.newBuilder()
                        .setResourceId(GraphAnswers.GRAPH_PRINCIPAL_ID)
                        .setResourceName("Microsoft Graph")
                        .setConsentType("all-principals")
                        .setScopes(List.of("Directory.ReadWrite.All", "offline_access"))
                        .setAdded(List.of("Directory.ReadWrite.All", "offline_access"))
                        .build());
    }

    @Test
    void what_powershell_writes_is_read_the_same() {
        // Given
        String principal = """
                [{"AppId": "631A96BC-A705-4EDA-9F99-FDAF9F54F6A2", "AppOwnerOrganizationId": "%s", "DisplayName": "CRM Sync",
                  "Id": "%s", "ServicePrincipalType": "Application", "SignInAudience": "AzureADMyOrg",
                  "AdditionalProperties": {"createdDateTime": "2019-09-17T19:10:36Z"}},
                 {"AppId": "%s", "DisplayName": "CRM Sync", "Id": "%s", "SignInAudience": "AzureADMyOrg",
                  "CreatedDateTime": "\\/Date(1568747436000)\\/"}]""".formatted(
                        GraphAnswers.TENANT, GraphAnswers.PRINCIPAL_ID, GraphAnswers.APP_ID, GraphAnswers.OBJECT_ID);

        // When
        read(principal);

        // Then
        assertThat(rejects).isEmpty();
        assertThat(facts())
                .extracting(AppEvent::getOperation, AppEvent::getEventTime, fact -> fact.getAppId()
                        .orElseThrow())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Operations.ADD_SERVICE_PRINCIPAL,
                                Instant.parse("2019-09-17T19:10:36Z"),
                                GraphAnswers.APP_ID),
                        org.assertj.core.groups.Tuple.tuple(
                                Operations.ADD_APPLICATION,
                                Instant.parse("2019-09-17T19:10:36Z"),
                                GraphAnswers.APP_ID));
    }

    @ParameterizedTest
    @CsvSource({
        "@odata.context, https://graph.microsoft.com/v1.0/$metadata#applications/$entity, update-application",
        "@odata.type, #microsoft.graph.servicePrincipal, update-service-principal"
    })
    void an_object_that_says_its_kind_needs_no_other_properties(String name, String value, String operation) {
        // Given
        String object = "{\"%s\":\"%s\",\"id\":\"%s\",\"appId\":\"%s\"}"
                .formatted(name, value, GraphAnswers.OBJECT_ID, GraphAnswers.APP_ID);

        // When
        read(object);

        // Then
        assertThat(only().getOperation()).isEqualTo(operation);
        assertThat(only().getEventTime()).isEqualTo(EXPORTED);
    }

    @Test
    void the_export_tells_its_tenant_by_the_owner_of_an_application_that_is_registered_in_it() {
        // Given
        read(GraphAnswers.page(
                "servicePrincipals", GraphAnswers.graphServicePrincipal(), GraphAnswers.servicePrincipal()));
        boolean knownBefore = !export.tenants().isEmpty();

        // When
        read(GraphAnswers.page("applications", GraphAnswers.application()));

        // Then
        assertThat(knownBefore).isFalse();
        assertThat(export.tenants()).containsExactly(GraphAnswers.TENANT);
    }

    @Test
    void an_exported_organisation_is_the_tenant() {
        // Given
        String page = GraphAnswers.page(
                "organization",
                "{\"id\": \"" + GraphAnswers.TENANT + "\", \"displayName\": \"Contoso\", \"verifiedDomains\": []}");

        // When
        read(page);

        // Then
        assertThat(export.tenants()).containsExactly(GraphAnswers.TENANT);
        assertThat(export.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"User", "Group"})
    void a_role_of_a_user_or_a_group_is_nothing_that_an_application_holds(String principalType) {
        // Given
        String assignment = GraphAnswers.appRoleAssignment(principalType, "7a1f0c52-93f6-4b7e-9a40-2f1f6f0b6a11");

        // When
        read(assignment.replace("\n", " "));

        // Then
        assertThat(export.passedOver()).isEqualTo(1);
        assertThat(facts()).isEmpty();
        assertThat(rejects).isEmpty();
    }

    @Test
    void a_grant_whose_application_is_not_in_the_export_is_told_with_its_place() {
        // Given
        read("roles.json", GraphAnswers.page("x", GraphAnswers.appRoleAssignment()));

        // When
        List<AppEvent> facts = facts();

        // Then
        assertThat(facts).isEmpty();
        assertThat(rejects).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.NO_IDENTITY);
            assertThat(rejected.position()).isEqualTo("roles.json:4/0");
            assertThat(rejected.message())
                    .contains(GraphAnswers.PRINCIPAL_ID)
                    .contains("import the service principals together");
        });
    }

    @Test
    void the_siblings_of_what_cannot_be_used_live() {
        // Given
        String page = GraphAnswers.page(
                "applications",
                "{\"id\": \"%s\", \"signInAudience\": \"AzureADMyOrg\", \"appId\": \"no guid\"}"
                        .formatted(GraphAnswers.OBJECT_ID),
                "{\"displayName\": \"somebody\"}",
                GraphAnswers.application().replace("2019-09-17T19:10:35.2742618Z", "last year"),
                "[7]",
                GraphAnswers.application());

        // When
        read(page + "{\"id\": \"cut");

        // Then
        assertThat(rejects)
                .extracting(Rejected::reason)
                .containsExactly(
                        Reason.NO_IDENTITY,
                        Reason.NOT_AN_EVENT,
                        Reason.BAD_TIME,
                        Reason.NOT_AN_EVENT,
                        Reason.TRUNCATED);
        assertThat(only().getAppId()).hasValue(GraphAnswers.APP_ID);
    }

    @Test
    void an_application_that_has_the_name_of_an_api_of_microsoft_does_not_pass_for_it() {
        // Given
        String impostor = GraphAnswers.servicePrincipal(
                GraphAnswers.GRAPH_PRINCIPAL_ID, GraphAnswers.OBJECT_ID, "Microsoft Graph", "null", "");
        read(GraphAnswers.page("servicePrincipals", GraphAnswers.servicePrincipal(), impostor));

        // When
        read(GraphAnswers.page("oauth2PermissionGrants", GraphAnswers.permissionGrant("AllPrincipals", "null")));

        // Then
        DelegatedGrant grant = (DelegatedGrant) facts().get(2).getDetails().orElseThrow();
        assertThat(grant.getResourceName()).isEmpty();
    }

    @Test
    void an_object_that_is_exported_twice_is_one_fact() {
        // Given
        read("monday.json", GraphAnswers.application().replace("CRM Sync", "Old"));

        // When
        read("friday.json", GraphAnswers.application());

        // Then
        assertThat(only().getAppDisplayName()).hasValue("CRM Sync");
    }

    @Property(tries = 300)
    void any_cut_or_changed_export_is_read_or_rejected(@ForAll @IntRange(max = 3_000) int place, @ForAll byte change) {
        // Given
        byte[] page = GraphAnswers.page(
                        "x",
                        GraphAnswers.application(),
                        GraphAnswers.servicePrincipal(),
                        GraphAnswers.appRoleAssignment(),
                        GraphAnswers.permissionGrant("Principal", "\"" + GraphAnswers.OBJECT_ID + "\""))
                .getBytes(StandardCharsets.UTF_8);
        page[place % page.length] = change;

        // When
        InventoryExportTest changed = new InventoryExportTest().read(new String(page, StandardCharsets.ISO_8859_1));

        // Then
        assertThat(changed.facts().size() + changed.rejects.size()).isPositive();
    }
}
