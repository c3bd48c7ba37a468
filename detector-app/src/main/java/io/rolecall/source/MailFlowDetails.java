package io.rolecall.source;

import io.rolecall.schema.MailFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
            "ipallowlist",
            "journalemailaddress",
            "journalingreportndrto",
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

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|\"'\\[\\]<>]+");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:\\*\\.|@)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{1,62}");
    private static final Pattern MAILBOX = Pattern.compile("[^@]{1,64}@[a-z0-9.-]{1,253}");
    private static final Pattern NETWORK = Pattern.compile("[0-9a-f:.]{3,45}(?:[/-][0-9a-f:.]{1,45})?");

    private MailFlowDetails() {}

    /** A command with its parameters, or a change of inbox rules by a mail client, whose rules stand elsewhere. */
    static Part of(EventFields fields, String cmdlet) {
        Map<String, String> parameters =
                new LinkedHashMap<>(KeyValues.of(fields.node("Parameters")).texts());
        InboxRules.of(fields).forEach(parameters::putIfAbsent);
        MailFlow details = MailFlow.newBuilder()
                .setCmdlet(cmdlet.strip())
                .setParameters(parameters)
                .setOutside(outside(parameters, ownDomains(fields)))
                .setObject(fields.text("ObjectId", "OfficeObjectId"))
                .build();
        return new Part(new AppRef(client(fields), null, null, null), details);
    }

    /** The application that ran the command; null for Exchange's own clients: its API, its administration centre, its PowerShell. */
    static @Nullable String client(EventFields fields) {
        return Values.first(FrontEnds.other(fields.guid("ClientAppId")), FrontEnds.other(fields.guid("AppId")));
    }

    private static List<String> outside(Map<String, String> parameters, Set<String> own) {
        Set<String> outside = new LinkedHashSet<>();
        parameters.forEach((name, value) -> {
            if (WAYS.contains(name.toLowerCase(Locale.ROOT))) {
                for (String part : SEPARATORS.split(value.toLowerCase(Locale.ROOT), -1)) {
                    String way = part.startsWith("smtp:") ? part.substring("smtp:".length()) : part;
                    if (leadsOut(way, own)) {
                        outside.add(way);
                    }
                }
            }
        });
        return new ArrayList<>(outside);
    }

    private static boolean leadsOut(String way, Set<String> own) {
        boolean mailbox = MAILBOX.matcher(way).matches();
        if (mailbox || DOMAIN.matcher(way).matches()) {
            String domain = way.substring(way.indexOf('@') + 1);
            return !own.contains(domain.startsWith("*.") ? domain.substring(2) : domain);
        }
        boolean network = NETWORK.matcher(way).matches() && (way.indexOf('.') > 0 || way.indexOf(':') >= 0);
        return way.equals("*") || network;
    }

    /** Domains the event itself shows to be the organisation's. */
    private static Set<String> ownDomains(EventFields fields) {
        Set<String> own = new LinkedHashSet<>();
        for (String name : new String[] {"OrganizationName", "UserId", "MailboxOwnerUPN"}) {
            String text = Values.lower(fields.text(name));
            if (text != null) {
                own.add(text.substring(text.indexOf('@') + 1));
            }
        }
        return own;
    }
}
