package io.rolecall.event;

import java.util.Locale;

/** Whom facts are about. */
public enum SubjectKind {
    /** An application in a tenant, by App ID or by the stand-in until the App ID is known. */
    APPLICATION,
    /** A user or service principal that acts. */
    ACTOR,
    /** A whole tenant. */
    TENANT;

    /** The name used in alerts: {@code application}, {@code actor} or {@code tenant}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
