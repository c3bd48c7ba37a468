package io.rolecall.policy;

/**
 * A permission, known exactly: a name alone is ambiguous, because Exchange and Graph both expose a {@code Mail.Read}.
 *
 * @param resourceAppId App ID of the API, lower case
 * @param value exact name, for example {@code Mail.ReadWrite}
 * @param type application (app role) or delegated (scope)
 */
public record Permission(String resourceAppId, String value, Type type) {

    /** How a permission is held. */
    public enum Type {
        APPLICATION,
        DELEGATED;

        /** The name in alerts and in the policy file: {@code application} or {@code delegated}. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
