package io.rolecall.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.MarkdownPage;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.Registration;
import io.rolecall.source.file.LogFileReader;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolOutputTest {

    private static final Instant EXPORTED = Instant.parse("2026-01-01T12:00:00Z");
    private static final String OWNED = GraphAnswers.OBJECT_ID + "/owner/" + HoundAnswers.OWNER_ID;
    private static final String NEXT = "https://graph.microsoft.com/v1.0/applications?$skiptoken=RFNwdAIAAQ";

    private final List<Rejected> rejects = new ArrayList<>();
    private final InventoryExport export = new InventoryExport(rejects::add);

    private ToolOutputTest read(String text) {
        return read("export.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private ToolOutputTest read(String file, byte[] bytes) {
        try {
            LogFileReader.ofExports(1 << 20, count -> {})
                    .readStream(file, new ByteArrayInputStream(bytes), chunk -> export.read(chunk, EXPORTED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private AppEvent fact(String objectId) {
        return Objects.requireNonNull(
                        export.facts(GraphAnswers.TENANT).get(ImportedFacts.key(GraphAnswers.TENANT, objectId)))
                .event();
    }

    private List<String> operations() {
        return export.facts(GraphAnswers.TENANT).values().stream()
                .map(fact -> fact.event().getOperation())
                .toList();
    }

    private static String wholeHound() {
        return HoundAnswers.file(hound().toArray(String[]::new));
    }

    private static List<String> hound() {
        return List.of(
                HoundAnswers.object("AZUser", "{\"id\": \"" + HoundAnswers.OWNER_ID + "\"}"),
                HoundAnswers.role(),
                HoundAnswers.applicationOwner(GraphAnswers.APP_ID),
                HoundAnswers.principalOwner(),
                HoundAnswers.directoryRole(GraphAnswers.PRINCIPAL_ID),
                HoundAnswers.directoryRole(HoundAnswers.OWNER_ID).replace("lAPpYvVpN0KRkAEhdxReEJ", "other"),
                HoundAnswers.grant(),
                HoundAnswers.application(),
                HoundAnswers.principal(GraphAnswers.PRINCIPAL_ID, GraphAnswers.APP_ID, "CRM Sync"),
                HoundAnswers.principal(GraphAnswers.GRAPH_PRINCIPAL_ID, GraphAnswers.GRAPH, "Microsoft Graph"));
    }

    @Test
    void what_azurehound_writes_becomes_the_facts_that_graph_tells() {
        // Given
        String file = wholeHound();

        // When
        read(file);

        // Then
        assertThat(export.facts(GraphAnswers.TENANT)).hasSize(8);
        assertThat(rejects).isEmpty();
        assertThat(export.tenants()).containsExactly(GraphAnswers.TENANT);
        AppEvent application = fact(GraphAnswers.OBJECT_ID);
        assertThat(application.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(application.getDetails()).get().isInstanceOfSatisfying(Registration.class, registration -> {
            assertThat(registration.getTenancy()).hasValue("single");
            assertThat(registration.getRedirectUris()).containsExactly("https://crm.contoso.com/auth");
        });
        AppEvent role = fact("nNEokKkmCUiOPyD");
        assertThat(role.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(role.getDetails())
                .hasValue(AppRole.newBuilder()
                        .setResourceAppId(GraphAnswers.GRAPH)
                        .setResourceName("Microsoft Graph")
                        .setRoleId(GraphAnswers.MAIL_READ_WRITE)
                        .setRoleValue("Mail.ReadWrite")
                        .build());
    }

    @Test
    void owners_and_directory_roles_are_facts_of_their_application() {
        // Given
        String file = wholeHound();

        // When
        read(file);

        // Then
        AppEvent owner = fact(OWNED);
        assertThat(owner.getOperation()).isEqualTo(Operations.ADD_OWNER_TO_APPLICATION);
        assertThat(owner.getEventId()).isEqualTo("inventory:" + OWNED);
        assertThat(owner.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(owner.getAppObjectId()).hasValue(GraphAnswers.OBJECT_ID);
        assertThat(owner.getEventTime()).isEqualTo(EXPORTED);
        assertThat(owner.getDetails()).hasValue(new OwnerChange(HoundAnswers.OWNER_ID, "diego.larsen@contoso.com"));
        AppEvent ofPrincipal = fact(GraphAnswers.PRINCIPAL_ID + "/owner/" + HoundAnswers.OWNER_ID);
        assertThat(ofPrincipal.getOperation()).isEqualTo(Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL);
        assertThat(ofPrincipal.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(ofPrincipal.getDetails()).hasValue(new OwnerChange(HoundAnswers.OWNER_ID, "Diego Larsen"));
        AppEvent role = fact("lAPpYvVpN0KRkAEhdxReEJ");
        assertThat(role.getOperation()).isEqualTo(Operations.ADD_MEMBER_TO_ROLE);
        assertThat(role.getAppId()).hasValue(GraphAnswers.APP_ID);
        assertThat(role.getDetails())
                .hasValue(DirectoryRole.newBuilder()
                        .setRoleTemplateId("62e90394-69f5-4237-9190-012177145e10")
                        .setMemberId(GraphAnswers.PRINCIPAL_ID)
                        .setMemberType("service-principal")
                        .setAssignment("active")
                        .build());
    }

    @Test
    void what_is_of_people_and_other_resources_is_passed_over_and_counted() {
        // Given
        String graph = GraphAnswers.page(
                "users", "{\"@odata.type\": \"#microsoft.graph.user\", \"id\": \"" + HoundAnswers.OWNER_ID + "\"}");

        // When
        read(wholeHound()).read(graph);

        // Then
        assertThat(rejects).isEmpty();
        assertThat(export.otherKinds()).isEqualTo(java.util.Map.of("AZUser", 1L, "user", 1L));
        assertThat(export.passedOver()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {GraphAnswers.APP_ID, GraphAnswers.OBJECT_ID})
    void an_owned_application_is_known_by_either_of_its_ids(String owned) {
        // Given
        read(HoundAnswers.file(HoundAnswers.applicationOwner(owned)));

        // When
        read(GraphAnswers.application());

        // Then
        assertThat(fact(OWNED).getAppId()).hasValue(GraphAnswers.APP_ID);
    }

    @Test
    void an_owner_of_an_application_that_is_not_in_the_import_is_told() {
        // Given
        read(HoundAnswers.file(HoundAnswers.applicationOwner(GraphAnswers.APP_ID)));

        // When
        List<String> operations = operations();

        // Then
        assertThat(operations).isEmpty();
        assertThat(rejects).singleElement().satisfies(rejected -> assertThat(rejected.message())
                .contains(GraphAnswers.APP_ID)
                .contains("import the applications together with their owners"));
    }

    @Property(tries = 100)
    void the_order_of_a_tools_objects_and_its_line_breaks_mean_nothing(@ForAll Random random, @ForAll boolean lines) {
        // Given
        List<String> objects = new ArrayList<>(hound());
        Collections.shuffle(objects, random);
        ToolOutputTest ordered = new ToolOutputTest().read(wholeHound());

        // When
        String file = lines
                ? objects.stream()
                        .map(object -> object.replace("\n", " ") + "\n")
                        .reduce("", String::concat)
                : HoundAnswers.file(objects.toArray(String[]::new)).replace("\n", " ");
        ToolOutputTest shuffled = new ToolOutputTest().read(file);

        // Then
        assertThat(shuffled.facts()).isEqualTo(ordered.facts());
        assertThat(shuffled.rejects).isEmpty();
    }

    private List<String> facts() {
        return export.facts(GraphAnswers.TENANT).values().stream()
                .map(fact -> io.rolecall.event.AvroJson.toLine(
                        AppEvent.newBuilder(fact.event()).setPosition("").build()))
                .sorted()
                .toList();
    }

    @Test
    void answers_of_a_batch_and_what_was_expanded_are_read() {
        // Given
        String principal = GraphAnswers.servicePrincipal()
                .replaceFirst(
                        "\\{",
                        "{\"appRoleAssignments\": [" + GraphAnswers.appRoleAssignment() + "], \"owners\": [{\"id\": \""
                                + HoundAnswers.OWNER_ID + "\", \"userPrincipalName\": \"diego.larsen@contoso.com\"}],");
        String batch = """
                {"responses": [
                  {"id": "1", "status": 200, "headers": {}, "body": {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals", "value": [%s]}},
                  {"id": "2", "status": 200, "body": %s},
                  {"id": "3", "status": 403, "body": {"error": {"code": "Authorization_RequestDenied", "message": "no"}}}]}""".formatted(principal, GraphAnswers.graphServicePrincipal());

        // When
        read(batch);

        // Then
        assertThat(operations())
                .containsExactlyInAnyOrder(
                        Operations.ADD_SERVICE_PRINCIPAL,
                        Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL,
                        Operations.ADD_APP_ROLE,
                        Operations.ADD_SERVICE_PRINCIPAL);
        assertThat(rejects).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(Reason.NOT_AN_EVENT);
            assertThat(rejected.message()).contains("Authorization_RequestDenied");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void powershell_writes_with_a_byte_order_mark_and_cuts_what_lies_deep(String encoding) {
        // Given
        String text = "\uFEFF" + """
                [{"AppId": "%s", "Id": "%s", "DisplayName": "CRM Sync", "SignInAudience": "AzureADMyOrg",
                  "CreatedDateTime": "2019-09-17T19:10:35Z", "Owners": null, "PasswordCredentials": [],
                  "RequiredResourceAccess": ["Microsoft.Graph.PowerShell.Models.MicrosoftGraphRequiredResourceAccess"],
                  "Spa": "Microsoft.Graph.PowerShell.Models.MicrosoftGraphSpaApplication",
                  "Web": {"RedirectUris": "https://crm.contoso.com/auth https://crm.contoso.com/done"},
                  "PublicClient": {"RedirectUris": {"value": ["http://localhost"], "Count": 1}},
                  "Notes": "@{not cut}"}]""".formatted(GraphAnswers.APP_ID, GraphAnswers.OBJECT_ID);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(Charset.forName(encoding)));

        // When
        read("applications.json", bytes.toByteArray());

        // Then
        assertThat(rejects).isEmpty();
        assertThat(fact(GraphAnswers.OBJECT_ID).getDetails())
                .get()
                .isInstanceOfSatisfying(Registration.class, registration -> assertThat(registration.getRedirectUris())
                        .containsExactly(
                                "https://crm.contoso.com/auth", "https://crm.contoso.com/done", "http://localhost"));
        assertThat(export.gaps()).anySatisfy(gap -> assertThat(gap)
                .startsWith("ConvertTo-Json has cut requiredResourceAccess (1), spa (1): ")
                .contains("Get-MgApplication -All | ConvertTo-Json -Depth 8"));
    }

    @Test
    void a_page_that_names_a_next_one_is_told_unless_that_is_there() {
        // Given
        String first = GraphAnswers.page("applications", GraphAnswers.application())
                .replace("\"value\"", "\"@odata.nextLink\": \"" + NEXT + "\", \"value\"");
        String last = GraphAnswers.page("applications");

        // When
        List<String> alone = new ToolOutputTest().read(first).export.gaps();
        List<String> both = new ToolOutputTest().read(first + last).export.gaps();
        List<String> inFiles = new ToolOutputTest()
                .read(first)
                .read("more.json", last.getBytes(StandardCharsets.UTF_8))
                .export
                .gaps();

        // Then
        assertThat(alone).anySatisfy(gap -> assertThat(gap)
                .isEqualTo("the pages after export.json:1/0: az rest --url '" + NEXT + "' > export/more-1.json"));
        assertThat(Stream.concat(both.stream(), inFiles.stream())).noneMatch(gap -> gap.contains("the pages after"));
    }

    @Test
    void a_next_page_is_noticed_wherever_it_stands_in_the_page() {
        // Given
        String page = "{\"value\": [" + GraphAnswers.application() + "], \"@odata.nextLink\": \"" + NEXT
                + "\", \"@odata.context\": \"https://graph.microsoft.com/v1.0/$metadata#applications\"}";

        // When
        read(page);

        // Then
        assertThat(operations()).containsExactly(Operations.ADD_APPLICATION);
        assertThat(rejects).isEmpty();
        assertThat(export.gaps()).anyMatch(gap -> gap.contains(NEXT));
    }

    @Test
    void pages_in_an_array_tell_of_their_next_ones_too() {
        // Given
        String page = GraphAnswers.page("applications", GraphAnswers.application());
        String first = page.replace("\"value\"", "\"@odata.nextLink\": \"" + NEXT + "\", \"value\"");

        // When
        List<String> whole =
                new ToolOutputTest().read("[" + first + "," + page + "]").export.gaps();
        read("[" + page + "," + first + "]");

        // Then
        assertThat(whole).noneMatch(gap -> gap.contains(NEXT));
        assertThat(export.gaps()).anyMatch(gap -> gap.contains(NEXT));
        assertThat(operations()).containsExactly(Operations.ADD_APPLICATION);
        assertThat(rejects).isEmpty();
    }

    @Test
    void a_page_of_another_apis_roles_does_not_end_those_of_the_first() {
        // Given
        String context = "appRoleAssignments";
        String next = "https://graph.microsoft.com/v1.0/servicePrincipals/" + GraphAnswers.GRAPH_PRINCIPAL_ID
                + "/appRoleAssignedTo?$skiptoken=x'; touch bad '";
        String first = GraphAnswers.page(context, GraphAnswers.appRoleAssignment())
                .replace("\"value\"", "\"@odata.nextLink\": \"" + next + "\", \"value\"");
        String other = GraphAnswers.page(
                context,
                GraphAnswers.appRoleAssignment().replace(GraphAnswers.GRAPH_PRINCIPAL_ID, HoundAnswers.OWNER_ID));

        // When
        read(first + other);

        // Then
        assertThat(export.gaps())
                .filteredOn(gap -> gap.contains("the pages after"))
                .singleElement()
                .satisfies(gap -> assertThat(gap).contains("skiptoken=x%27; touch bad %27'"));
    }

    @Test
    void what_a_full_audit_lacks_is_told_with_the_command_that_gets_it() {
        // Given
        read(GraphAnswers.page("applications", GraphAnswers.application()));

        // When
        List<String> gaps = export.gaps();

        // Then
        assertThat(gaps)
                .extracting(gap -> gap.substring(0, gap.indexOf(':')))
                .containsExactly(
                        "service principals",
                        "owners of applications",
                        "owners of service principals",
                        "application permissions held (app role assignments)",
                        "delegated permissions held (oauth2PermissionGrants)",
                        "directory roles held");
        assertThat(gaps)
                .contains(
                        "delegated permissions held (oauth2PermissionGrants): az rest --url"
                                + " \"https://graph.microsoft.com/v1.0/oauth2PermissionGrants?\\$top=999\" > export/grants.json");
    }

    @Test
    void every_command_that_gets_what_is_missing_stands_in_the_documentation() {
        // Given
        String page = MarkdownPage.all().stream()
                .filter(each -> each.name().equals("docs/inventory.md"))
                .map(MarkdownPage::text)
                .findFirst()
                .orElseThrow();

        // When
        List<String> commands = Stream.of(AuditCoverage.Part.values())
                .flatMap(part -> Stream.of(part.command().split("; (?=az )")))
                .toList();

        // Then
        assertThat(commands).hasSize(10).allSatisfy(command -> assertThat(page).contains("    " + command + "\n"));
    }

    @Test
    void nothing_is_missing_where_everything_was_asked_for_and_some_of_it_is_empty() {
        // Given
        String application = GraphAnswers.application().replaceFirst("\\{", "{\"owners\": [],");
        String principal = GraphAnswers.servicePrincipal().replaceFirst("\\{", "{\"owners\": [],");

        // When
        read(application
                + principal
                + GraphAnswers.page("appRoleAssignments")
                + GraphAnswers.page("oauth2PermissionGrants")
                + GraphAnswers.page("roleManagement/directory/roleAssignments"));

        // Then
        assertThat(export.gaps()).isEmpty();
        assertThat(rejects).isEmpty();
    }

    @Test
    void an_application_without_credentials_and_addresses_in_its_export_is_told() {
        // Given
        String cut = "{\"id\": \"%s\", \"appId\": \"%s\", \"signInAudience\": \"AzureADMyOrg\"}"
                .formatted(GraphAnswers.OBJECT_ID, GraphAnswers.APP_ID);

        // When
        read(cut);

        // Then
        assertThat(export.gaps())
                .anyMatch(gap -> gap.startsWith("secrets and certificates of applications"))
                .anyMatch(gap -> gap.startsWith("redirect addresses of applications"));
    }
}
