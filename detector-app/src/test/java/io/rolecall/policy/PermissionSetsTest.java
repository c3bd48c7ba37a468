package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionSetsTest {

    private static final PermissionSets SHIPPED =
            PolicyFile.defaults(TestCatalogue.PARAMETERS).permissionSets();

    private static Permission graph(String value, Permission.Type type) {
        return new Permission(Resources.MICROSOFT_GRAPH, value, type);
    }

    @Test
    void the_permissive_set_is_the_missions_ten_roles() {
        // Given the shipped sets

        // When
        Set<Permission> permissive = SHIPPED.sets().getOrDefault("permissive", Set.of());

        // Then
        List<String> ten = List.of(
                "Mail.Read",
                "Mail.ReadWrite",
                "Files.Read.All",
                "Files.ReadWrite",
                "Domain.ReadWrite.All",
                "User.ReadWrite.All",
                "Directory.ReadWrite.All",
                "Files.ReadWrite.All",
                "Group.ReadWrite.All",
                "User.Export.All");
        assertThat(permissive)
                .allMatch(permission -> permission.resourceAppId().equals(Resources.MICROSOFT_GRAPH))
                .extracting(Permission::value)
                .hasSameElementsAs(ten);
        assertThat(ten).allSatisfy(name -> assertThat(permissive)
                .contains(graph(name, Permission.Type.APPLICATION), graph(name, Permission.Type.DELEGATED)));
    }

    @ParameterizedTest(name = "{2} of {1} in {0}: {3}")
    @CsvSource({
        "permissive, microsoft-graph, Mail.ReadBasic, false",
        "permissive, microsoft-graph, Mail.ReadBasic.All, false",
        "permissive, exchange-online, Mail.Read, false",
        "permissive, microsoft-graph, mail.read, true",
        "tier-0, microsoft-graph, RoleManagement.ReadWrite.Directory, true",
        "tier-0, microsoft-graph, AppRoleAssignment.ReadWrite.All, true",
        "tier-0, microsoft-graph, Application.ReadWrite.All, true",
        "tier-0, microsoft-graph, Application.ReadWrite.OwnedBy, true",
        "tier-0, microsoft-graph, Directory.ReadWrite.All, true",
        "tier-0, microsoft-graph, Domain.ReadWrite.All, true",
        "tier-0, microsoft-graph, Policy.ReadWrite.PermissionGrant, true",
        "tier-0, microsoft-graph, Policy.ReadWrite.ConditionalAccess, true",
        "tier-0, microsoft-graph, Policy.ReadWrite.AuthenticationMethod, true",
        "tier-0, microsoft-graph, PrivilegedAccess.ReadWrite.AzureAD, true",
        "tier-0, microsoft-graph, PrivilegedAccess.ReadWrite.AzureADGroup, true",
        "tier-0, microsoft-graph, PrivilegedAccess.ReadWrite.AzureResources, true",
        "tier-0, microsoft-graph, UserAuthenticationMethod.ReadWrite.All, true",
        "tier-0, microsoft-graph, Synchronization.ReadWrite.All, true",
        "tier-0, microsoft-graph, User.Read.All, false",
        "tier-0, microsoft-graph, Mail.ReadWrite, false",
        "mailbox-wide, exchange-online, full_access_as_app, true",
        "mailbox-wide, exchange-online, Exchange.ManageAsApp, true",
        "mailbox-wide, exchange-online, SMTP.SendAsApp, true",
        "mailbox-wide, exchange-online, Mail.Read, false",
        "mailbox-wide, microsoft-graph, Mail.Send, true",
        "mailbox-wide, microsoft-graph, Mail.ReadBasic.All, false",
        "mailbox-wide, microsoft-graph, MailboxSettings.ReadWrite, true",
        "mailbox-read-basic, microsoft-graph, Mail.ReadBasic, true",
        "mailbox-read-basic, microsoft-graph, Mail.ReadBasic.All, true",
        "mailbox-read-basic, microsoft-graph, MailboxSettings.Read, true",
        "mailbox-read-basic, microsoft-graph, MailboxFolder.Read.All, true",
        "mailbox-read-basic, microsoft-graph, Mail.Read, false",
        "mailbox-read-basic, exchange-online, MailboxSettings.Read, false",
        "risky-scopes, microsoft-graph, Mail.Read, false",
    })
    void application_roles_are_in_a_set_by_exact_name_and_api(String set, String api, String value, boolean expected) {
        // Given
        Permission permission = new Permission(Resources.appId(api).orElseThrow(), value, Permission.Type.APPLICATION);

        // When
        boolean contained = SHIPPED.contains(set, permission);

        // Then
        assertThat(contained).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "mail, Mail.Read, true",
        "mail, Mail.ReadWrite.Shared, true",
        "mail, MailboxSettings.ReadWrite, true",
        "mail, EWS.AccessAsUser.All, true",
        "mail, Mail.ReadBasic, false",
        "mail, User.Read, false",
        "files, Files.ReadWrite, true",
        "files, Sites.Read.All, true",
        "files, Files.ReadWrite.AppFolder, false",
        "tier-0, Directory.ReadWrite.All, false",
        "risky-scopes, Mail.Read, true",
        "risky-scopes, Files.ReadWrite, true",
        "risky-scopes, User.ReadWrite.All, true",
        "risky-scopes, RoleManagement.ReadWrite.Directory, true",
        "risky-scopes, Directory.AccessAsUser.All, true",
        "risky-scopes, User.Read, false",
        "risky-scopes, offline_access, false",
        "risky-scopes, Directory.Read.All, false",
    })
    void scopes_are_in_a_set_by_exact_name(String set, String value, boolean expected) {
        // Given
        Permission scope = graph(value, Permission.Type.DELEGATED);

        // When
        boolean contained = SHIPPED.contains(set, scope);

        // Then
        assertThat(contained).isEqualTo(expected);
    }

    @Test
    void risky_scopes_are_the_scopes_of_the_other_sets_and_the_namesakes_of_their_roles() {
        // Given
        Stream<Permission> scopes = Stream.of("mail", "files", "permissive")
                .flatMap(set -> SHIPPED.members(set).stream())
                .filter(permission -> permission.type() == Permission.Type.DELEGATED);
        Stream<Permission> namesakes = Stream.of("tier-0", "mailbox-wide")
                .flatMap(set -> SHIPPED.members(set).stream())
                .map(role -> new Permission(role.resourceAppId(), role.value(), Permission.Type.DELEGATED))
                .filter(PermissionNames::exists);
        Stream<Permission> likeTheUser = Stream.of("microsoft-graph", "azure-ad-graph")
                .map(api -> new Permission(
                        Resources.appId(api).orElseThrow(), "Directory.AccessAsUser.All", Permission.Type.DELEGATED));

        // When
        List<Permission> risky = SHIPPED.members("risky-scopes");

        // Then
        assertThat(risky)
                .hasSameElementsAs(Stream.of(scopes, namesakes, likeTheUser)
                        .flatMap(all -> all)
                        .toList());
    }

    @Test
    void every_shipped_member_exists_except_the_one_the_mission_names() {
        // Given the shipped sets

        // When
        List<Permission> unknown = SHIPPED.sets().values().stream()
                .flatMap(Set::stream)
                .distinct()
                .filter(permission -> !PermissionNames.exists(permission))
                .toList();

        // Then
        assertThat(unknown).containsExactly(graph("Files.ReadWrite", Permission.Type.APPLICATION));
    }

    @Test
    void every_shipped_member_cites_its_source() {
        // Given the shipped table

        // When
        List<String> sources = ReferenceData.rows("policy/permission-sets.csv").stream()
                .map(row -> ReferenceData.column(row, "source"))
                .toList();

        // Then
        assertThat(sources).isNotEmpty().allMatch(source -> source.startsWith("https://"));
    }

    @ParameterizedTest(name = "{0} {1} {2} is {3}")
    @CsvSource({
        "microsoft-graph, APPLICATION, E2A3A72E-5F79-4C64-B1B1-878B674786C9, Mail.ReadWrite",
        "microsoft-graph, DELEGATED, 024d486e-b451-40bb-833d-3e66d98c5c73, Mail.ReadWrite",
        "microsoft-graph, APPLICATION, 405a51b5-8d8d-430b-9842-8be4b0e9f324, User.Export.All",
        "microsoft-graph, DELEGATED, 405a51b5-8d8d-430b-9842-8be4b0e9f324, User.Export.All",
        "microsoft-graph, DELEGATED, e2a3a72e-5f79-4c64-b1b1-878b674786c9, ''",
        "exchange-online, APPLICATION, dc890d15-9560-4a4c-9b7f-a736ec74ec40, full_access_as_app",
        "exchange-online, APPLICATION, dc50a0fb-09a3-484d-be87-e023b12c6440, Exchange.ManageAsApp",
        "microsoft-graph, APPLICATION, dc890d15-9560-4a4c-9b7f-a736ec74ec40, ''",
    })
    void a_permission_is_named_by_api_type_and_id(String api, Permission.Type type, String id, String expected) {
        // Given
        String appId = Resources.appId(api).orElseThrow();

        // When
        String value = PermissionNames.value(appId, type, id).orElse("");

        // Then
        assertThat(value).isEqualTo(expected);
    }

    @Test
    void an_id_is_found_by_name_and_absent_where_it_is_not_published() {
        // Given
        Permission scope = graph("Files.ReadWrite", Permission.Type.DELEGATED);
        Permission unpublished =
                new Permission(Resources.EXCHANGE_ONLINE, "SMTP.SendAsApp", Permission.Type.APPLICATION);

        // When
        List<String> ids = List.of(
                PermissionNames.id(scope).orElse("none"),
                PermissionNames.id(unpublished).orElse("none"));

        // Then
        assertThat(ids).containsExactly("5c28f0bf-8a70-41f1-8ab2-9032436ddb65", "none");
    }

    @Test
    void the_apis_are_known_by_each_of_their_names() {
        // Given the short names

        // When
        List<String> names = Resources.shortNames();

        // Then
        assertThat(names).hasSize(5).allSatisfy(name -> {
            String appId = Resources.appId(name).orElseThrow();
            assertThat(Resources.shortName(appId.toUpperCase(java.util.Locale.ROOT)))
                    .contains(name);
            String displayName = Resources.displayName(appId).orElseThrow();
            assertThat(Resources.appIdOfDisplayName(displayName)).contains(appId);
        });
        assertThat(Resources.appId("graph")).isEmpty();
        assertThat(Resources.appIdOfDisplayName("microsoft graph")).contains(Resources.MICROSOFT_GRAPH);
    }

    @Test
    void microsofts_own_applications_are_known_by_their_ids_and_owners() {
        // Given
        String graph = "00000003-0000-0000-C000-000000000000";

        // When
        boolean firstParty = MicrosoftApps.isFirstParty(graph);

        // Then
        assertThat(firstParty).isTrue();
        assertThat(MicrosoftApps.name(graph)).contains("Microsoft Graph");
        assertThat(MicrosoftApps.isFirstParty("11111111-2222-3333-4444-555555555555"))
                .isFalse();
        assertThat(MicrosoftApps.isOwner("F8CDEF31-a31e-4b4a-93e4-5f571e91255a"))
                .isTrue();
        assertThat(MicrosoftApps.isOwner("11111111-2222-3333-4444-555555555555"))
                .isFalse();
    }
}
