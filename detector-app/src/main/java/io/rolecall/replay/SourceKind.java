package io.rolecall.replay;

/** What a topic of a plan holds. */
public enum SourceKind {
    /** Raw logs: what the facts are decoded from. */
    RAW,
    /** The networks of the organisation, read from the start. */
    NETWORKS,
    /** Imported facts, read from the start. */
    INVENTORY,
    /** Incidents of the running service, read from the start, to be compared with. */
    INCIDENTS,
    /** Alerts of the running service, read from the start, to be compared with. */
    ALERTS,
    /** What the running service refused, read from the start; of it what came too late is kept. */
    QUARANTINE,
    /** Facts of the running service, read from the start: what its alerts rest on and the raw logs may have lost. */
    FACTS;

    /** Whether it is read only to be compared with. */
    public boolean isOfLive() {
        return this == INCIDENTS || this == ALERTS || this == QUARANTINE || this == FACTS;
    }
}
