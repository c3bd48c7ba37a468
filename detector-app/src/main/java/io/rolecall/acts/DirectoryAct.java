package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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
     */
    public record ByApplication(String displayName, Optional<String> servicePrincipalId) implements Initiator {}

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
            List<Name> names) {}

    /** One typed name of the unified audit log: type 1 name, 2 App ID, 4 service principal names. */
    public record Name(String id, int type) {}

    /** A changed property. */
    public record Property(String name, Value before, Value after) {}

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
