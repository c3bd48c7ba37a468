package io.rolecall.topology;

/**
 * Names of stores, repartition topics and processors. Stores and repartitions name topics and directories of running
 * installations: they never change.
 */
final class Names {

    static final String DECODE_COUNTS = "decode-counts";
    static final String IDENTITY = "identity";
    static final String ACTORS = "actors";
    static final String NETWORKS = "networks";
    static final String HISTORY = "history";
    static final String HISTORY_COUNTS = "history-counts";
    static final String PROFILES = "profiles";
    static final String ALERTS = "alerts";
    static final String PENDING = "pending";

    static final String IDENTITY_REPARTITION = "by-object-id";
    static final String ACTOR_REPARTITION = "by-actor";

    private Names() {}
}
