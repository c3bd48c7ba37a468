package io.rolecall.event;

import java.util.Set;

/** Normalised operation names that the engine and the detections speak of. */
public final class Operations {

    public static final String SIGN_IN = "sign-in";

    public static final String ADD_APPLICATION = "add-application";
    public static final String UPDATE_APPLICATION = "update-application";
    public static final String DELETE_APPLICATION = "delete-application";
    public static final String HARD_DELETE_APPLICATION = "hard-delete-application";
    public static final String RESTORE_APPLICATION = "restore-application";

    public static final String ADD_SERVICE_PRINCIPAL = "add-service-principal";
    public static final String UPDATE_SERVICE_PRINCIPAL = "update-service-principal";
    public static final String REMOVE_SERVICE_PRINCIPAL = "remove-service-principal";
    public static final String HARD_DELETE_SERVICE_PRINCIPAL = "hard-delete-service-principal";
    public static final String RESTORE_SERVICE_PRINCIPAL = "restore-service-principal";
    public static final String DISABLE_SERVICE_PRINCIPAL = "disable-service-principal";
    public static final String ENABLE_SERVICE_PRINCIPAL = "enable-service-principal";

    public static final String ADD_APP_ROLE = "add-app-role-assignment-to-service-principal";
    public static final String REMOVE_APP_ROLE = "remove-app-role-assignment-from-service-principal";
    public static final String REMOVE_APP_ROLE_BY_LINK =
            "add-a-deletion-marked-app-role-assignment-grant-to-service-principal-as-part-of-link-removal";
    public static final String ADD_APP_ROLE_TO_USER = "add-app-role-assignment-grant-to-user";
    public static final String REMOVE_APP_ROLE_FROM_USER = "remove-app-role-assignment-from-user";
    public static final String REMOVE_APP_ROLE_GRANT_FROM_USER = "remove-app-role-assignment-grant-from-user";
    public static final String ADD_DELEGATED_GRANT = "add-delegated-permission-grant";
    public static final String UPDATE_DELEGATED_GRANT = "update-delegated-permission-grant";
    public static final String REMOVE_DELEGATED_GRANT = "remove-delegated-permission-grant";
    public static final String CONSENT = "consent-to-application";
    public static final String REVOKE_CONSENT = "revoke-consent";

    /** A request of the admin-consent workflow; the service of access reviews, which runs it, has others of this name. */
    public static final String CREATE_REQUEST = "create-request";

    public static final String UPDATE_APPLICATION_CREDENTIALS =
            "update-application-certificates-and-secrets-management";
    public static final String CREATE_APPLICATION_CREDENTIALS =
            "create-application-certificates-and-secrets-management";
    public static final String ADD_SERVICE_PRINCIPAL_CREDENTIALS = "add-service-principal-credentials";
    public static final String REMOVE_SERVICE_PRINCIPAL_CREDENTIALS = "remove-service-principal-credentials";

    public static final String ADD_OWNER_TO_APPLICATION = "add-owner-to-application";
    public static final String REMOVE_OWNER_FROM_APPLICATION = "remove-owner-from-application";
    public static final String ADD_OWNER_TO_SERVICE_PRINCIPAL = "add-owner-to-service-principal";
    public static final String REMOVE_OWNER_FROM_SERVICE_PRINCIPAL = "remove-owner-from-service-principal";

    /** What makes somebody an owner of an application or its service principal, or no more. */
    public static final Set<String> OWNER_CHANGES = Set.of(
            ADD_OWNER_TO_APPLICATION,
            REMOVE_OWNER_FROM_APPLICATION,
            ADD_OWNER_TO_SERVICE_PRINCIPAL,
            REMOVE_OWNER_FROM_SERVICE_PRINCIPAL);

    public static final String ADD_MEMBER_TO_ROLE = "add-member-to-role";
    public static final String REMOVE_MEMBER_FROM_ROLE = "remove-member-from-role";
    public static final String UPDATE_AUTHORIZATION_POLICY = "update-authorization-policy";

    public static final String AZURE_ROLE_ASSIGNMENT = "microsoft-authorization-roleassignments-write";
    public static final String AZURE_ROLE_REMOVAL = "microsoft-authorization-roleassignments-delete";
    public static final String AZURE_FEDERATED_CREDENTIAL =
            "microsoft-managedidentity-userassignedidentities-federatedidentitycredentials-write";
    public static final String AZURE_ELEVATED_ACCESS = "microsoft-authorization-elevateaccess-action";
    /** The same act in the directory's log. */
    public static final String ELEVATED_ACCESS =
            "user-has-elevated-their-access-to-user-access-administrator-for-their-azure-resources";

    /** The end of it, there. */
    public static final String ELEVATED_ACCESS_REMOVED =
            "the-role-assignment-of-user-access-administrator-has-been-removed-from-the-user";

    public static final String MAIL_ITEMS_ACCESSED = "mail-items-accessed";
    public static final String GRAPH_REQUEST = "microsoft-graph-activity";

    /** What deletes, disables or brings back an application or its service principal. */
    public static final Set<String> STATE_CHANGES = Set.of(
            DELETE_APPLICATION,
            HARD_DELETE_APPLICATION,
            RESTORE_APPLICATION,
            REMOVE_SERVICE_PRINCIPAL,
            HARD_DELETE_SERVICE_PRINCIPAL,
            RESTORE_SERVICE_PRINCIPAL,
            DISABLE_SERVICE_PRINCIPAL,
            ENABLE_SERVICE_PRINCIPAL);

    /** What changes a domain of the tenant, and with it how its users sign in. */
    public static final Set<String> DOMAIN_CHANGES = Set.of(
            "add-unverified-domain",
            "add-verified-domain",
            "verify-domain",
            "verify-email-verified-domain",
            "update-domain",
            "delete-domain",
            "set-domain-authentication",
            "set-federation-settings-on-domain",
            "remove-unverified-domain",
            "remove-verified-domain");

    public static final String DELETE_USER = "delete-user";
    public static final String HARD_DELETE_USER = "hard-delete-user";
    public static final String RESTORE_USER = "restore-user";
    public static final String DISABLE_ACCOUNT = "disable-account";
    public static final String ENABLE_ACCOUNT = "enable-account";

    /** What makes or ends a user, or gives one another password: facts of that user, not of the tenant. */
    public static final Set<String> USER_CHANGES = Set.of(
            DELETE_USER,
            HARD_DELETE_USER,
            RESTORE_USER,
            DISABLE_ACCOUNT,
            ENABLE_ACCOUNT,
            "add-user",
            "invite-external-user",
            "reset-user-password",
            "reset-password-by-admin",
            "reset-password-self-service",
            "change-user-password",
            "change-password-self-service",
            "set-force-change-user-password");

    /** Derived: an address seen for the actor of an act that carries none. */
    public static final String ACTOR_ADDRESS = "actor-address";
    /** Derived: the App ID of an unresolved application has become known. */
    public static final String IDENTITY_LEARNED = "identity-learned";

    /** Derived: a person used an application from a network. */
    public static final String NETWORK_USE = "network-use";

    /** Derived: one subject asks another something. */
    public static final String QUESTION = "question";
    /** Derived: the answer to a question. */
    public static final String ANSWER = "answer";

    /** No act: how far the partitions that a step reads have been read. */
    public static final String SOURCE_PROGRESS = "source-progress";

    private Operations() {}
}
