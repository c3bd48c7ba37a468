package io.rolecall.detection;

import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Operations that the investigation of an alert and the timeline of {@code explain} tell of beside what detections read: what was
 * done to an application and what it did, around the acts that decide.
 */
final class Investigated {

    static final Set<String> OPERATIONS = Stream.of(
                    Set.of(Operations.SIGN_IN, OperationGroups.ANY_AZURE_DELETION),
                    OperationGroups.APPLICATIONS,
                    OperationGroups.DIRECTORY_ROLES,
                    OperationGroups.TENANT_POLICIES,
                    OperationGroups.PRIVILEGED_CHANGES,
                    OperationGroups.CONSENT_REQUESTS,
                    OperationGroups.MAIL_FLOW,
                    OperationGroups.EXCHANGE_ROLES,
                    OperationGroups.MAIL_READ,
                    OperationGroups.MAIL_SENT,
                    OperationGroups.FILES_READ,
                    OperationGroups.AZURE)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private Investigated() {}
}
