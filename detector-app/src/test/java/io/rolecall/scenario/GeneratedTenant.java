package io.rolecall.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.policy.MicrosoftApps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A tenant of which many stories are true at once: acts of several cases of scenario files, of which some now are on the same
 * applications and by the same people. What fires alone is disturbed by near misses of its own and of other detections.
 */
final class GeneratedTenant {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Fields whose texts are words of the language, and not names of somebody or something. */
    private static final Set<String> WORDS = Set.of("at", "do", "role", "roles", "scopes", "was", "log", "failure");

    private static final Set<String> STATED_IDS = Set.of("appId", "objectId", "servicePrincipalId", "id", "file");

    private static final int SHARED_APPLICATIONS = 4;
    private static final int SHARED_PEOPLE_A_PLACE = 3;

    private final Random random;
    private final ObjectNode people = NODES.objectNode();
    private final ArrayNode events = NODES.arrayNode();
    private JsonNode policy = NODES.nullNode();
    private boolean idsAreStated;

    GeneratedTenant(Random random) {
        this.random = random;
    }

    /**
     * Tells the acts of a case too.
     *
     * @param everybody the people of its file
     */
    void tell(JsonNode everybody, JsonNode one) {
        boolean states = statesIds(one.path("events")) || one.has("networks");
        if (states && idsAreStated) {
            return; // two cases may state one id for different things
        }
        idsAreStated |= states;
        Map<String, String> names = new HashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        int first = random.nextInt(SHARED_PEOPLE_A_PLACE);
        cast(everybody, names, states, first, taken);
        cast(one.path("people"), names, states, first, taken);
        if (!states) {
            applications(one.path("events"), names);
        }
        String own = "-" + events.size();
        one.path("events").forEach(line -> events.add(renamed(line, names, own, "")));
        if (one.has("policy") && (policy.isNull() || random.nextBoolean())) {
            policy = one.path("policy");
        }
    }

    /** The tenant as a scenario file of one case, which expects silence. */
    String text(String detection) {
        ObjectNode one = NODES.objectNode().put("name", "generated");
        if (!policy.isNull()) {
            one.set("policy", policy);
        }
        one.set("people", people);
        one.set("events", events);
        one.set("expect", NODES.arrayNode());
        ObjectNode file = NODES.objectNode().put("detection", detection);
        file.set("cases", NODES.arrayNode().add(one));
        return file.toString();
    }

    /**
     * People of one place are the same ones in several cases, unless something is stated of them; within a case they stay different
     * ones.
     *
     * @param first which of the people of a place comes first in this case
     * @param taken how many of a place this case has
     */
    private void cast(
            JsonNode members, Map<String, String> names, boolean states, int first, Map<String, Integer> taken) {
        members.properties().forEach(member -> {
            boolean plain = member.getValue().isTextual() && !states;
            String name = plain
                    ? shared(member.getValue().asText().replaceAll("[^a-z0-9]", ""), first, taken)
                    : member.getKey() + "x" + events.size();
            names.put(member.getKey(), name);
            people.set(name, member.getValue());
        });
    }

    private static String shared(String place, int first, Map<String, Integer> taken) {
        int before = taken.merge(place, 1, Integer::sum) - 1;
        return "p" + place + (before < SHARED_PEOPLE_A_PLACE ? (first + before) % SHARED_PEOPLE_A_PLACE : before);
    }

    private void applications(JsonNode lines, Map<String, String> names) {
        List<String> applications = new ArrayList<>();
        lines.forEach(line -> applications.addAll(
                List.of(line.path("app").asText(), line.path("by").path("app").asText())));
        applications.stream()
                .distinct()
                .filter(name -> !name.isEmpty() && MicrosoftApps.appId(name).isEmpty())
                // The name itself may be what a case is about.
                .filter(name -> random.nextBoolean())
                .forEach(name -> names.put(name, "Application " + random.nextInt(SHARED_APPLICATIONS)));
    }

    private static boolean statesIds(JsonNode node) {
        if (node.isObject() && STATED_IDS.stream().anyMatch(node::has)) {
            return true;
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            if (statesIds(children.next())) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names, String own, String field) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties()
                    .forEach(entry -> copy.set(entry.getKey(), renamed(entry.getValue(), names, own, entry.getKey())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(item -> copy.add(renamed(item, names, own, field)));
            return copy;
        }
        if (!node.isTextual() || WORDS.contains(field)) {
            return node;
        }
        return TextNode.valueOf(
                field.equals("correlation") || field.equals("event")
                        ? node.asText() + own
                        : names.getOrDefault(node.asText(), node.asText()));
    }
}
