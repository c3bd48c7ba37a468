package io.rolecall.state;

/**
 * Names of stores, repartition topics and processors. Stores and repartitions name topics and directories of running
 * installations: they never change.
 */
public final class Names {

    public static final String DECODE_COUNTS = "decode-counts";
    public static final String IDENTITY = "identity";
    public static final String ACTORS = "actors";
    public static final String NETWORKS = "networks";
    public static final String HISTORY = "history";
    public static final String HISTORY_COUNTS = "history-counts";
    public static final String PROFILES = "profiles";
    public static final String BASELINES = "baselines";
    public static final String USE_COUNTS = "use-counts";
    public static final String ALERTS = "alerts";
    public static final String PENDING = "pending";
    public static final String INCIDENTS = "incidents";
    public static final String INCIDENT_COUNTS = "incident-counts";

    public static final String IDENTITY_REPARTITION = "by-object-id";
    public static final String ACTOR_REPARTITION = "by-actor";
    public static final String INCIDENT_REPARTITION = "by-incident";

    /** What Kafka Streams puts behind the names of the topics that it makes. */
    public static final String REPARTITION_SUFFIX = "-repartition";

    public static final String CHANGELOG_SUFFIX = "-changelog";

    private Names() {}

    /** The topic that Kafka Streams makes of a repartition. */
    public static String repartitionTopic(String applicationId, String repartition) {
        return applicationId + "-" + repartition + REPARTITION_SUFFIX;
    }
}
