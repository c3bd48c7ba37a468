package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.source.split.DecodeSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins of Defender's advanced hunting. Single quotes stand for double ones. */
class HuntingSignInsTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String USER = "3bd47e42-37c9-442f-a2b4-f04de61ef0ce";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static final String COMMON =
            "'Timestamp':'2024-03-02T09:00:00.5Z','Application':'Payroll','ApplicationId':'" + APP
                    + "','ErrorCode':50126,'CorrelationId':'12121212-0000-4000-8000-000000000001','ResourceDisplayName':"
                    + "'Microsoft Graph','ResourceId':'" + GRAPH
                    + "','IPAddress':'198.51.100.7','Country':'NL','City':'Delft',"
                    + "'RequestId':'r1','ReportId':'p1'";
    private static final String OF_USER = COMMON + ",'LogonType':'[\\'nonInteractiveUser\\']','AccountObjectId':'"
            + USER + "','AccountUpn':'a@contoso.com','UserAgent':'curl'";
    private static final String OF_PRINCIPAL = COMMON + ",'IsManagedIdentity':false,'ServicePrincipalId':'" + PRINCIPAL
            + "','ServicePrincipalName':'Payroll SP'";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String streamed(String table, String columns) {
        return json("{'time':'2024-03-02T09:01:00Z','tenantId':'" + TENANT + "','operationName':'Publish','category':"
                + "'AdvancedHunting-" + table + "','properties':{" + columns + "}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AADSignInEventsBeta", "EntraIdSignInEvents"})
    void a_streamed_sign_in_of_a_user_is_a_sign_in(String table) {
        // When
        AppEvent event = Decoding.one(streamed(table, OF_USER));

        // Then
        assertThat(event.getSource()).isEqualTo("entra-sign-in");
        assertThat(event.getEnvelope()).isEqualTo("advanced-hunting");
        assertThat(event.getOperation()).isEqualTo("sign-in");
        assertThat(event.getEventId()).isEqualTo("p1");
        assertThat(event.getTenantId()).isEqualTo(TENANT);
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-03-02T09:00:00.5Z"));
        assertThat(event.getOutcome()).isEqualTo("failure");
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getActor().getType()).isEqualTo("user");
        assertThat(event.getActor().getId()).contains(USER);
        assertThat(event.getActor().getName()).contains("a@contoso.com");
        assertThat(event.getActor().getIp()).contains("198.51.100.7");
        assertThat(event.getActor().getUserAgent()).contains("curl");
        assertThat(Decoding.details(event, SignIn.class))
                .isEqualTo(SignIn.newBuilder()
                        .setKind("non-interactive")
                        .setResourceAppId(GRAPH)
                        .setResourceName("Microsoft Graph")
                        .setErrorCode(50126)
                        .setCountry("NL")
                        .setCity("Delft")
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "AADSpnSignInEventsBeta, false, service-principal",
        "EntraIdSpnSignInEvents, true, managed-identity",
        "EntraIdSpnSignInEvents, 0, service-principal",
        "EntraIdSpnSignInEvents, 1, managed-identity"
    })
    void a_streamed_sign_in_of_an_application_is_its_own(String table, String managed, String kind) {
        // When
        AppEvent event = Decoding.one(streamed(table, OF_PRINCIPAL.replace("false", managed)));

        // Then
        assertThat(event.getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getActor().getType()).isEqualTo("application");
        assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getActor().getName()).contains("Payroll SP");
        assertThat(Decoding.details(event, SignIn.class).getKind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "'[\\'interactiveUser\\']' ! interactive",
                "['interactiveUser'] ! interactive",
                "'[\\'nonInteractiveUser\\']' ! non-interactive",
                "'nonInteractiveUser' ! non-interactive"
            })
    void the_kind_stands_in_a_list_written_as_text(String logonType, String kind) {
        // When
        AppEvent event = Decoding.one(json("{" + OF_USER.replace("'[\\'nonInteractiveUser\\']'", logonType) + "}"));

        // Then
        assertThat(Decoding.details(event, SignIn.class).getKind()).isEqualTo(kind);
    }

    @Test
    void bare_rows_and_answers_of_queries_are_known_by_their_columns() throws RejectedElementException {
        // Given
        String answer = json("{'schema':[{'name':'Timestamp','type':'DateTime'}],'results':[{" + OF_USER + "},{"
                + OF_PRINCIPAL + "}]}");
        String row = json(
                "{'TenantId':'w','Type':'EntraIdSignInEvents','TimeGenerated':'2024-03-02T09:02:00Z'," + OF_USER + "}");

        // When
        List<AppEvent> events = Decoding.all(answer);
        AppEvent ofTable = Decoding.one(row);

        // Then
        assertThat(events)
                .extracting(event -> Decoding.details(event, SignIn.class).getKind())
                .containsExactly("non-interactive", "service-principal");
        assertThat(ofTable.getEventTime()).isEqualTo(Instant.parse("2024-03-02T09:00:00.5Z"));
        assertThat(ofTable.getEnvelope()).isEqualTo("advanced-hunting");
        assertThat(ofTable.getTenantId()).isEqualTo("unknown");
    }

    @Test
    void a_sign_in_without_an_error_succeeded() {
        // When
        AppEvent event = Decoding.one(json("{" + OF_USER.replace("50126", "0") + "}"));

        // Then
        assertThat(event.getOutcome()).isEqualTo("success");
    }

    @Test
    void such_records_are_not_skipped_early() {
        // Given
        RecordingSink sink = new RecordingSink();
        byte[] bytes = streamed("EntraIdSignInEvents", OF_USER).getBytes(StandardCharsets.UTF_8);

        // When
        new LogDecoder(DecodeSettings.DEFAULT, Needed.BY_DETECTIONS)
                .decode(bytes, index -> "p", Decoding.REFERENCE, sink);

        // Then
        assertThat(sink.calls).containsExactly("decoded");
    }

    @Test
    void other_tables_of_advanced_hunting_are_no_sign_ins() {
        // When
        AppEvent event =
                Decoding.one(streamed("DeviceLogonEvents", "'Timestamp':'2024-03-02T09:00:00Z','DeviceId':'d'"));

        // Then
        assertThat(event.getOperation()).isEqualTo("publish");
        assertThat(event.getDetails()).isEmpty();
    }

    @Test
    void a_sign_in_tells_its_protocol_its_token_and_its_federated_credential() {
        // Given
        String facts = "'authenticationProtocol':'deviceCode','incomingTokenType':'primaryRefreshToken',"
                + "'federatedCredentialId':'" + PRINCIPAL.toUpperCase(Locale.ROOT) + "'";

        // When
        AppEvent told = Decoding.one(json("{'time':'2024-03-02T09:00:00Z','category':'SignInLogs','operationName':"
                + "'Sign-in activity','tenantId':'" + TENANT + "','properties':{'id':'s1','appId':'" + APP + "',"
                + facts + "}}"));
        AppEvent row = Decoding.one(json("{'TimeGenerated':'2024-03-02T09:00:00Z','AADTenantId':'" + TENANT
                + "','Type':'AADServicePrincipalSignInLogs','Id':'s1','AppId':'" + APP
                + "','AuthenticationProtocol':'none',"
                + "'IncomingTokenType':'none','FederatedCredentialId':'" + PRINCIPAL + "'}"));

        // Then
        SignIn signIn = Decoding.details(told, SignIn.class);
        assertThat(signIn.getProtocol()).contains("deviceCode");
        assertThat(signIn.getIncomingToken()).contains("primaryRefreshToken");
        assertThat(signIn.getCredentialId()).contains(PRINCIPAL);
        SignIn none = Decoding.details(row, SignIn.class);
        assertThat(none.getProtocol()).isEmpty();
        assertThat(none.getIncomingToken()).isEmpty();
        assertThat(none.getCredentialId()).contains(PRINCIPAL);
    }
}
