package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.Acts;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.ConsentedApi;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RequestedPermission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What directory events state beyond their operation. Single quotes stand for double ones. */
class DirectoryFactsTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String USER = "3bd47e42-37c9-442f-a2b4-f04de61ef0ce";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String ROLE = "62e90394-69f5-4237-9190-012177145e10";
    private static final String UNIT = "99999999-8888-7777-6666-555555555555";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String record(String operation, String additional, String targets) {
        return json(
                "{'time':'2024-01-01T00:00:00Z','operationName':'" + operation + "','category':'AuditLogs','tenantId':'"
                        + TENANT + "','correlationId':'12121212-0000-4000-8000-000000000001','properties':{'id':'e1',"
                        + "'result':'success','initiatedBy':{'user':{'id':'" + UNIT
                        + "','userPrincipalName':'admin@contoso.com'}},"
                        + "'additionalDetails':[" + additional + "],'targetResources':[" + targets + "]}}");
    }

    private static AppEvent audit(String operation, String additional, String targets) {
        return Decoding.one(record(operation, additional, targets));
    }

    private static AppEvent unified(String operation, String target, String properties) {
        return Decoding.one(json("{'CreationTime':'2024-01-01T00:00:00','Id':'u1','Operation':'" + operation
                + "','RecordType':8,'OrganizationId':'" + TENANT
                + "','InterSystemsId':'12121212-0000-4000-8000-000000000001',"
                + "'ResultStatus':'Success','UserId':'admin@contoso.com','Target':[" + target
                + "],'ModifiedProperties':["
                + properties + "]}"));
    }

    private static String target(String type, String id, String name, String properties) {
        return "{'type':'" + type + "','id':" + (id.isEmpty() ? "null" : "'" + id + "'") + ",'displayName':'" + name
                + "','modifiedProperties':[" + properties + "]}";
    }

    private static String changed(String name, String old, String now) {
        return "{'displayName':'" + name + "','oldValue':'" + old + "','newValue':'" + now + "'}";
    }

    private static String detail(String key, String value) {
        return "{'key':'" + key + "','value':'" + value + "'}";
    }

    @ParameterizedTest
    @CsvSource({
        "Add member to role in PIM requested (permanent), active",
        "Add member to role in PIM requested (timebound), active",
        "Add member to role in PIM completed (permanent), active",
        "Add member to role in PIM completed (timebound), active",
        "Add member to role completed (PIM activation), active",
        "Add member to role requested (PIM activation), active",
        "Add member to role (PIM activation), active",
        "Add member to role outside of PIM (permanent), active",
        "Add eligible member to role in PIM requested (permanent), eligible",
        "Add eligible member to role in PIM completed (timebound), eligible",
        "Add eligible member to role, eligible",
        "Remove eligible member from role in PIM completed (timebound), eligible",
        "Remove member from role in PIM completed (permanent), active",
        "Remove member from role (PIM activation expired), active"
    })
    void a_role_through_privileged_identity_management_has_member_template_and_assignment(
            String operation, String assignment) {
        // When
        AppEvent event = audit(
                operation,
                detail("RoleDefinitionOriginId", ROLE) + "," + detail("TemplateId", ROLE) + ","
                        + detail("ipaddr", "198.51.100.7"),
                target("Role", UNIT, "Global Administrator", changed("TemplateId", "\\'\\'", "\\'" + ROLE + "\\'"))
                        + ",{'type':'Request','id':'" + APP + "'}," + target("User", USER, "Mallory", "") + ","
                        + target("Directory", TENANT, "Contoso", ""));

        // Then
        assertThat(Decoding.details(event, DirectoryRole.class))
                .isEqualTo(DirectoryRole.newBuilder()
                        .setRoleTemplateId(ROLE)
                        .setRoleName("Global Administrator")
                        .setMemberId(USER)
                        .setMemberType("user")
                        .setAssignment(assignment)
                        .build());
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
    }

    @Test
    void a_role_template_is_found_among_the_additional_details_alone() {
        // When
        AppEvent event = audit(
                "Add member to role in PIM completed (permanent)",
                detail("RoleDefinitionOriginId", ROLE),
                target("Role", UNIT, "Global Administrator", "") + ","
                        + target("ServicePrincipal", PRINCIPAL, "Payroll", ""));

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        DirectoryRole role = Decoding.details(event, DirectoryRole.class);
        assertThat(role.getRoleTemplateId()).contains(ROLE);
        assertThat(role.getMemberType()).contains("service-principal");
    }

    @Test
    void a_scoped_role_names_what_it_is_limited_to() {
        // When
        AppEvent target = audit(
                "Add scoped member to role",
                "",
                target("User", USER, "Mallory", changed("Role.DisplayName", "", "Helpdesk Administrator")) + ","
                        + target("AdministrativeUnit", UNIT, "Berlin", ""));
        AppEvent stated = audit(
                "Add eligible member to role in PIM completed (permanent)",
                detail("DirectoryScopeId", "/administrativeUnits/" + UNIT),
                target("User", USER, "Mallory", ""));
        AppEvent whole = audit(
                "Add member to role in PIM completed (permanent)",
                detail("DirectoryScopeId", "/"),
                target("User", USER, "Mallory", ""));

        // Then
        assertThat(Decoding.details(target, DirectoryRole.class).getScope()).contains(UNIT);
        assertThat(Decoding.details(target, DirectoryRole.class).getMemberId()).contains(USER);
        assertThat(Decoding.details(stated, DirectoryRole.class).getScope()).contains("/administrativeUnits/" + UNIT);
        assertThat(Decoding.details(whole, DirectoryRole.class).getScope()).isEmpty();
    }

    @Test
    void the_scope_that_one_log_leaves_out_makes_no_second_act() {
        // Given
        String role = changed("Role.TemplateId", "", ROLE);

        // When
        AppEvent entra = audit(
                "Add scoped member to role",
                "",
                target("User", USER, "Mallory", role) + "," + target("AdministrativeUnit", UNIT, "Berlin", ""));
        AppEvent unified = unified(
                "Add scoped member to role.",
                "{'ID':'User_" + USER + "','Type':2}",
                "{'Name':'Role.TemplateId','NewValue':'" + ROLE + "','OldValue':''}");

        // Then
        assertThat(Acts.id(unified)).isEqualTo(Acts.id(entra));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set domain authentication",
                "Set federation settings on domain",
                "Add unverified domain",
                "Add verified domain",
                "Update domain",
                "Verify domain",
                "Delete domain"
            })
    void a_change_of_a_domain_shows_what_changed_and_which_domain(String operation) {
        // When
        AppEvent event = audit(
                operation,
                "",
                target("Domain", "", "contoso.com", changed("LiveType", "\\'Managed\\'", "\\'Federated\\'")));

        // Then
        ConsentPolicyChange change = Decoding.details(event, ConsentPolicyChange.class);
        assertThat(change.getTargetName()).contains("contoso.com");
        assertThat(change.getChanges()).hasSize(1);
        assertThat(change.getChanges().get(0).getProperty()).isEqualTo("LiveType");
        assertThat(change.getChanges().get(0).getOld()).contains("Managed");
        assertThat(change.getChanges().get(0).getNew$()).contains("Federated");
        assertThat(Subjects.owners(event))
                .extracting(owner -> owner.subject().kind())
                .contains(SubjectKind.TENANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Add conditional access policy",
                "Update conditional access policy",
                "Delete conditional access policy",
                "Update named location",
                "Update authentication methods policy",
                "Authentication Methods Policy Update",
                "Authentication Methods Policy Reset",
                "Update security defaults",
                "Update policy",
                "Set strong authentication policy",
                "Authentication Strength Policy Update"
            })
    void a_change_of_a_policy_shows_what_changed_and_which_policy(String operation) {
        // When
        AppEvent event = audit(
                operation,
                "",
                target("Policy", UNIT, "Require MFA", changed("State", "\\'enabled\\'", "\\'disabled\\'")));

        // Then
        ConsentPolicyChange change = Decoding.details(event, ConsentPolicyChange.class);
        assertThat(change.getTargetId()).contains(UNIT);
        assertThat(change.getTargetName()).contains("Require MFA");
        assertThat(change.getChanges()).hasSize(1);
        assertThat(Subjects.owners(event))
                .extracting(owner -> owner.subject().kind())
                .contains(SubjectKind.TENANT);
    }

    @Test
    void a_policy_given_to_an_application_is_no_policy_of_the_tenant() {
        // When
        AppEvent event =
                audit("Add policy to service principal", "", target("ServicePrincipal", PRINCIPAL, "Payroll", ""));

        // Then
        assertThat(event.getDetails()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reset user password",
                "Reset password (by admin)",
                "Change user password",
                "Add user",
                "Invite external user"
            })
    void a_user_made_or_given_a_password_is_named_and_is_no_fact_of_the_tenant(String operation) {
        // Given
        String user = "{'type':'User','id':'" + USER + "','displayName':'Mallory','userPrincipalName':'m@contoso.com',"
                + "'modifiedProperties':[" + changed("AccountEnabled", "[]", "[true]") + "]}";

        // When
        AppEvent event = audit(operation, "", user);

        // Then
        assertThat(Decoding.details(event, ConsentPolicyChange.class))
                .isEqualTo(ConsentPolicyChange.newBuilder()
                        .setTargetId(USER)
                        .setTargetName("m@contoso.com")
                        .build());
        assertThat(Subjects.owners(event))
                .extracting(owner -> owner.subject().kind())
                .containsExactly(SubjectKind.ACTOR);
    }

    @Test
    void the_unified_copy_of_a_password_reset_names_the_user_and_is_the_same_act() {
        // When
        AppEvent unified = unified(
                "Reset user password.",
                "{'ID':'User_" + USER + "','Type':2},{'ID':'" + USER + "','Type':2},{'ID':'m@contoso.com','Type':5}",
                "");
        AppEvent entra = audit("Reset user password", "", target("User", USER, "Mallory", ""));

        // Then
        ConsentPolicyChange change = Decoding.details(unified, ConsentPolicyChange.class);
        assertThat(change.getTargetId()).contains(USER);
        assertThat(change.getTargetName()).contains("m@contoso.com");
        assertThat(Acts.id(unified)).isEqualTo(Acts.id(entra));
    }

    @Test
    void what_one_log_lists_of_a_domain_makes_no_second_act() {
        // When
        AppEvent entra = audit(
                "Set domain authentication",
                "",
                target("Domain", "", "contoso.com", changed("LiveType", "\\'Managed\\'", "\\'Federated\\'")));
        AppEvent unified = unified("Set domain authentication.", "{'ID':'contoso.com','Type':1}", "");

        // Then
        assertThat(Decoding.details(unified, ConsentPolicyChange.class).getTargetName())
                .contains("contoso.com");
        assertThat(Acts.id(unified)).isEqualTo(Acts.id(entra));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_owner_of_a_service_principal_is_told_from_it_in_any_order(boolean ownerFirst) {
        // Given
        String owner = "{'type':'User','id':'" + USER + "','userPrincipalName':'m@contoso.com','modifiedProperties':["
                + changed("ServicePrincipal.ObjectID", "", "\\'" + PRINCIPAL + "\\'") + ","
                + changed("ServicePrincipal.DisplayName", "", "\\'Payroll\\'") + ","
                + changed("ServicePrincipal.Name", "", "\\'" + APP + "\\'") + "]}";
        String owned = target("ServicePrincipal", PRINCIPAL, "", "");

        // When
        AppEvent event =
                audit("Add owner to service principal", "", ownerFirst ? owner + "," + owned : owned + "," + owner);

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getAppObjectId()).isEmpty();
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getAppDisplayName()).contains("Payroll");
        assertThat(Decoding.details(event, OwnerChange.class).getOwnerId()).contains(USER);
        assertThat(Decoding.details(event, OwnerChange.class).getOwnerName()).contains("m@contoso.com");
    }

    @Test
    void redirects_of_a_service_principal_are_told() {
        // When
        AppEvent event = audit(
                "Update service principal",
                "",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "Payroll",
                        changed(
                                "AppAddress",
                                "[{\\'Address\\':\\'https://a.example\\'}]",
                                "[{\\'Address\\':\\'https://b.example\\'}]")));

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(Decoding.details(event, RedirectChange.class))
                .isEqualTo(new RedirectChange(List.of("https://b.example"), List.of("https://a.example")));
    }

    @Test
    void an_update_tells_what_was_requested_before() {
        // Given
        String access =
                "[{\\'ResourceAppId\\':\\'" + GRAPH + "\\',\\'RequiredAppPermissions\\':[{\\'EntitlementId\\':\\'"
                        + "%s\\',\\'DirectAccessGrant\\':true}]}]";

        // When
        AppEvent event = audit(
                "Update application",
                "",
                target(
                        "Application",
                        PRINCIPAL,
                        "Payroll",
                        changed("RequiredResourceAccess", access.formatted(USER), access.formatted(ROLE))));

        // Then
        Registration registration = Decoding.details(event, Registration.class);
        assertThat(registration.getPreviouslyRequested())
                .containsExactly(new RequestedPermission(GRAPH, USER, "application"));
        assertThat(registration.getRequestedPermissions())
                .containsExactly(new RequestedPermission(GRAPH, ROLE, "application"));
    }

    @Test
    void a_consent_tells_what_was_consented_before_and_to_which_apis() {
        // Given
        String group =
                "[Id: a, ClientId: " + PRINCIPAL + ", PrincipalId: , ResourceId: %s, ConsentType: AllPrincipals, "
                        + "Scope: %s, CreatedDateTime: 1/1/2024 1:00:00 AM]";
        String permissions = "[" + group.formatted(USER, "User.Read Mail.Read") + "] => ["
                + group.formatted(USER.toUpperCase(Locale.ROOT), "User.Read Mail.Read Mail.Send") + ", "
                + group.formatted(UNIT, "user_impersonation") + "]; ";

        // When
        AppEvent event = audit(
                "Consent to application",
                "",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "Payroll",
                        changed("ConsentAction.Permissions", "", permissions)));

        // Then
        Consent consent = Decoding.details(event, Consent.class);
        assertThat(consent.getBefore()).containsExactly("User.Read", "Mail.Read");
        assertThat(consent.getScopes()).containsExactly("User.Read", "Mail.Read", "Mail.Send", "user_impersonation");
        assertThat(consent.getResources()).containsExactly(USER, UNIT);
        assertThat(consent.getByApi())
                .containsExactlyInAnyOrder(
                        new ConsentedApi(
                                USER,
                                List.of("User.Read", "Mail.Read", "Mail.Send"),
                                List.of("User.Read", "Mail.Read")),
                        new ConsentedApi(UNIT, List.of("user_impersonation"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "AllPrincipals, '', true",
        "AllPrincipals, False, false",
        "Principal, '', ",
        "Principal, True, true",
    })
    void a_consent_that_does_not_say_for_whom_it_is_is_for_whom_its_grants_are(
            String type, String stated, @Nullable Boolean forAll) {
        // Given
        String permissions =
                "[] => [[Id: abc, ClientId: %s, PrincipalId: , ResourceId: %s, ConsentType: %s, Scope: Mail.Read]]; "
                        .formatted(PRINCIPAL, UNIT, type);

        // When
        AppEvent event = audit(
                "Consent to application",
                "",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "Payroll",
                        changed("ConsentContext.OnBehalfOfAll", "", stated)
                                + ", "
                                + changed("ConsentAction.Permissions", "", permissions)));

        // Then
        assertThat(Decoding.details(event, Consent.class).getOnBehalfOfAll()).isEqualTo(Optional.ofNullable(forAll));
    }

    @Test
    void what_one_user_had_is_none_of_what_all_users_had_before_a_consent() {
        // Given
        String group = "[Id: a, ClientId: " + PRINCIPAL + ", PrincipalId: , ResourceId: " + USER
                + ", ConsentType: %s, Scope: %s, CreatedDateTime: 1/1/2024 1:00:00 AM]";
        String permissions = "[" + group.formatted("Principal", "Mail.Read") + ", "
                + group.formatted("AllPrincipals", "User.Read") + "] => ["
                + group.formatted("AllPrincipals", "User.Read Mail.Read") + "]; ";

        // When
        AppEvent event = audit(
                "Consent to application",
                "",
                target(
                        "ServicePrincipal",
                        PRINCIPAL,
                        "Payroll",
                        changed("ConsentContext.OnBehalfOfAll", "", "True") + ","
                                + changed("ConsentAction.Permissions", "", permissions)));

        // Then
        Consent consent = Decoding.details(event, Consent.class);
        assertThat(consent.getBefore()).containsExactly("User.Read");
        assertThat(consent.getScopes()).containsExactly("User.Read", "Mail.Read");
    }

    @ParameterizedTest
    @CsvSource({"Principal, Mail.Read", "AllPrincipals, "})
    void the_grant_of_one_user_that_becomes_everybodys_adds_its_whole_list(String typeBefore, String added) {
        // Given
        String properties = changed("DelegatedPermissionGrant.Scope", " Mail.Read", " Mail.Read") + ","
                + changed("DelegatedPermissionGrant.ConsentType", typeBefore, "AllPrincipals") + ","
                + changed("ServicePrincipal.ObjectID", "", PRINCIPAL);

        // When
        AppEvent event = audit(
                "Update delegated permission grant",
                "",
                target("ServicePrincipal", UNIT, "Microsoft Graph", properties));

        // Then
        DelegatedGrant grant = Decoding.details(event, DelegatedGrant.class);
        assertThat(grant.getConsentType()).contains("all-principals");
        assertThat(grant.getAdded()).isEqualTo(Stream.ofNullable(added).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "[\\'Mail.Read\\',\\'Mail.Send\\'] ! Mail.Read Mail.Send",
                "\\'Mail.Read,Mail.Send\\' ! Mail.Read Mail.Send",
                "Mail.Read, Mail.Send ! Mail.Read Mail.Send",
                "\\'full_access_as_app\\' ! full_access_as_app",
                "\\'arn:aws:iam::1:role/a,arn:aws:iam::1:saml-provider/b\\' ! "
                        + "arn:aws:iam::1:role/a,arn:aws:iam::1:saml-provider/b"
            })
    void several_values_of_one_property_are_several_roles(String value, String roles) throws RejectedElementException {
        // When
        List<AppEvent> events = Decoding.all(record(
                "Add app role assignment to service principal",
                detail("AppId", GRAPH),
                target(
                        "ServicePrincipal",
                        UNIT,
                        "Microsoft Graph",
                        changed("AppRole.Value", "", value) + "," + changed("ServicePrincipal.AppId", "", APP))));

        // Then
        assertThat(events)
                .allSatisfy(event -> {
                    assertThat(event.getEventId()).isEqualTo("e1");
                    assertThat(event.getAppId()).contains(APP);
                })
                .extracting(event ->
                        Decoding.details(event, AppRole.class).getRoleValue().orElse(""))
                .containsExactly(roles.split(" "));
        assertThat(events.stream().map(Acts::id)).doesNotHaveDuplicates();
    }

    @Test
    void several_roles_are_several_acts_also_without_a_correlation_id() throws RejectedElementException {
        // Given
        String record = record(
                        "Add app role assignment to service principal",
                        "",
                        target(
                                "ServicePrincipal",
                                UNIT,
                                "Microsoft Graph",
                                changed("AppRole.Value", "", "[\\'Mail.Read\\',\\'Mail.Send\\']")))
                .replace("12121212-0000-4000-8000-000000000001", "");

        // When
        List<AppEvent> events = Decoding.all(record);
        List<AppEvent> again = Decoding.all(record);

        // Then
        assertThat(events.stream().map(AppEvent::getCorrelationId)).allMatch(id -> id.isEmpty());
        assertThat(events.stream().map(Acts::id)).hasSize(2).doesNotHaveDuplicates();
        assertThat(again.stream().map(Acts::id))
                .containsExactlyElementsOf(events.stream().map(Acts::id).toList());
    }

    @Test
    void ids_and_values_of_several_roles_belong_together() throws RejectedElementException {
        // When
        List<AppEvent> events = Decoding.all(record(
                "Add app role assignment to service principal",
                "",
                target(
                        "ServicePrincipal",
                        UNIT,
                        "Microsoft Graph",
                        changed("AppRole.Id", "", "[\\'" + ROLE + "\\',\\'" + USER + "\\']") + ","
                                + changed("AppRole.Value", "", "[\\'Mail.Read\\',\\'Mail.Send\\']"))));

        // Then
        assertThat(events)
                .extracting(event -> Decoding.details(event, AppRole.class))
                .extracting(role ->
                        role.getRoleId().orElse("") + " " + role.getRoleValue().orElse(""))
                .containsExactly(ROLE + " Mail.Read", USER + " Mail.Send");
    }
}
