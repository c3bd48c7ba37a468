package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that a mail client changed, without a command. Single quotes stand for double ones. */
class InboxRulesTest {

    private static final String APP = "11111111-2222-3333-4444-555555555555";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    private static AppEvent rules(String properties, String rest) {
        return Decoding.one(
                ("{'CreationTime':'2024-01-01T00:00:00','Id':'e1','Operation':'UpdateInboxRules','RecordType':2,"
                                + "'OrganizationId':'75243ab2-44f8-435c-a7a6-b479385df6d4','UserId':'a@contoso.com',"
                                + "'MailboxOwnerUPN':'a@contoso.com','ClientIP':'198.51.100.7'," + rest
                                + "'OperationProperties':"
                                + properties + "}")
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "[{\\'ActionType\\':\\'Forward\\',\\'Recipients\\':[\\'x@evil.example\\'],\\'ForwardFlags\\':\\'None\\'}] ! ForwardTo",
                "[{\\'ActionType\\':\\'Redirect\\',\\'Recipients\\':[\\'SMTP:x@evil.example\\']}] ! RedirectTo",
                "[{\\'ActionType\\':\\'ForwardAsAttachment\\',\\'Recipients\\':[{\\'Address\\':\\'X <x@evil.example>\\'}]}] ! "
                        + "ForwardAsAttachmentTo",
                "{\\'ActionType\\':\\'Forward\\',\\'Recipients\\':\\'x@evil.example\\'} ! ForwardTo"
            })
    void where_a_rule_sends_mail_stands_in_its_actions(String actions, String parameter) {
        // When
        AppEvent event = rules(
                "[{'Name':'RuleOperation','Value':'AddMailboxRule'},{'Name':'RuleName','Value':'..'},"
                        + "{'Name':'RuleActions','Value':'" + actions + "'}]",
                "");

        // Then
        MailFlow flow = Decoding.details(event, MailFlow.class);
        assertThat(event.getOperation()).isEqualTo("update-inbox-rules");
        assertThat(flow.getCmdlet()).isEqualTo("UpdateInboxRules");
        assertThat(flow.getParameters())
                .containsEntry(parameter, "x@evil.example")
                .containsEntry("RuleOperation", "AddMailboxRule")
                .containsEntry("RuleName", "..");
        assertThat(flow.getOutside()).containsExactly("x@evil.example");
    }

    @Test
    void an_older_rule_names_its_kind_beside_its_recipients() {
        // When
        AppEvent event = rules(
                "[{'Name':'Actions','Value':'ForwardToRecipientsAction'},{'Name':'ServerRule','Value':"
                        + "'{\\'Actions\\':[{\\'Recipients\\':[{\\'Values\\':[{\\'Value\\':\\'x@evil.example\\'}]}]}]}'}]",
                "");

        // Then
        MailFlow flow = Decoding.details(event, MailFlow.class);
        assertThat(flow.getParameters()).containsEntry("ForwardTo", "x@evil.example");
        assertThat(flow.getOutside()).containsExactly("x@evil.example");
    }

    @Test
    void a_rule_that_forwards_within_or_only_moves_leads_nowhere_outside() {
        // When
        AppEvent within = rules(
                "[{'Name':'RuleActions','Value':'[{\\'ActionType\\':\\'Forward\\',\\'Recipients\\':[\\'b@contoso.com\\']}]'}]",
                "");
        AppEvent moved = rules(
                "[{'Name':'RuleActions','Value':'[{\\'ActionType\\':\\'MoveToFolder\\',\\'Folder\\':\\'x@evil.example\\'}]'}]",
                "");

        // Then
        assertThat(Decoding.details(within, MailFlow.class).getParameters())
                .containsEntry("ForwardTo", "b@contoso.com");
        assertThat(Decoding.details(within, MailFlow.class).getOutside()).isEmpty();
        assertThat(Decoding.details(moved, MailFlow.class).getOutside()).isEmpty();
    }

    @Test
    void a_rule_made_through_graph_is_the_clients_and_not_the_apis() {
        // When
        AppEvent client = rules("[]", "'AppId':'" + GRAPH + "','ClientAppId':'" + APP + "',");
        AppEvent api = rules("[]", "'AppId':'" + GRAPH + "',");
        AppEvent caller = rules("[]", "'AppId':'" + APP + "','ClientInfoString':'Client=REST;;',");

        // Then
        assertThat(client.getAppId()).contains(APP);
        assertThat(api.getAppId()).isEmpty();
        assertThat(caller.getAppId()).contains(APP);
    }
}
