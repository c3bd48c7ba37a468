package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FederatedCredential;
import io.rolecall.schema.FederatedCredentialChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Federated credentials of applications and of managed identities. Single quotes stand for double ones. */
class FederatedTrustsTest {

    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String RESOURCE =
            "/subscriptions/3f2b0b5e-1a44-4c5e-8a77-0d6f3b1a2c3d/resourceGroups/Ops/providers/"
                    + "Microsoft.ManagedIdentity/userAssignedIdentities/Deploy/federatedIdentityCredentials/loot";

    private static List<AppEvent> decode(String text) throws RejectedElementException {
        return Decoding.all(text.replace('\'', '"'));
    }

    private static String updated(String before, String after) {
        return "{'category':'AuditLogs','operationName':'Update application','time':'2025-06-10T09:00:00Z','tenantId':"
                + "'0f3c2b1a-5e44-4d3c-8b2a-1f0e9d8c7b6a','properties':{'id':'d1','category':'ApplicationManagement','result':'success',"
                + "'activityDisplayName':'Update application','activityDateTime':'2025-06-10T09:00:00Z','targetResources':"
                + "[{'id':'11111111-2222-3333-4444-555555555555','type':'Application','modifiedProperties':[{'displayName':"
                + "'FederatedIdentityCredentials','oldValue':" + before + ",'newValue':" + after + "}]}]}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ClaimsMatchingExpressionValue':'EXPRESSION','ClaimsMatchingExpressionLanguageVersion':1",
                "'ClaimsMatchingExpression':{'Value':'EXPRESSION','LanguageVersion':1}"
            },
            quoteCharacter = '~')
    void the_expression_of_a_flexible_credential_stands_for_its_subject(String expression)
            throws RejectedElementException {
        // Given
        String after =
                "[{'Name':'ci','Issuer':'" + ISSUER + "','Subject':null,'Audiences':['api://a']," + expression + "}]";

        // When
        List<AppEvent> events = decode(updated("[]", after));

        // Then
        FederatedCredentialChange change =
                (FederatedCredentialChange) events.get(0).getDetails().orElseThrow();
        assertThat(change.getAdded()).singleElement().satisfies(trust -> {
            assertThat(trust.getIssuer()).contains(ISSUER);
            assertThat(trust.getSubject()).contains("EXPRESSION");
        });
    }

    @Test
    void a_body_that_shows_the_pair_is_a_trust_of_the_managed_identity_beside_the_activity()
            throws RejectedElementException {
        // Given
        String body = "{'properties':{'issuer':'" + ISSUER + "','subject':'repo:mallory/loot:ref:x'}}";

        // When
        List<AppEvent> events = decode(activity("'requestbody':" + body));

        // Then
        assertThat(events).hasSize(2);
        assertThat(events.get(0).getDetails().orElseThrow()).isInstanceOf(Activity.class);
        assertThat(events.get(1).getServicePrincipalId())
                .contains(RESOURCE.substring(0, RESOURCE.lastIndexOf("/federated"))
                        .toLowerCase(Locale.ROOT));
        FederatedCredentialChange change =
                (FederatedCredentialChange) events.get(1).getDetails().orElseThrow();
        assertThat(change.getAdded())
                .extracting(FederatedCredential::getSubject)
                .containsExactly(Optional.of("repo:mallory/loot:ref:x"));
    }

    @Test
    void the_id_that_sign_ins_state_is_read_and_one_of_which_the_id_alone_differs_is_another()
            throws RejectedElementException {
        // Given
        String entry = "{'Name':'ci','Issuer':'" + ISSUER + "','Subject':'deploy','Id':'ID'}";
        String old = "0A1B2C3D-0000-4000-8000-000000000001";

        // When
        List<AppEvent> events = decode(updated(
                "[" + entry.replace("ID", old) + "]",
                "[" + entry.replace("ID", "0A1B2C3D-0000-4000-8000-000000000002") + "]"));

        // Then
        FederatedCredentialChange change =
                (FederatedCredentialChange) events.get(0).getDetails().orElseThrow();
        assertThat(change.getAdded())
                .extracting(FederatedCredential::getCredentialId)
                .containsExactly(Optional.of("0a1b2c3d-0000-4000-8000-000000000002"));
        assertThat(change.getRemoved())
                .extracting(FederatedCredential::getCredentialId)
                .containsExactly(Optional.of(old.toLowerCase(Locale.ROOT)));
    }

    @Test
    void without_a_body_it_is_an_activity_alone() throws RejectedElementException {
        // Given
        String event = activity("'statusCode':'Created'");

        // When
        List<AppEvent> events = decode(event);

        // Then
        assertThat(events).singleElement().satisfies(one -> {
            assertThat(one.getDetails().orElseThrow()).isInstanceOf(Activity.class);
            assertThat(one.getServicePrincipalId()).isEmpty();
        });
    }

    private static String activity(String properties) {
        return "{'time':'2025-06-10T09:00:00Z','resourceId':'" + RESOURCE + "','operationName':"
                + "'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write','category':"
                + "'Administrative','resultType':'Success','tenantId':'0f3c2b1a-5e44-4d3c-8b2a-1f0e9d8c7b6a','properties':{"
                + properties + "}}";
    }
}
