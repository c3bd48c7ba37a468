package io.rolecall.detection;

import java.util.Locale;

/** How surely the events state a finding (contract section 5), in falling order. */
public enum Confidence {
    /** Stated by the events. */
    HIGH,
    /** By an address resolved from sign-ins, or a resolved identity. */
    MEDIUM,
    /** The address class is unknown. */
    LOW;

    /** The name in alerts, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The weaker of two. */
    public Confidence min(Confidence other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
