package io.rolecall.detection.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolecall.schema.PropertyChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a change of one property of the authorization policy means for what users may do. Names and values are those of Microsoft's
 * authorizationPolicy (https://learn.microsoft.com/graph/api/resources/authorizationpolicy), whatever their case, with or without the
 * object they stand in.
 *
 * @param property its last name, lower case, letters alone
 * @param name as logged
 * @param old value before; empty when the event does not state it
 * @param now value after; empty when there is none
 */
public record ConsentSetting(String property, String name, Optional<String> old, Optional<String> now) {

    /** Which way it goes. */
    public enum Way {
        WIDER,
        NARROWER,
        UNKNOWN
    }

    private static final String RISKY = "allowuserconsentforriskyapps";
    private static final String CREATE = "allowedtocreateapps";
    private static final String INVITES = "allowinvitesfrom";
    private static final Set<String> POLICIES =
            Set.of("permissiongrantpolicyidsassignedtodefaultuserrole", "permissiongrantpoliciesassigned");
    private static final Set<String> GUESTS = Set.of("guestuserrole", "guestuserroleid", "guestuserroletemplateid");
    private static final String USERS = "defaultuserrolepermissions";

    private static final List<String> INVITERS =
            List.of("none", "adminsandguestinviters", "adminsguestinvitersandallmembers", "everyone");

    /** Restricted guest, guest, user: https://learn.microsoft.com/entra/identity/users/users-restrict-guest-permissions. */
    private static final List<String> GUEST_ROLES = List.of(
            "2af84b1e-32c8-42b7-82bc-daa82404023b",
            "10dae51f-b6af-4016-8d66-8c2a99b929b3",
            "a0b1b346-4d3e-4e8b-98f8-753987be4970");

    private static final String FOR_SELF = "managepermissiongrantsforself.";
    private static final String OWNED = "managepermissiongrantsforownedresource";
    private static final String LOW = "microsoft-user-default-low";
    private static final String RECOMMENDED = "microsoft-user-default-recommended";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The settings that a changed property stands for: those of an object each by itself. */
    public static List<ConsentSetting> of(PropertyChange change) {
        String name = letters(change.getProperty());
        String last =
                letters(change.getProperty().substring(change.getProperty().lastIndexOf('.') + 1));
        Optional<JsonNode> before = change.getOld().flatMap(ConsentSetting::object);
        Optional<JsonNode> after = change.getNew$().flatMap(ConsentSetting::object);
        if (before.isEmpty() && after.isEmpty()) {
            String known =
                    name.startsWith(USERS) && name.length() > USERS.length() ? name.substring(USERS.length()) : last;
            return List.of(new ConsentSetting(known, change.getProperty(), change.getOld(), change.getNew$()));
        }
        Set<String> members = new TreeSet<>();
        before.ifPresent(node -> node.fieldNames().forEachRemaining(members::add));
        after.ifPresent(node -> node.fieldNames().forEachRemaining(members::add));
        List<ConsentSetting> settings = new ArrayList<>();
        for (String member : members) {
            Optional<String> old = before.flatMap(node -> text(node.get(member)));
            Optional<String> now = after.flatMap(node -> text(node.get(member)));
            if (!old.equals(now)) {
                settings.add(new ConsentSetting(letters(member), member, old, now));
            }
        }
        return settings;
    }

    /** The object that a value is, also as the one member of a list, as the audit log writes most values. */
    private static Optional<JsonNode> object(String text) {
        if (!text.contains("{")) {
            return Optional.empty();
        }
        try {
            JsonNode value = MAPPER.readTree(text);
            return Optional.of(value.isArray() && value.size() == 1 ? value.get(0) : value)
                    .filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node)
                .filter(value -> !value.isNull())
                .map(value -> value.isTextual() ? value.asText() : value.toString());
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** Which way the change goes. */
    public Way way() {
        if (property.equals(RISKY) || property.equals(CREATE)) {
            return isTrue() ? Way.WIDER : Way.NARROWER;
        }
        if (POLICIES.contains(property)) {
            return policies();
        }
        if (property.equals(INVITES)) {
            return ranked(INVITERS);
        }
        return GUESTS.contains(property) ? ranked(GUEST_ROLES) : Way.UNKNOWN;
    }

    private boolean isTrue() {
        return now.filter(value -> letters(value).equals("true")).isPresent();
    }

    private Way ranked(List<String> ranks) {
        int after = rank(ranks, now);
        int before = rank(ranks, old);
        if (after < 0 || (before < 0 && old.isPresent())) {
            return Way.UNKNOWN;
        }
        return after > before && (old.isPresent() || after > 0) ? Way.WIDER : Way.NARROWER;
    }

    private static int rank(List<String> ranks, Optional<String> value) {
        return value.map(text -> values(text))
                .filter(values -> values.size() == 1)
                .map(values -> ranks.indexOf(values.iterator().next()))
                .orElse(-1);
    }

    /** A policy more is wider, and another one in place of a narrower: low is the narrowest, a custom one may be anything. */
    private Way policies() {
        Set<String> before = old.map(ConsentSetting::values).orElseGet(Set::of);
        Set<String> after = now.map(ConsentSetting::values).orElseGet(Set::of);
        Set<String> lost = new TreeSet<>(before);
        lost.removeAll(after);
        boolean wider = after.stream()
                .filter(policy -> !before.contains(policy))
                .anyMatch(policy -> lost.stream().noneMatch(former -> isNarrower(policy, former)));
        return wider ? Way.WIDER : Way.NARROWER;
    }

    /** Whether one policy for users' own consents, which takes the place of another, surely allows no more. */
    private static boolean isNarrower(String policy, String former) {
        if (former.startsWith(OWNED)) {
            return false;
        }
        return policy.equals(LOW) || (policy.equals(RECOMMENDED) && !former.equals(LOW));
    }

    /** The values of a list, however it is written, lower case; the prefix of policies for users' own consents is left out. */
    private static Set<String> values(String text) {
        return Arrays.stream(text.split("[\\[\\]\",;\\s]+", -1))
                .map(value -> value.toLowerCase(Locale.ROOT))
                .map(value -> value.startsWith(FOR_SELF) ? value.substring(FOR_SELF.length()) : value)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a later change of the same property takes this one back. */
    public boolean isUndoneBy(ConsentSetting later) {
        return later.property().equals(property)
                && (later.way() == Way.NARROWER || later.now().equals(old));
    }

    /** For sentences. */
    public String label() {
        return name + " from " + old.orElse("nothing") + " to " + now.orElse("nothing");
    }
}
