package io.rolecall.event;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operations as the logs name them, normalised, in groups by what they tell. */
public final class OperationGroups {

    /** Registrations, service principals and what hangs on them. */
    public static final Set<String> APPLICATIONS = Set.of(
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

    /** Directory roles, in all the ways they are given. */
    public static final Set<String> DIRECTORY_ROLES = Set.of(
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
            "remove-eligible-member-from-role-in-pim-completed-permanent",
            "remove-eligible-member-from-role-in-pim-completed-timebound",
            "remove-member-from-role-completed-pim-deactivate",
            "remove-member-from-role-pim-activation-expired",
            "remove-permanent-direct-role-assignment",
            "remove-permanent-eligible-role-assignment",
            "add-role-assignment-to-role-definition",
            "remove-role-assignment-from-role-definition");

    /** Settings of the whole tenant. */
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

    /** Domains and users, and access raised to all of Azure. */
    public static final Set<String> PRIVILEGED_CHANGES = Set.of(
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
            Operations.ELEVATED_ACCESS,
            Operations.ELEVATED_ACCESS_REMOVED);

    /** Requests that a consent prompt sends to an administrator. */
    public static final Set<String> CONSENT_REQUESTS =
            Set.of(Operations.CREATE_REQUEST, "request-approved", "request-denied", "request-expired");

    /** Exchange commands that open a way for mail in or out. */
    public static final Set<String> MAIL_FLOW = mailFlow();

    /** Exchange commands that give an application or a user rights over mailboxes. */
    public static final Set<String> EXCHANGE_ROLES = Set.of(
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

    /** Mail read. */
    public static final Set<String> MAIL_READ = Set.of(Operations.MAIL_ITEMS_ACCESSED, "message-bind");

    /** Mail sent. */
    public static final Set<String> MAIL_SENT = Set.of("send", "send-as", "send-on-behalf");

    /** Files read. */
    public static final Set<String> FILES_READ = Set.of(
            "file-accessed",
            "file-accessed-extended",
            "file-copied",
            "file-downloaded",
            "file-previewed",
            "file-sync-downloaded-full",
            "file-sync-downloaded-partial");

    /** Azure control plane, apart from deletions. */
    public static final Set<String> AZURE = Set.of(
            Operations.AZURE_ROLE_ASSIGNMENT,
            "microsoft-authorization-roledefinitions-write",
            "microsoft-authorization-elevateaccess-action",
            Operations.AZURE_FEDERATED_CREDENTIAL,
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

    /** Stands for the deletion of an Azure resource of any kind. */
    public static final String ANY_AZURE_DELETION = "microsoft-*-delete";

    private OperationGroups() {}

    /** Whether an operation deletes an Azure resource of any kind. */
    public static boolean isAzureDeletion(String operation) {
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
                                "safe-attachment-policy",
                                "hosted-content-filter-rule",
                                "hosted-outbound-spam-filter-rule",
                                "malware-filter-rule",
                                "anti-phish-rule",
                                "safe-links-rule",
                                "safe-attachment-rule")
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
