package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who acted, from where, and with which application. Single quotes stand for double ones. */
class WhoActedTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String USER = "3bd47e42-37c9-442f-a2b4-f04de61ef0ce";
    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String PRINCIPAL = "0d2f5969-011b-460d-ac74-3291d227d49f";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** A consent in the diagnostic shape. */
    private static String consent(String address, String initiator, String agent) {
        return json("{'time':'2024-01-01T00:00:00Z','operationName':'Consent to application','category':'AuditLogs',"
                + "'tenantId':'" + TENANT + "'," + address
                + "'properties':{'id':'e1','result':'success','initiatedBy':{"
                + initiator + "},'additionalDetails':[{'key':'User-Agent','value':'" + agent + "'}]}}");
    }

    /** A record of the unified audit log. */
    private static AppEvent unified(String operation, String fields) {
        return Decoding.one(json("{'CreationTime':'2024-01-01T00:00:00','Id':'e1','Operation':'" + operation
                + "','OrganizationId':'" + TENANT + "'," + fields + ",'Version':1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "'198.51.100.7, 162.158.2.18, 203.0.113.116' ! 198.51.100.7 162.158.2.18 203.0.113.116",
                "'198.51.100.7;162.158.2.18' ! 198.51.100.7 162.158.2.18",
                "'198.51.100.7 162.158.2.18' ! 198.51.100.7 162.158.2.18",
                "'198.51.100.7:443, [2001:db8::1]:51293' ! 198.51.100.7 2001:db8::1",
                "'[2001:db8::1]:443,[2001:db8::2]' ! 2001:db8::1 2001:db8::2",
                "'fe80::1%3, ::ffff:198.51.100.7' ! fe80::1 198.51.100.7",
                "'unknown, <null>, 198.51.100.7, host.example' ! 198.51.100.7",
                "'198.51.100.7, 198.51.100.7' ! 198.51.100.7",
                "['198.51.100.7:1','162.158.2.18'] ! 198.51.100.7 162.158.2.18",
                "'[\\'198.51.100.7\\',\\'162.158.2.18\\']' ! 198.51.100.7 162.158.2.18",
                "['198.51.100.7, 162.158.2.18',null,'',7] ! 198.51.100.7 162.158.2.18"
            })
    void every_address_of_one_field_is_kept_in_its_order(String field, String addresses) {
        // When
        Actor actor = Decoding.one(consent("'callerIpAddress':" + field + ",", "'user':{'id':'" + USER + "'}", "x"))
                .getActor();

        // Then
        List<String> expected = List.of(addresses.split(" "));
        assertThat(actor.getIp()).contains(expected.get(0));
        assertThat(actor.getOtherIps()).containsExactlyElementsOf(expected.subList(1, expected.size()));
    }

    @Test
    void several_addresses_are_kept_in_every_log() {
        // Given
        String both = "'198.51.100.7, 162.158.2.18'";
        String signIn =
                json("{'time':'2024-01-01T00:00:00Z','category':'SignInLogs','operationName':'Sign-in activity',"
                        + "'tenantId':'" + TENANT + "','properties':{'id':'s1','userId':'" + USER + "','ipAddress':"
                        + both + "}}");
        String azure = json("{'time':'2024-01-01T00:00:00Z','operationName':'MICROSOFT.STORAGE/STORAGEACCOUNTS/WRITE',"
                + "'category':'Administrative','resourceId':'/SUBSCRIPTIONS/S','callerIpAddress':" + both + "}");
        String graph = json("{'time':'2024-01-01T00:00:00Z','operationName':'Microsoft Graph Activity',"
                + "'category':'MicrosoftGraphActivityLogs','properties':{'requestUri':'u','ipAddress':" + both + "}}");

        // When
        Stream<Actor> actors = Stream.of(
                        Decoding.one(signIn),
                        Decoding.one(azure),
                        Decoding.one(graph),
                        unified("MailItemsAccessed", "'UserId':'a@contoso.com','ClientIPAddress':" + both),
                        unified("FileDownloaded", "'UserId':'a@contoso.com','ClientIP':" + both))
                .map(AppEvent::getActor);

        // Then
        assertThat(actors).allSatisfy(actor -> {
            assertThat(actor.getIp()).contains("198.51.100.7");
            assertThat(actor.getOtherIps()).containsExactly("162.158.2.18");
        });
    }

    @Property
    void no_address_of_a_field_is_lost_whatever_stands_between(@ForAll("addresses") List<String> written) {
        // Given
        String field = String.join("", written);

        // When
        Actor actor = Decoding.one(consent("'callerIpAddress':'" + field + "',", "'user':{'id':'" + USER + "'}", "x"))
                .getActor();

        // Then
        List<String> found = Stream.concat(actor.getIp().stream(), actor.getOtherIps().stream())
                .toList();
        assertThat(found)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(written.stream()
                        .flatMap(one -> Stream.ofNullable(EventAddresses.normalise(one.replaceAll("[,; |]+$", ""))))
                        .distinct()
                        .toList());
    }

    @Provide
    Arbitrary<List<String>> addresses() {
        Arbitrary<String> address = Arbitraries.integers().between(1, 9).map(n -> List.of(
                        "198.51.100." + n, "198.51.100." + n + ":443", "[2001:db8::" + n + "]:1", "2001:db8::" + n, "-")
                .get(n % 5));
        Arbitrary<String> separator = Arbitraries.of(",", ", ", ";", " ", " | ", ",,");
        return Combinators.combine(address, separator)
                .as(String::concat)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    static Stream<String> eventsOfTheTokenService() {
        String user = "'user':{'id':'" + USER + "','userPrincipalName':'a@contoso.com'}";
        String unified = "{'CreationTime':'2024-01-01T00:00:00','Id':'e1','Operation':'Consent to application.',"
                + "'RecordType':8,'OrganizationId':'" + TENANT + "','UserId':'a@contoso.com',";
        String byName = unified + "'Actor':[{'ID':'a@contoso.com','Type':5},{'ID':'Azure ESTS Service','Type':1}]}";
        String graph = "{'id':'e1','activityDisplayName':'Consent to application','activityDateTime':"
                + "'2024-01-01T00:00:00Z','result':'success','initiatedBy':{'user':null,'app':{'displayName':"
                + "'Azure ESTS Service'}},'targetResources':[{'id':'" + PRINCIPAL + "','type':'ServicePrincipal'}]}";
        String row = "{'TimeGenerated':'2024-01-01T00:00:00Z','AADTenantId':'" + TENANT + "','Type':'AuditLogs',"
                + "'OperationName':'Consent to application','InitiatedBy':'{\\'app\\':{\\'displayName\\':"
                + "\\'azure ests service\\'}}','Id':'e1'}";
        return Stream.of(
                        consent("", user, "EvoSTS"),
                        consent("", user, "evosts"),
                        consent("", user, "EvoSTS/1.0"),
                        consent("", "'app':{'displayName':'Azure ESTS Service'}", ""),
                        consent("", user + ",'app':{'displayName':'AZURE ESTS SERVICE'}", ""),
                        consent("", "'app':{'appId':'00000001-0000-0000-c000-000000000000'}", ""),
                        consent("", "'user':{'id':'" + USER + "','displayName':'Azure ESTS Service'}", ""),
                        consent("'identity':'Azure ESTS Service',", "", ""),
                        unified + "'ExtendedProperties':[{'Name':'additionalDetails','Value':"
                                + "'{\\'User-Agent\\':\\'EvoSTS\\'}'}]}",
                        byName,
                        "{'time':'t','category':'AdvancedHunting-CloudAppEvents','operationName':'Publish',"
                                + "'properties':{'ActionType':'Consent to application.','RawEventData':" + byName
                                + "}}",
                        graph,
                        row,
                        "{'@timestamp':'2024-01-01T00:00:00Z','event':{'action':'Consent to application'},'azure':{"
                                + "'tenant_id':'" + TENANT
                                + "','auditlogs':{'properties':{'id':'e1','initiated_by':{'app':"
                                + "{'displayName':'Azure ESTS Service'}}}}}}")
                .map(WhoActedTest::json);
    }

    @ParameterizedTest
    @MethodSource("eventsOfTheTokenService")
    void what_the_token_service_wrote_is_known_in_every_envelope(String event) {
        // When
        Actor actor = Decoding.one(event).getActor();

        // Then
        assertThat(actor.getTokenService()).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mozilla/5.0", "EvoSTSX", "x EvoSTS", ""})
    void what_anybody_else_wrote_does_not_mention_the_token_service(String agent) {
        // When
        Actor actor = Decoding.one(
                        consent("", "'user':{'id':'" + USER + "','displayName':'Azure ESTS Service fan'}", agent))
                .getActor();

        // Then
        assertThat(actor.getTokenService()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Send", "SendAs", "SendOnBehalf", "MailItemsAccessed"})
    void mail_used_over_rest_without_a_client_is_used_by_the_application_that_called(String operation) {
        // When
        AppEvent event = unified(
                operation,
                "'RecordType':2,'UserType':0,'UserId':'a@contoso.com','MailboxOwnerUPN':'a@contoso.com','AppId':'"
                        + APP.toUpperCase(Locale.ROOT) + "','ClientInfoString':'Client=REST;Client=RESTSystem;;'");

        // Then
        assertThat(event.getAppId()).contains(APP);
        assertThat(event.getActor().getType()).isEqualTo("user");
        assertThat(event.getActor().getName()).contains("a@contoso.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GRAPH,
                "00000002-0000-0ff1-ce00-000000000000",
                "00000002-0000-0000-c000-000000000000",
                "00000003-0000-0ff1-ce00-000000000000",
                "5d661950-3475-41cd-a2c3-d671a3162bc1",
                "27922004-5251-4030-b22d-91ecd9a37ea4",
                "9199bf20-a13f-4107-85dc-02114787ef48",
                "d3590ed6-52b3-4102-aeff-aad2292ab01c"
            })
    void a_front_end_of_microsofts_own_is_nobodys_application(String frontEnd) {
        // When
        AppEvent event = unified("Send", "'RecordType':2,'UserId':'a@contoso.com','AppId':'" + frontEnd + "'");

        // Then
        assertThat(event.getAppId()).isEmpty();
    }

    @Test
    void the_client_wins_over_the_api_it_called() {
        // When
        AppEvent event = unified(
                "Send", "'RecordType':2,'UserId':'a@contoso.com','AppId':'" + GRAPH + "','ClientAppId':'" + APP + "'");

        // Then
        assertThat(event.getAppId()).contains(APP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "'5'", "'Application'", "6", "'ServicePrincipal'"})
    void an_act_of_an_application_alone_is_not_the_mailbox_owners(String userType) {
        // When
        AppEvent event = unified(
                "MailItemsAccessed",
                "'RecordType':50,'UserType':" + userType + ",'UserId':'Owner@contoso.com','MailboxOwnerUPN':"
                        + "'Owner@contoso.com','AppId':'" + GRAPH + "','ClientAppId':'" + APP + "',"
                        + "'ClientInfoString':'Client=REST;;'");

        // Then
        Actor actor = event.getActor();
        assertThat(actor.getType()).isEqualTo("application");
        assertThat(actor.getName()).isEmpty();
        assertThat(actor.getId()).isEmpty();
        assertThat(actor.getAppId()).contains(APP);
        assertThat(event.getAppId()).contains(APP);
        assertThat(Decoding.details(event, MailboxUse.class).getMailbox()).contains("owner@contoso.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ServicePrincipal_" + PRINCIPAL,
                "serviceprincipal_0D2F5969-011B-460D-AC74-3291D227D49F",
                "SERVICEPRINCIPAL_" + PRINCIPAL,
                "ServicePrincipal_" + PRINCIPAL + "@contoso.onmicrosoft.com",
                "NAMPR01A001.PROD/contoso.onmicrosoft.com/ServicePrincipal_" + PRINCIPAL
            })
    void a_command_of_a_service_principal_is_its_applications(String userId) {
        // When
        AppEvent event = unified(
                "New-InboundConnector",
                "'RecordType':1,'UserType':2,'UserId':'" + userId + "','ObjectId':'relay','AppId':'" + APP
                        + "','Parameters':[{'Name':'SenderDomains','Value':'*'}]");

        // Then
        assertThat(event.getActor().getType()).isEqualTo("application");
        assertThat(event.getActor().getServicePrincipalId()).contains(PRINCIPAL);
        assertThat(event.getActor().getAppId()).contains(APP);
        assertThat(Decoding.details(event, MailFlow.class).getObject()).contains("relay");
    }

    @Test
    void an_application_at_a_tenant_is_no_user() {
        // When
        Actor actor = unified("FileDownloaded", "'RecordType':6,'UserId':'" + APP + "@" + TENANT + "'")
                .getActor();

        // Then
        assertThat(actor.getType()).isEqualTo("application");
        assertThat(actor.getAppId()).contains(APP);
    }
}
