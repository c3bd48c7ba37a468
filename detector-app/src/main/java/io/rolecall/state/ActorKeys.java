package io.rolecall.state;

/**
 * Partition keys of the actor step. Actors share a few buckets, so that what one record of raw logs shows of hundreds of actors
 * travels in a few messages and not in one each; a sign-in is the commonest event there is, and a message costs more than what it
 * holds.
 */
public final class ActorKeys {

    /** Never changes: what is stored of an actor lies with its bucket. */
    private static final int BUCKETS = 32;

    private ActorKeys() {}

    /** Key of an actor's bucket: {@code tenant/number}. */
    public static String bucket(String tenantId, String actorKey) {
        return tenantId + "/" + Math.floorMod(actorKey.hashCode(), BUCKETS);
    }

    /** Key of an actor in the store: {@code tenant/actor key}. */
    public static String actor(String tenantId, String actorKey) {
        return tenantId + "/" + actorKey;
    }
}
