package io.rolecall.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The parts of an entry in words, for people. */
final class AuditWords {

    private static final String UNKNOWN = KnownApplication.UNKNOWN;

    private AuditWords() {}

    static boolean isUnknown(JsonNode json, String list) {
        for (JsonNode name : json.path("unknown")) {
            if (name.asText().equals(list)) {
                return true;
            }
        }
        return false;
    }

    static String publisher(JsonNode publisher) {
        return joined(
                ", ",
                publisher.path("owner").asText(),
                publisher.path("domain").asText(),
                publisher.has("verified")
                        ? "verified " + publisher.path("verified").asText()
                        : "");
    }

    static String permission(JsonNode one) {
        String holder = one.path("for").asText();
        String holders = holder.equals("everybody")
                ? ""
                : "for " + (one.has("users") ? count(one.path("users").asLong(), "user") : holder);
        return one.path("value").asText() + " of " + one.path("resource").asText() + " ("
                + joined(", ", one.path("type").asText(), one.path("tier").asText(), holders) + ")"
                + (one.path("by").asText().equals(UNKNOWN)
                        ? ""
                        : " by " + one.path("by").asText())
                + (one.path("since").asText().equals(UNKNOWN)
                        ? ""
                        : " since " + time(one.path("since").asText()));
    }

    static String users(JsonNode users) {
        List<String> names = new ArrayList<>();
        users.path("first").forEach(name -> names.add(name.asText()));
        long count = users.path("count").asLong();
        String own = count == 0
                ? ""
                : count(count, "user") + " by own consent: " + String.join(", ", names)
                        + (names.size() < count ? ", ..." : "");
        return joined("; ", users.path("everybody").asBoolean() ? "everybody" : "", own);
    }

    static String owner(JsonNode owner) {
        String name = owner.path("name").asText(owner.path("id").asText("an unnamed owner"));
        return owner.has("gone") ? name + " (" + owner.path("gone").asText() + ")" : name;
    }

    static String credential(JsonNode key) {
        String name = key.path("name").asText();
        return key.path("type").asText() + (name.isEmpty() ? "" : " '" + name + "'") + " "
                + key.path("keyId").asText()
                + (key.has("ageDays") ? ", " + count(key.path("ageDays").asLong(), "day") + " old" : "")
                + ", expires " + time(key.path("expiresAt").asText())
                + ", last used " + time(key.path("lastUsed").asText());
    }

    static String redirect(JsonNode redirect) {
        List<String> flaws = new ArrayList<>();
        redirect.path("flaws").forEach(flaw -> flaws.add(flaw.asText()));
        return redirect.path("uri").asText() + (flaws.isEmpty() ? "" : " (" + String.join(", ", flaws) + ")");
    }

    static String setting(JsonNode setting) {
        return setting.path("name").asText() + " is " + setting.path("value").asText("nothing") + " since "
                + time(setting.path("since").asText());
    }

    static String alert(JsonNode alert) {
        return alert.path("severity").asText() + " " + alert.path("detection").asText() + " "
                + alert.path("alertId").asText();
    }

    static String finding(JsonNode finding) {
        return finding.path("severity").asText() + " " + finding.path("id").asText() + ": "
                + finding.path("reason").asText();
    }

    /** To the second, as people read it. */
    static String time(String text) {
        return text.length() > 19 && text.charAt(10) == 'T'
                ? text.substring(0, 19).replace('T', ' ') + "Z"
                : text;
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String joined(String between, String... parts) {
        List<String> stated = new ArrayList<>();
        for (String part : parts) {
            if (!part.isEmpty()) {
                stated.add(part);
            }
        }
        return String.join(between, stated);
    }
}
