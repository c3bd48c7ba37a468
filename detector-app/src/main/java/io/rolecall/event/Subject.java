package io.rolecall.event;

import io.rolecall.schema.Alert;

/**
 * One subject whose history is followed.
 *
 * @param kind what the subject is
 * @param tenantId tenant, lower case, {@code unknown} when no event and no configuration names it
 * @param id App ID, of an unresolved application {@code sp:<tenant>/<id>}; actor key, or tenant id; lower case
 */
public record Subject(SubjectKind kind, String tenantId, String id) {

    private static final String ACTOR = "actor:";
    private static final String TENANT = "tenant:";
    private static final String UNRESOLVED = "sp:";

    public static Subject application(String tenantId, String appId) {
        return new Subject(SubjectKind.APPLICATION, tenantId, appId);
    }

    /**
     * The application behind an object id whose App ID is not known yet.
     *
     * @param objectId service principal id, or application object id where the event has only that
     */
    public static Subject unresolved(String tenantId, String objectId) {
        return new Subject(SubjectKind.APPLICATION, tenantId, UNRESOLVED + tenantId + "/" + objectId);
    }

    public static Subject actor(String tenantId, String actorKey) {
        return new Subject(SubjectKind.ACTOR, tenantId, actorKey);
    }

    public static Subject tenant(String tenantId) {
        return new Subject(SubjectKind.TENANT, tenantId, tenantId);
    }

    /** Whom an alert is about. */
    public static Subject of(Alert alert) {
        return new Subject(
                SubjectKind.ofLabel(alert.getSubject().getKind()),
                alert.getTenantId(),
                alert.getSubject().getId());
    }

    /** Reads a key of {@code rolecall.app-events} back; the tenant of an App ID key comes from the fact. */
    public static Subject ofKey(String key, String tenantId) {
        if (key.startsWith(ACTOR)) {
            return actor(tenantId, key.substring(key.indexOf('/') + 1));
        }
        if (key.startsWith(TENANT)) {
            return tenant(key.substring(TENANT.length()));
        }
        return application(tenantId, key);
    }

    /**
     * The record key on {@code rolecall.app-events} (contract section 3). The App ID alone is the key of
     * application facts, so that one application seen in several tenants meets in one task.
     */
    public String key() {
        return switch (kind) {
            case APPLICATION -> id;
            case ACTOR -> ACTOR + tenantId + "/" + id;
            case TENANT -> TENANT + id;
        };
    }

    /** Whether this is an application whose App ID is not known yet. */
    public boolean isUnresolved() {
        return kind == SubjectKind.APPLICATION && id.startsWith(UNRESOLVED);
    }
}
