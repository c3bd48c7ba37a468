package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.schema.Technique;
import java.util.Map;

/** Ids and names of MITRE ATT&CK tactics and techniques, as OCSF wants them. */
public final class AttackNames {

    private static final Map<String, String> TACTICS = Map.ofEntries(
            Map.entry("reconnaissance", "TA0043"),
            Map.entry("resource-development", "TA0042"),
            Map.entry("initial-access", "TA0001"),
            Map.entry("execution", "TA0002"),
            Map.entry("persistence", "TA0003"),
            Map.entry("privilege-escalation", "TA0004"),
            Map.entry("defense-evasion", "TA0005"),
            Map.entry("credential-access", "TA0006"),
            Map.entry("discovery", "TA0007"),
            Map.entry("lateral-movement", "TA0008"),
            Map.entry("collection", "TA0009"),
            Map.entry("exfiltration", "TA0010"),
            Map.entry("command-and-control", "TA0011"),
            Map.entry("impact", "TA0040"));

    private static final Map<String, String> TECHNIQUES = Map.ofEntries(
            Map.entry("T1078", "Valid Accounts"),
            Map.entry("T1078.004", "Cloud Accounts"),
            Map.entry("T1098", "Account Manipulation"),
            Map.entry("T1098.001", "Additional Cloud Credentials"),
            Map.entry("T1098.002", "Additional Email Delegate Permissions"),
            Map.entry("T1098.003", "Additional Cloud Roles"),
            Map.entry("T1114", "Email Collection"),
            Map.entry("T1114.002", "Remote Email Collection"),
            Map.entry("T1114.003", "Email Forwarding Rule"),
            Map.entry("T1136", "Create Account"),
            Map.entry("T1136.003", "Cloud Account"),
            Map.entry("T1484", "Domain or Tenant Policy Modification"),
            Map.entry("T1484.002", "Trust Modification"),
            Map.entry("T1485", "Data Destruction"),
            Map.entry("T1486", "Data Encrypted for Impact"),
            Map.entry("T1528", "Steal Application Access Token"),
            Map.entry("T1530", "Data from Cloud Storage"),
            Map.entry("T1534", "Internal Spearphishing"),
            Map.entry("T1550", "Use Alternate Authentication Material"),
            Map.entry("T1550.001", "Application Access Token"),
            Map.entry("T1555", "Credentials from Password Stores"),
            Map.entry("T1555.006", "Cloud Secrets Management Stores"),
            Map.entry("T1556", "Modify Authentication Process"),
            Map.entry("T1556.009", "Conditional Access Policies"),
            Map.entry("T1562", "Impair Defenses"),
            Map.entry("T1562.001", "Disable or Modify Tools"),
            Map.entry("T1566", "Phishing"),
            Map.entry("T1566.002", "Spearphishing Link"),
            Map.entry("T1651", "Cloud Administration Command"));

    private AttackNames() {}

    /** The OCSF {@code attack} object of a pair; names are left out where this table has none. */
    public static ObjectNode attack(Technique pair) {
        ObjectNode attack = JsonNodeFactory.instance.objectNode();
        ObjectNode tactic = attack.putObject("tactic");
        tactic.put("name", title(pair.getTactic()));
        String uid = TACTICS.get(pair.getTactic());
        if (uid != null) {
            tactic.put("uid", uid);
        }
        String id = pair.getTechnique();
        int dot = id.indexOf('.');
        technique(attack.putObject("technique"), dot < 0 ? id : id.substring(0, dot));
        if (dot >= 0) {
            technique(attack.putObject("sub_technique"), id);
        }
        return attack;
    }

    private static void technique(ObjectNode technique, String id) {
        technique.put("uid", id);
        String name = TECHNIQUES.get(id);
        if (name != null) {
            technique.put("name", name);
        }
    }

    /** {@code initial-access} as ATT&CK writes it: Initial Access; small words stay small. */
    private static String title(String tactic) {
        StringBuilder title = new StringBuilder();
        for (String word : tactic.split("-", -1)) {
            title.append(title.isEmpty() ? "" : " ");
            title.append(word.equals("and") ? word : capitalized(word));
        }
        return title.toString();
    }

    static String capitalized(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
