package io.rolecall.detection.read;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of Exchange's commands that may open a way for mail: learn.microsoft.com/powershell/module/exchange. */
final class MailParameters {

    /** Parameters that open a way when they lead outside, by what they are set on. */
    private static final Map<String, Set<String>> OUTWARD = Map.of(
            "inbound-connector",
            Set.of("senderdomains", "senderipaddresses", "tlssendercertificatename"),
            "outbound-connector",
            Set.of("recipientdomains", "smarthosts", "tlsdomain"),
            "transport-rule",
            Set.of(
                    "addtorecipients",
                    "blindcopyto",
                    "copyto",
                    "generateincidentreport",
                    "moderatemessagebyuser",
                    "redirectmessageto"),
            "journal-rule",
            Set.of("journalemailaddress"),
            "transport-config",
            Set.of("journalingreportndrto"),
            "inbox-rule",
            Set.of("forwardasattachmentto", "forwardto", "redirectto"),
            "mailbox",
            Set.of("forwardingaddress", "forwardingsmtpaddress"));

    /** Lists of senders that a filter lets through, whoever they are. */
    private static final Map<String, Set<String>> ALLOWING = Map.of(
            "hosted-content-filter-policy", Set.of("allowedsenderdomains", "allowedsenders"),
            "hosted-connection-filter-policy", Set.of("ipallowlist"),
            "anti-phish-policy", Set.of("excludeddomains", "excludedsenders"),
            "safe-links-policy", Set.of("donotrewriteurls", "whitelistedurls"));

    private MailParameters() {}

    /** Those of a change that open a way when they lead outside, by name. */
    static List<String> outward(MailChange change) {
        return OUTWARD.getOrDefault(change.noun(), Set.of()).stream().sorted().toList();
    }

    /** Those of a change that are lists of senders whom a filter lets through, by name. */
    static List<String> allowing(MailChange change) {
        return ALLOWING.getOrDefault(change.noun(), Set.of()).stream().sorted().toList();
    }
}
