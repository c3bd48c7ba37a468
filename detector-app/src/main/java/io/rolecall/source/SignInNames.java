package io.rolecall.source;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names that are asked for on the way from an object to a sign-in: what tells wrappers, logs and tables apart, and what the
 * decoders of sign-ins read. Each has a number, by which {@link SlotFields} finds its value.
 */
final class SignInNames {

    /** A name that nobody asks for. */
    static final int IRRELEVANT = -1;

    /** A name with which an object cannot be read in one pass. */
    static final int UNSETTLED = -2;

    private static final List<String> NAMES = List.of(
            // Wrappers, and what tells that there is none.
            "AuditData",
            "_raw",
            "event.original",
            "original",
            "RawEventData",
            "event",
            "message",
            "records",
            "value",
            "results",
            "result",
            "_source",
            "data",
            "office365",
            "body",
            "payload",
            // What an object is.
            "operationName",
            "operation",
            "activityDisplayName",
            "operationNameValue",
            "Operations",
            "ActionType",
            "authorization",
            "action",
            "category",
            "Type",
            "properties",
            "RecordType",
            "Workload",
            "OfficeWorkload",
            "OfficeId",
            "Parameters",
            "targetResources",
            "targetResource",
            "initiatedBy",
            "activityDateTime",
            "eventDataId",
            "eventTimestamp",
            "_ResourceId",
            // Times, tenants and ids.
            "time",
            "TimeGenerated",
            "@timestamp",
            "Timestamp",
            "Start_Time",
            "createdDateTime",
            "CreationTime",
            "CreationDate",
            "AADTenantId",
            "tenantId",
            "OrganizationId",
            "resourceId",
            "id",
            "correlationId",
            "ReportId",
            "RequestId",
            "SourceRecordId",
            "Identity",
            "InterSystemsId",
            // Sign-ins of Entra, in all its tables.
            "appId",
            "appDisplayName",
            "servicePrincipalId",
            "servicePrincipalName",
            "userId",
            "userPrincipalName",
            "userDisplayName",
            "ipAddress",
            "callerIpAddress",
            "userAgent",
            "status",
            "errorCode",
            "failureReason",
            "resultType",
            "resultDescription",
            "location",
            "LocationDetails",
            "countryOrRegion",
            "city",
            "resourceIdentity",
            "resourceDisplayName",
            "autonomousSystemNumber",
            "servicePrincipalCredentialKeyId",
            "clientCredentialType",
            "federatedCredentialId",
            "authenticationProtocol",
            "incomingTokenType",
            "appOwnerTenantId",
            "uniqueTokenIdentifier",
            "signInEventTypes",
            "isInteractive",
            // Those of Defender's advanced hunting.
            "ApplicationId",
            "Application",
            "LogonType",
            "IsManagedIdentity",
            "AccountObjectId",
            "AccountUpn",
            "AccountDisplayName",
            "Country",
            "UniqueTokenId",
            // Those of the unified audit log.
            "ExtendedProperties",
            "ModifiedProperties",
            "OperationProperties",
            "Folders",
            "AppAccessContext",
            "Actor",
            "Target",
            "AADTarget",
            "UserKey",
            "UserIds",
            "UserType",
            "ActorIpAddress",
            "ClientIPAddress",
            "Client_IPAddress",
            "ClientIP",
            "ObjectId",
            "OfficeObjectId",
            "MailboxOwnerUPN",
            "ErrorNumber",
            "LogonError",
            "ResultStatus",
            "ResultStatusDetail");

    private static final List<String> ECS = List.of("azure", "o365", "o365audit");

    static final int COUNT = NAMES.size();

    private static final Map<String, Integer> SLOTS = slots();

    static final int PROPERTIES = slot("properties");

    /** Those that name an operation, in the order in which {@link RawOperation} reads none but the first. */
    private static final int[] OPERATIONS = {
        slot("operationName"), slot("operation"), slot("activityDisplayName"), slot("operationNameValue")
    };

    private SignInNames() {}

    /**
     * The number of a name as a decoder asks for it, in any case.
     *
     * @throws UnsettledException when it is none of these
     */
    static int slot(String name) {
        Integer slot = SLOTS.get(name);
        if (slot == null) {
            slot = SLOTS.get(name.toLowerCase(Locale.ROOT));
        }
        if (slot == null) {
            throw new UnsettledException();
        }
        return slot;
    }

    /** The number of the one name that a key of a first-level member spells. */
    static int ofFirstLevel(String key) {
        // Elastic's documents have names with dots, and objects of these names, that are put together anew.
        if (key.indexOf('.') >= 0 || ECS.stream().anyMatch(name -> EventFields.isSpelling(key, name))) {
            return UNSETTLED;
        }
        int slot = of(key);
        return isWrapper(slot)
                        || (isOperation(slot) && key.length() != NAMES.get(slot).length())
                ? UNSETTLED
                : slot;
    }

    /** The number of the one name that a key spells, with the ending of an export or without. */
    static int of(String key) {
        int found = key.indexOf('\\') < 0 ? IRRELEVANT : UNSETTLED;
        for (int i = 0; i < COUNT && found != UNSETTLED; i++) {
            if (EventFields.isSpelling(key, NAMES.get(i))) {
                found = found == IRRELEVANT ? i : UNSETTLED;
            }
        }
        return found;
    }

    static boolean isOperation(int slot) {
        for (int operation : OPERATIONS) {
            if (slot == operation) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of the names that name an operation. */
    static int[] operations() {
        return OPERATIONS.clone();
    }

    static String name(int slot) {
        return NAMES.get(slot);
    }

    /** Wrappers that are opened whatever stands beside them. */
    private static boolean isWrapper(int slot) {
        return slot >= 0 && slot <= slot("RawEventData");
    }

    private static Map<String, Integer> slots() {
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            slots.put(NAMES.get(i), i);
            slots.put(NAMES.get(i).toLowerCase(Locale.ROOT), i);
        }
        // Asked hundreds of times an event: an immutable map divides for every look-up.
        return Collections.unmodifiableMap(slots);
    }
}
