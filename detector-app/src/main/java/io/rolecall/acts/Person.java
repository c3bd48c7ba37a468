package io.rolecall.acts;

/**
 * A user of the tenant.
 *
 * @param id object id
 * @param upn user principal name, lower case
 * @param displayName as in the directory
 * @param puid passport id, as in the unified audit log's {@code UserKey}
 * @param officeIp address at work, always in a network of the organisation
 * @param homeIp address at home, never in one
 * @param administrator administrators sign in from the organisation's networks alone, but for what the script has them do
 */
public record Person(
        String id, String upn, String displayName, String puid, String officeIp, String homeIp, boolean administrator) {

    /** The user principal name in the mixed case that the unified log sometimes shows. */
    String mixedCaseUpn() {
        int at = upn.indexOf('@');
        return Character.toUpperCase(upn.charAt(0)) + upn.substring(1, at) + "@"
                + Character.toUpperCase(upn.charAt(at + 1)) + upn.substring(at + 2);
    }
}
