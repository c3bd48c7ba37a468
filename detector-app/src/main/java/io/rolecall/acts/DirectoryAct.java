package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One act in the directory, before it is written the way either log shows it: Entra audit ({@link EntraShape}) or the unified
 * audit log ({@link UnifiedShape}).
 *
 * @param operation name as in Entra audit: en dash and trailing space included, no dot
 * @param category Entra audit's category, for example {@code ApplicationManagement}
 * @param kind Entra audit's operation type: {@code Add}, {@code Update}, {@code Assign}, {@code Unassign}
 * @param unifiedCategory the unified audit log's {@code extendedAuditEventCategory}
 * @param time event time
 * @param correlationId the same in both logs
 * @param initiator who did it
 * @param failure reason of failure; empty for success
 * @param targets what it was done to, the one with the changed properties first
 * @param details {@code additionalDetails}, in order
 */
public record DirectoryAct(
        String operation,
        String category,
        String kind,
        String unifiedCategory,
        Instant time,
        String correlationId,
        Initiator initiator,
        Optional<String> failure,
        List<Target> targets,
        Map<String, String> details) {

    private static final String RESULT = "MethodExecutionResult.";

    /** The same act, failed: its events keep their shape and say why among the changed properties. */
    DirectoryAct failed(String reason) {
        List<Property> properties = new ArrayList<>(targets.get(0).properties());
        properties.removeIf(property -> property.name().equals(RESULT));
        properties.add(Properties.text(RESULT, reason));
        return copy(
                operation,
                category,
                kind,
                Optional.of(reason),
                first(properties, targets.get(0).names()),
                details);
    }

    /** The same act with one more changed property, before the others. */
    DirectoryAct with(Property property) {
        List<Property> properties = new ArrayList<>(List.of(property));
        properties.addAll(targets.get(0).properties());
        return copy(
                operation,
                category,
                kind,
                failure,
                first(properties, targets.get(0).names()),
                details);
    }

    /** The same act in another of Entra audit's categories. */
    DirectoryAct in(String newCategory) {
        return copy(operation, newCategory, kind, failure, targets, details);
    }

    /** The same act under another name. */
    DirectoryAct renamed(String name) {
        return copy(name, category, kind, failure, targets, details);
    }

    /** The act that takes back this one: what came to be is now what was. */
    DirectoryAct undone(String name) {
        List<Property> properties = new ArrayList<>();
        for (Property property : targets.get(0).properties()) {
            boolean names = property.name().equals(Properties.PRINCIPAL_NAMES);
            properties.add(names ? property : property.reversed());
        }
        return copy(
                name,
                category,
                "Unassign",
                failure,
                first(properties, targets.get(0).names()),
                details);
    }

    /** The same act without the application's App ID beside its target, as events were until 2023. */
    DirectoryAct withoutAppId() {
        Map<String, String> fewer = new LinkedHashMap<>(details);
        fewer.remove("AppId");
        List<Property> properties = new ArrayList<>(targets.get(0).properties());
        properties.removeIf(property -> property.name().equals(Properties.PRINCIPAL_NAMES));
        return copy(operation, category, kind, failure, first(properties, List.of()), fewer);
    }

    private List<Target> first(List<Property> properties, List<Name> names) {
        List<Target> told = new ArrayList<>(targets);
        Target first = told.get(0);
        told.set(0, new Target(first.id(), first.displayName(), first.type(), first.user(), properties, names));
        return told;
    }

    private DirectoryAct copy(
            String name,
            String newCategory,
            String newKind,
            Optional<String> reason,
            List<Target> told,
            Map<String, String> additional) {
        return new DirectoryAct(
                name, newCategory, newKind, unifiedCategory, time, correlationId, initiator, reason, told, additional);
    }

    /** Who does an act. */
    public sealed interface Initiator {}

    /**
     * A user.
     *
     * @param ip address that Entra audit shows; empty when it shows none
     */
    public record ByUser(Person person, Optional<String> ip) implements Initiator {}

    /**
     * An application.
     *
     * @param servicePrincipalId empty for the few initiators that log no id at all
     * @param appId App ID, which only the unified log shows; empty when it shows some other
     * @param ip address that Entra audit shows; most applications have none
     */
    public record ByApplication(
            String displayName, Optional<String> servicePrincipalId, Optional<String> appId, Optional<String> ip)
            implements Initiator {

        /** An application whose App ID no log shows, nor an address. */
        public ByApplication(String displayName, Optional<String> servicePrincipalId) {
            this(displayName, servicePrincipalId, Optional.empty(), Optional.empty());
        }
    }

    /** Nobody: the logs name no initiator. */
    record ByNobody() implements Initiator {}

    /**
     * What an act is done to.
     *
     * @param type Entra audit's type, for example {@code ServicePrincipal}
     * @param names further entries of the unified log's {@code Target}: each an id and its type
     */
    public record Target(
            String id,
            Optional<String> displayName,
            String type,
            Optional<Person> user,
            List<Property> properties,
            List<Name> names) {

        /** A person. */
        static Target of(Person person, List<Property> properties) {
            return new Target(person.id(), Optional.empty(), "User", Optional.of(person), properties, List.of());
        }
    }

    /** One typed name of the unified audit log: type 1 name, 2 App ID, 4 service principal names. */
    public record Name(String id, int type) {}

    /** A changed property. */
    public record Property(String name, Value before, Value after) {

        /** The change that takes back this one. */
        Property reversed() {
            return new Property(name, /* before= */ after, /* after= */ before);
        }
    }

    /** A property's value, which the two logs print differently. */
    sealed interface Value {}

    /** No value: null in Entra audit, empty text in the unified log. */
    record None() implements Value {}

    /** Text: a JSON string in a string in Entra audit, bare in the unified log. */
    record Text(String text) implements Value {}

    /** A list: compact JSON in Entra audit, printed over lines in the unified log. */
    record Listed(JsonNode list) implements Value {}

    /** A time: ISO 8601 with seven decimals in Entra audit, US format without fractions in the unified log. */
    record Moment(Instant time) implements Value {}
}
