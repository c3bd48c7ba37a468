package io.rolecall.event;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Add application|add-application",
                "Add application.|add-application",
                "Update application – Certificates and secrets management |update-application-certificates-and-secrets-management",
                "Update application - Certificates and secrets management|update-application-certificates-and-secrets-management",
                "Create application – Certificates and secrets management |create-application-certificates-and-secrets-management",
                "Add OAuth2PermissionGrant.|add-delegated-permission-grant",
                "Remove OAuth2PermissionGrant|remove-delegated-permission-grant",
                "Sign-in activity|sign-in",
                "UserLoggedIn|sign-in",
                "UserLoginFailed|sign-in",
                "MailItemsAccessed|mail-items-accessed",
                "New-InboundConnector|new-inbound-connector",
                "Microsoft.Authorization/roleAssignments/write|microsoft-authorization-roleassignments-write",
                "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE|microsoft-authorization-roleassignments-write",
                "Add member to role completed (PIM activation)|add-member-to-role-completed-pim-activation"
            })
    void every_spelling_of_an_operation_has_one_name(String raw, String normalised) {
        // When
        String name = OperationNames.normalise(raw);

        // Then
        assertThat(name).isEqualTo(normalised);
    }

    @Property
    void a_normalised_name_has_no_dash_at_its_ends_and_none_twice(@ForAll String raw) {
        // When
        String name = OperationNames.normalise(raw);

        // Then
        assertThat(name).doesNotStartWith("-").doesNotEndWith("-").doesNotContain("--", " ", ".", "/");
    }
}
