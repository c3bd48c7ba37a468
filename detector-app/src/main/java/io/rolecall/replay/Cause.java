package io.rolecall.replay;

import java.util.Locale;

/** Why a replay says something else than live, in the order in which causes are tried. */
public enum Cause {
    /** Live decided with another policy. */
    POLICY,
    /** Live decided with other networks. */
    NETWORKS,
    /** Live had another version of the detection. */
    DETECTION_VERSION,
    /** Live refused events as late. */
    LATE,
    /** Less history was read than the detection looks at. */
    COLD_START,
    /** The topics do not have any more what live had. */
    NOT_RETAINED,
    /** Live had not come so far. */
    LIVE_BEHIND,
    /** Live had facts that no source topic held. */
    FOREIGN_FACT,
    /** Facts have expired for live. */
    FROZEN,
    /** A cause is there that could not be taken away to see. */
    UNVERIFIED,
    /** No cause is there, or none that makes the difference: a fault. */
    UNEXPLAINED;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nothing was found that makes the difference. */
    public boolean isOpen() {
        return this == UNVERIFIED || this == UNEXPLAINED;
    }
}
