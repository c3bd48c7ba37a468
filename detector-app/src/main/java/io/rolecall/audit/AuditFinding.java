package io.rolecall.audit;

import io.rolecall.policy.Severity;

/**
 * Something wrong with how an application, or the tenant, is set up. It is only given when the data show it.
 *
 * @param rule which
 * @param severity how bad it is here
 * @param about the permission, credential, address, owner or setting; empty for the application as a whole
 * @param reason the facts, in a sentence
 */
public record AuditFinding(Rule rule, Severity severity, String about, String reason) {

    /** What can be wrong, with what to do about it. */
    public enum Rule {
        NO_OWNER(
                "no-owner",
                "Name two owners who answer for it, or delete it: Entra admin center, App registrations, Owners."),
        OWNER_GONE(
                "owner-gone",
                "Name an owner who is there, then remove the one who is gone; whoever restores that account owns the"
                        + " application."),
        PRIVILEGE_UNUSED(
                "privilege-unused",
                "Ask the owner, then remove the permission: Enterprise applications, Permissions, or Remove-MgServicePrincipalAppRoleAssignment."),
        NOBODYS_APPLICATION(
                "nobodys-application",
                "Disable its sign-in (Enterprise applications, Properties), wait for somebody to miss it, then delete it."),
        CREDENTIAL_EXPIRED("credential-expired", "Remove it: App registrations, Certificates & secrets."),
        CREDENTIAL_OVER_LONG(
                "credential-over-long",
                "Replace it by one of at most a year, or by a federated credential or managed identity; an application"
                        + " management policy enforces it."),
        CREDENTIAL_UNUSED("credential-unused", "Ask who added it and what for, then remove it: nothing will miss it."),
        REDIRECT_UNSAFE(
                "redirect-unsafe",
                "Remove the address, or replace it by one with https on a host of your own: App registrations,"
                        + " Authentication."),
        CONSENT_SETTINGS_OPEN(
                "consent-settings-open",
                "Set it back unless the change was meant: Enterprise applications, Consent and permissions; User"
                        + " settings for registrations and guests."),
        DEAD_GRANT(
                "dead-grant",
                "Remove what it holds, or delete it: who enables the application again has all of it at once."),
        TENANT_WIDE_SCOPES(
                "tenant-wide-scopes",
                "Replace the consent for everybody by consents of the users who need it (assignment required), or by"
                        + " narrower scopes."),
        UNDECLARED_PERMISSION(
                "undeclared-permission",
                "Ask who granted it past the registration; remove it, or declare it: App registrations, API"
                        + " permissions, Other permissions granted.");

        private final String id;
        private final String remedy;

        Rule(String id, String remedy) {
            this.id = id;
            this.remedy = remedy;
        }

        /** Its name in the output. */
        public String id() {
            return id;
        }

        /** What to do about it. */
        public String remedy() {
            return remedy;
        }
    }
}
