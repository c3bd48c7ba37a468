package io.rolecall.detection.read;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a change of mail flow switches something on or off. */
final class MailSwitches {

    /** What protects: rules of the transport, and the policies and rules of the filters. */
    private static final Pattern PROTECTIVE = Pattern.compile(
            "transport-rule|(hosted-content-filter|hosted-connection-filter"
                    + "|hosted-outbound-spam-filter|malware-filter|anti-phish|safe-links|safe-attachment)-(policy|rule)");

    /** Parameters that switch it. */
    private static final List<String> SWITCHES = List.of(
            "enabled",
            "enable",
            "isenabled",
            "state",
            "mode",
            "enablefilefilter",
            "enablesafelinksforemail",
            "zapenabled");

    private static final String[] ON = {"true", "$true", "1", "on", "enabled", "enable", "enforce"};
    private static final String[] OFF = {"false", "$false", "0", "off", "disabled", "disable", "audit", "auditandnotify"
    };

    private MailSwitches() {}

    /** Whether it is done to something that protects. */
    static boolean isProtective(MailChange change) {
        return PROTECTIVE.matcher(change.noun()).matches();
    }

    /** Whether the thing is removed, or not in force from then on. */
    static boolean isOff(MailChange change) {
        return change.verb().equals("remove")
                || change.verb().equals("disable")
                || SWITCHES.stream().anyMatch(name -> change.states(name, OFF));
    }

    /** Whether the thing is switched on. */
    static boolean isOn(MailChange change) {
        return change.verb().equals("enable") || SWITCHES.stream().anyMatch(name -> states(change, name));
    }

    /** Whether a parameter is set to yes. */
    static boolean states(MailChange change, String parameter) {
        return change.states(parameter, ON);
    }
}
