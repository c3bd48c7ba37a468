package io.rolecall.event;

import java.util.Locale;

/** Whom facts are about. */
public enum SubjectKind {
    /** An application in a tenant, by App ID, or by an object id while it is unresolved. */
    APPLICATION,
    /** A user or service principal that acts. */
    ACTOR,
    /** A whole tenant. */
    TENANT;

    /** The name used in alerts: {@code application}, {@code actor} or {@code tenant}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SubjectKind ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
