package io.rolecall.policy;

import java.util.Locale;

/** Severity of an alert, in rising order. */
public enum Severity {
    INFORMATIONAL(5),
    LOW(25),
    MEDIUM(45),
    HIGH(65),
    CRITICAL(85);

    private final int baseScore;

    Severity(int baseScore) {
        this.baseScore = baseScore;
    }

    /** The share of the risk score (0-100) that the severity alone contributes (contract section 5). */
    public int baseScore() {
        return baseScore;
    }

    /** The name in alerts and in the policy file, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException when the label is none of the five
     */
    public static Severity ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** One step lower when it holds, else the same. */
    public Severity lowerIf(boolean when) {
        return when ? lower() : this;
    }

    /** One step down, never below informational. */
    public Severity lower() {
        return switch (this) {
            case CRITICAL -> HIGH;
            case HIGH -> MEDIUM;
            case MEDIUM -> LOW;
            case LOW, INFORMATIONAL -> INFORMATIONAL;
        };
    }

    /** One step up, never above critical. */
    public Severity higher() {
        return switch (this) {
            case INFORMATIONAL -> LOW;
            case LOW -> MEDIUM;
            case MEDIUM -> HIGH;
            case HIGH, CRITICAL -> CRITICAL;
        };
    }

    /** The worse of two. */
    public Severity max(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
