package io.rolecall.policy;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A permission, known exactly: a name alone is ambiguous, because Exchange and Graph both expose a {@code Mail.Read}. Names are
 * equal whatever their case: logs write them as the caller of an API did.
 *
 * @param resourceAppId App ID of the API, lower case
 * @param value name, for example {@code Mail.ReadWrite}
 * @param type application (app role) or delegated (scope)
 */
public record Permission(String resourceAppId, String value, Type type) {

    /** Their names for sentences, each once, in this order. */
    public static String values(Collection<Permission> permissions) {
        return permissions.stream().map(Permission::value).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Permission that
                && resourceAppId.equals(that.resourceAppId)
                && value.equalsIgnoreCase(that.value)
                && type == that.type;
    }

    @Override
    public int hashCode() {
        return Objects.hash(resourceAppId, value.toLowerCase(Locale.ROOT), type);
    }

    /** How a permission is held. */
    public enum Type {
        APPLICATION,
        DELEGATED;

        /** The name in alerts and in the policy file: {@code application} or {@code delegated}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The type of that name, in any case.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Type ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
