package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of the published records, to the letter and in the order in which they are documented. */
class ContractNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    AppEvent | eventId source envelope operation rawOperation eventTime tenantId correlationId outcome outcomeReason appId appObjectId servicePrincipalId appDisplayName actor details position alsoSeenAs appIdResolved inquiry part progress
                    Actor | type id name appId servicePrincipalId ip userAgent otherIps tokenService puid
                    Registration | tenancy redirectUris requestedPermissions publisherDomain publicClient previouslyRequested declaresNone previousTenancy exported
                    ExportedState | enabledAt enabled credentialsAt credentials credentialsCut ownersAt owners ownersCut
                    ExportedCredential | keyId type usage displayName validFrom validUntil
                    ExportedOwner | ownerId name gone
                    RequestedPermission | resourceAppId id type
                    AppRole | resourceAppId resourceName roleId roleValue
                    AppRoleToUser | userId userPrincipalName roleId roleValue
                    DelegatedGrant | resourceId resourceName consentType principalId scopes added removed before
                    Consent | adminConsent onBehalfOfAll scopes before resources byApi
                    ConsentedApi | resourceId scopes before
                    CredentialChange | added removed
                    Credential | keyId type usage displayName
                    OwnerChange | ownerId ownerName
                    RedirectChange | added removed
                    FederatedCredentialChange | added removed
                    FederatedCredential | issuer subject audiences credentialId
                    DirectoryRole | roleTemplateId roleName memberId memberType assignment scope
                    ConsentPolicyChange | changes targetId targetName
                    PropertyChange | property old new
                    ServicePrincipalState | accountEnabled ownerTenantId exported
                    SignIn | kind resourceAppId resourceName errorCode country city asn credentialKeyId credentialType appOwnerTenantId tokenId credentialId protocol incomingToken
                    Activity | action resource clientAppId caller assignment object
                    RoleAssignment | principalId principalType roleDefinitionId scope
                    MailboxUse | action mailbox items
                    FileUse | action site object
                    MailFlow | cmdlet parameters outside object organizationDomains
                    Copy | eventId source position
                    Inquiry | kind askedBy askedOf about answer
                    InquiryAnswer | by number known told
                    SourceProgress | application marks
                    SourceMark | topic topicId partition readUpTo holds
                    Told | name value since until
                    Alert | alertId groupKey revision changeSummary status withdrawnBecause detection detectionVersion title explanation severity confidence riskScore riskReasons tenantId subject application actors permissions firstEventTime lastEventTime evidence evidenceCount investigation containment falsePositiveHints attack links suppressedBy policyVersion networksVersion origin emittedAt generation
                    AlertSubject | kind id
                    AlertApplication | appId objectId servicePrincipalId displayName tenancy registeredAt
                    AlertActor | type id name role ip ipClass network basis tool
                    AlertPermission | resource value type tier
                    Evidence | eventId source operation eventTime summary ip position alsoSeenAs
                    Investigation | permissionType consentingAdministrators exposedUsers signIns use credentials owners afterwards
                    ExposedUsers | everybody count first
                    Containment | action targetId link
                    Technique | tactic technique
                    Incident | incidentId groupKey generation revision changeSummary status closedBecause supersedes supersededBy historic severity riskScore riskReasons title summary tenantId subject application alerts alertCounts timeline actors permissions exposedUsers checkFirst containment attack firstEventTime lastEventTime policyVersion networksVersion origin emittedAt
                    IncidentAlert | alertId detection title severity status firstEventTime riskScore
                    TimelineEntry | time text actor ip ipClass alertIds
                    OrgNetwork | cidr label validFrom validTo
                    """)
    void a_published_record_has_the_names_of_the_contract(String record, String names)
            throws ReflectiveOperationException {
        // Given
        Class<?> type = Class.forName("io.rolecall.schema." + record);

        // When
        Schema schema = (Schema) type.getMethod("getClassSchema").invoke(null);

        // Then
        assertThat(schema.getFields()).extracting(Schema.Field::name).containsExactly(names.split(" "));
    }
}
