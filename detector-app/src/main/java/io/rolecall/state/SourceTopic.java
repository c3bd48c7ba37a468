package io.rolecall.state;

/**
 * A topic that a step reads.
 *
 * @param name its name
 * @param id what the brokers tell it apart by from another one of the same name, which was made after this one was deleted
 * @param partitions number of its partitions
 * @param isInternal whether it lies between two steps; else it is one of raw logs
 */
public record SourceTopic(String name, String id, int partitions, boolean isInternal) {

    /** A topic of raw logs. */
    public static SourceTopic ofLogs(String name, String id, int partitions) {
        return new SourceTopic(name, id, partitions, false);
    }

    /** A topic between two steps. */
    public static SourceTopic betweenSteps(String name, String id, int partitions) {
        return new SourceTopic(name, id, partitions, true);
    }
}
