package io.rolecall.source;

import io.rolecall.event.ExchangeApps;
import io.rolecall.event.MailTargets;
import io.rolecall.schema.MailFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Exchange administration commands, with the domains and addresses in them that lead out of the organisation. */
final class MailFlowDetails {

    /** Parameters that say where mail may come from or go to. */
    private static final Set<String> WAYS = Set.of(
            "addtorecipients",
            "allowedsenderdomains",
            "allowedsenders",
            "blindcopyto",
            "copyto",
            "domainname",
            "forwardasattachmentto",
            "forwardingaddress",
            "forwardingsmtpaddress",
            "forwardto",
            "fromaddresscontainswords",
            "generateincidentreport",
            "ipallowlist",
            "journalemailaddress",
            "journalingreportndrto",
            "moderatemessagebyuser",
            "recipientdomainis",
            "recipientdomains",
            "redirectmessageto",
            "redirectto",
            "senderdomainis",
            "senderdomains",
            "senderipaddresses",
            "senderipranges",
            "smarthosts",
            "tlsdomain",
            "tlssendercertificatename");

    private MailFlowDetails() {}

    /** A command with its parameters, or a change of inbox rules by a mail client, whose rules stand elsewhere. */
    static Part of(EventFields fields, String cmdlet) {
        Map<String, String> parameters =
                new LinkedHashMap<>(KeyValues.of(fields.node("Parameters")).texts());
        InboxRules.of(fields).forEach(parameters::putIfAbsent);
        Set<String> own = ownDomains(fields);
        MailFlow details = MailFlow.newBuilder()
                .setCmdlet(cmdlet.strip())
                .setParameters(parameters)
                .setOutside(outside(parameters, own))
                .setObject(fields.text("ObjectId", "OfficeObjectId"))
                .setOrganizationDomains(new ArrayList<>(own))
                .build();
        return new Part(new AppRef(client(fields), null, null, null), details);
    }

    /** The application that ran the command; null for Exchange's own clients: its API, its administration centre, its PowerShell. */
    static @Nullable String client(EventFields fields) {
        return Values.first(FrontEnds.other(fields.guid("ClientAppId")), FrontEnds.other(fields.guid("AppId")));
    }

    /**
     * Exchange's administration centre or PowerShell, with which a person ran the command: the actor's client, and never who acted.
     */
    static @Nullable String tool(EventFields fields) {
        String appId = Values.first(fields.guid("ClientAppId"), fields.guid("AppId"));
        return appId != null && ExchangeApps.isTool(appId) ? appId : null;
    }

    private static List<String> outside(Map<String, String> parameters, Set<String> own) {
        Set<String> outside = new LinkedHashSet<>();
        parameters.forEach((name, value) -> {
            if (WAYS.contains(name.toLowerCase(Locale.ROOT))) {
                MailTargets.parts(value).stream()
                        .filter(way -> leadsOut(way, own))
                        .forEach(outside::add);
            }
        });
        return new ArrayList<>(outside);
    }

    private static boolean leadsOut(String way, Set<String> own) {
        return MailTargets.domain(way)
                .map(domain -> !MailTargets.isOneOf(domain, own))
                .orElseGet(() -> way.equals(MailTargets.ANY) || MailTargets.isNetwork(way));
    }

    /** Domains the event itself shows to be the organisation's. */
    private static Set<String> ownDomains(EventFields fields) {
        Set<String> own = new TreeSet<>();
        for (String name : new String[] {"OrganizationName", "UserId", "MailboxOwnerUPN"}) {
            String text = Values.lower(fields.text(name));
            if (text != null) {
                MailTargets.domain(text).ifPresent(own::add);
            }
        }
        return own;
    }
}
