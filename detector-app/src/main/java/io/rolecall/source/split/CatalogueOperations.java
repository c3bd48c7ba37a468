package io.rolecall.source.split;

import io.rolecall.event.Operations;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operations that the detections of the catalogue need, by what they tell. An operation that stands in none of the sets is
 * recognised from its name and skipped before it is parsed.
 */
public final class CatalogueOperations {

    /** Registrations, service principals and what hangs on them: detections 1-8, 12, 14, 15, 19-27, 32, 33. */
    static final Set<String> APPLICATIONS = Set.of(
            Operations.ADD_APPLICATION,
            Operations.UPDATE_APPLICATION,
            Operations.DELETE_APPLICATION,
            Operations.HARD_DELETE_APPLICATION,
            Operations.RESTORE_APPLICATION,
            Operations.ADD_SERVICE_PRINCIPAL,
            Operations.UPDATE_SERVICE_PRINCIPAL,
            Operations.REMOVE_SERVICE_PRINCIPAL,
            Operations.HARD_DELETE_SERVICE_PRINCIPAL,
            Operations.RESTORE_SERVICE_PRINCIPAL,
            Operations.DISABLE_SERVICE_PRINCIPAL,
            Operations.ENABLE_SERVICE_PRINCIPAL,
            Operations.ADD_APP_ROLE,
            Operations.REMOVE_APP_ROLE,
            Operations.REMOVE_APP_ROLE_BY_LINK,
            Operations.ADD_APP_ROLE_TO_USER,
            Operations.REMOVE_APP_ROLE_FROM_USER,
            Operations.REMOVE_APP_ROLE_GRANT_FROM_USER,
            Operations.ADD_DELEGATED_GRANT,
            Operations.UPDATE_DELEGATED_GRANT,
            Operations.REMOVE_DELEGATED_GRANT,
            Operations.CONSENT,
            Operations.REVOKE_CONSENT,
            Operations.UPDATE_APPLICATION_CREDENTIALS,
            Operations.CREATE_APPLICATION_CREDENTIALS,
            Operations.ADD_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.REMOVE_SERVICE_PRINCIPAL_CREDENTIALS,
            Operations.ADD_OWNER_TO_APPLICATION,
            Operations.REMOVE_OWNER_FROM_APPLICATION,
            Operations.ADD_OWNER_TO_SERVICE_PRINCIPAL,
            Operations.REMOVE_OWNER_FROM_SERVICE_PRINCIPAL);

    /** Directory roles, in all the ways they are given: detections 17 and 30. */
    static final Set<String> DIRECTORY_ROLES = Set.of(
            Operations.ADD_MEMBER_TO_ROLE,
            Operations.REMOVE_MEMBER_FROM_ROLE,
            "add-eligible-member-to-role",
            "remove-eligible-member-from-role",
            "add-scoped-member-to-role",
            "remove-scoped-member-from-role",
            "add-member-to-role-completed-pim-activation",
            "add-member-to-role-in-pim-completed-permanent",
            "add-member-to-role-in-pim-completed-timebound",
            "add-member-to-role-outside-of-pim-permanent",
            "add-eligible-member-to-role-in-pim-completed-permanent",
            "add-eligible-member-to-role-in-pim-completed-timebound",
            "remove-member-from-role-in-pim-completed-permanent",
            "remove-member-from-role-in-pim-completed-timebound",
            "add-role-assignment-to-role-definition",
            "remove-role-assignment-from-role-definition");

    /** Settings of the whole tenant: detections 16 and 30. */
    public static final Set<String> TENANT_POLICIES = Set.of(
            Operations.UPDATE_AUTHORIZATION_POLICY,
            "update-company-settings",
            "set-company-information",
            "add-permission-grant-policy",
            "update-permission-grant-policy",
            "delete-permission-grant-policy",
            "update-consent-request-policy",
            "update-admin-consent-request-policy",
            "add-conditional-access-policy",
            "update-conditional-access-policy",
            "delete-conditional-access-policy",
            "add-named-location",
            "update-named-location",
            "delete-named-location",
            "add-policy",
            "update-policy",
            "delete-policy",
            "update-security-defaults",
            "authentication-methods-policy-update",
            "authentication-methods-policy-reset",
            "authentication-method-policy-update",
            "authentication-strength-policy-create",
            "authentication-strength-policy-update",
            "authentication-strength-policy-delete");

    /** Domains and users, and access raised to all of Azure: detections 28 and 30. */
    static final Set<String> PRIVILEGED_CHANGES = Set.of(
            "add-unverified-domain",
            "add-verified-domain",
            "verify-domain",
            "update-domain",
            "set-domain-authentication",
            "set-federation-settings-on-domain",
            "remove-unverified-domain",
            "remove-verified-domain",
            "add-user",
            "invite-external-user",
            "reset-user-password",
            "reset-password-by-admin",
            "set-force-change-user-password",
            "admin-registered-security-info",
            "admin-updated-security-info",
            "admin-registered-temporary-access-pass-method-for-user",
            "user-has-elevated-their-access-to-user-access-administrator-for-their-azure-resources");

    /** Requests that a consent prompt sends to an administrator: detection 33. */
    static final Set<String> CONSENT_REQUESTS =
            Set.of("create-request", "request-approved", "request-denied", "request-expired");

    /** Exchange commands that open a way for mail in or out: detection 9. */
    static final Set<String> MAIL_FLOW = mailFlow();

    /** Exchange commands that give an application or a user rights over mailboxes: detection 30. */
    static final Set<String> EXCHANGE_ROLES = Set.of(
            "new-management-role-assignment",
            "set-management-role-assignment",
            "remove-management-role-assignment",
            "new-service-principal",
            "add-role-group-member",
            "update-role-group-member",
            "new-role-group",
            "new-application-access-policy",
            "remove-application-access-policy",
            "add-mailbox-permission",
            "add-recipient-permission");

    /** Mail read: detections 10 and 31. */
    public static final Set<String> MAIL_READ = Set.of(Operations.MAIL_ITEMS_ACCESSED, "message-bind");

    /** Mail sent: detection 10. */
    public static final Set<String> MAIL_SENT = Set.of("send", "send-as", "send-on-behalf");

    /** Files read: detection 31. */
    static final Set<String> FILES_READ = Set.of(
            "file-accessed",
            "file-accessed-extended",
            "file-copied",
            "file-downloaded",
            "file-previewed",
            "file-sync-downloaded-full",
            "file-sync-downloaded-partial");

    /** Azure control plane, apart from deletions: detections 12, 28 and 29. */
    static final Set<String> AZURE = Set.of(
            Operations.AZURE_ROLE_ASSIGNMENT,
            "microsoft-authorization-roledefinitions-write",
            "microsoft-authorization-elevateaccess-action",
            "microsoft-managedidentity-userassignedidentities-federatedidentitycredentials-write",
            "microsoft-storage-storageaccounts-listkeys-action",
            "microsoft-storage-storageaccounts-regeneratekey-action",
            "microsoft-storage-storageaccounts-listaccountsas-action",
            "microsoft-storage-storageaccounts-listservicesas-action",
            "microsoft-storage-storageaccounts-encryptionscopes-write",
            "microsoft-storage-storageaccounts-write",
            "microsoft-compute-virtualmachines-runcommand-action",
            "microsoft-compute-virtualmachines-runcommands-write",
            "microsoft-compute-virtualmachines-extensions-write",
            "microsoft-compute-virtualmachinescalesets-virtualmachines-runcommand-action",
            "microsoft-compute-virtualmachinescalesets-virtualmachines-runcommands-write",
            "microsoft-compute-virtualmachinescalesets-extensions-write",
            "microsoft-compute-disks-begingetaccess-action",
            "microsoft-compute-snapshots-begingetaccess-action",
            "microsoft-compute-snapshots-write",
            "microsoft-compute-diskencryptionsets-write",
            "microsoft-keyvault-vaults-write",
            "microsoft-keyvault-vaults-accesspolicies-write",
            "microsoft-keyvault-vaults-secrets-read",
            "microsoft-keyvault-vaults-keys-write",
            "microsoft-sql-servers-encryptionprotector-write",
            "secret-get",
            "secret-list");

    /** Names that do not tell what the event is: the wrapper has to be opened. */
    static final Set<String> WRAPPERS = Set.of("", "publish");

    /**
     * What Azure's portal calls the operations of {@link #AZURE} in English: rows of Log Analytics without the column with the
     * operation's own name have it in {@code OperationName}, and the action in {@code Authorization}.
     */
    private static final Set<String> TRANSLATED = Set.of(
            "create-role-assignment",
            "create-or-update-custom-role-definition",
            "assigns-the-caller-to-user-access-administrator-role",
            "list-storage-account-keys",
            "regenerate-storage-account-keys",
            "returns-storage-account-sas-token",
            "returns-storage-service-sas-token",
            "create-or-update-storage-account",
            "create-update-storage-account",
            "run-command-on-virtual-machine",
            "create-or-update-virtual-machine-extension",
            "get-disk-sas-uri",
            "get-snapshot-sas-uri",
            "create-or-update-snapshot",
            "update-key-vault",
            "update-access-policy");

    private static final Set<String> NAMED = Stream.of(
                    Set.of(Operations.SIGN_IN),
                    APPLICATIONS,
                    DIRECTORY_ROLES,
                    TENANT_POLICIES,
                    PRIVILEGED_CHANGES,
                    CONSENT_REQUESTS,
                    MAIL_FLOW,
                    EXCHANGE_ROLES,
                    MAIL_READ,
                    MAIL_SENT,
                    FILES_READ,
                    AZURE,
                    WRAPPERS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private CatalogueOperations() {}

    /** Whether a detection needs events of the operation. */
    static boolean needed(String operation) {
        return NAMED.contains(operation) || isAzureDeletion(operation);
    }

    /** Whether a name that is not needed may stand for an Azure operation that is; deletions of all resources begin alike. */
    static boolean maybeTranslated(String operation) {
        return TRANSLATED.contains(operation) || operation.startsWith("delete-");
    }

    /** Mass deletion (detection 29) looks at deletions of every Azure resource, whatever its kind. */
    static boolean isAzureDeletion(String operation) {
        return operation.startsWith("microsoft-") && operation.endsWith("-delete");
    }

    private static Set<String> mailFlow() {
        Stream<String> changes = Stream.of("new-", "set-", "remove-", "enable-", "disable-")
                .flatMap(verb -> Stream.of(
                                "inbound-connector",
                                "outbound-connector",
                                "transport-rule",
                                "journal-rule",
                                "inbox-rule",
                                "remote-domain",
                                "accepted-domain",
                                "hosted-connection-filter-policy",
                                "hosted-content-filter-policy",
                                "hosted-outbound-spam-filter-policy",
                                "malware-filter-policy",
                                "anti-phish-policy",
                                "safe-links-policy",
                                "safe-attachment-policy")
                        .map(verb::concat));
        Stream<String> settings = Stream.of(
                "set-mailbox",
                "set-transport-config",
                "set-organization-config",
                "set-external-in-outlook",
                "set-tenant-allow-block-list-items",
                "new-tenant-allow-block-list-items",
                "update-inbox-rules");
        return Stream.concat(changes, settings).collect(Collectors.toUnmodifiableSet());
    }
}
