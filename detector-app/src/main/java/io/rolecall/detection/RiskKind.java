package io.rolecall.detection;

/**
 * What a reason for more risk is about, and how much it weighs in the score of an alert. The weights are this product's own judgement
 * of what decides how urgent an alert is among others of its severity: what has been used or can reach everything comes first.
 * {@code docs/alerts.md} has the same table for readers.
 */
public enum RiskKind {
    /** Signed in with, or used, after what the alert is about. */
    USED_AFTERWARDS("used after the grant", 6),
    /** The application is banned by the organisation, or publicly known to be abused. */
    ABUSED("banned, or known to be abused", 6),
    /** A permission or role with which its holder can make itself or others administrator. */
    TIER_0("tier 0: can make itself or others administrator", 5),
    /** A name or address that imitates one of the organisation or of Microsoft. */
    LOOK_ALIKE("look-alike", 5),
    /** Everybody in the tenant is exposed. */
    TENANT_WIDE("tenant-wide", 4),
    /** From an address that is none of the organisation's. */
    FROM_OUTSIDE("from outside", 3),
    /** The application belongs to another tenant, which is not Microsoft's. */
    FOREIGN_PUBLISHER("foreign publisher", 2),
    /** The application had existed for a few days when it happened. */
    YOUNG("young", 2),
    /** An administrator consented or granted. */
    PRIVILEGED_PERSON("privileged person involved", 2),
    /** Done by a script or command line. */
    UNUSUAL_TOOL("unusual tool", 1),
    /** What only one detection tells. */
    OTHER("each other reason", 1);

    private final String label;
    private final int weight;

    RiskKind(String label, int weight) {
        this.label = label;
        this.weight = weight;
    }

    /** As the documentation names it. */
    public String label() {
        return label;
    }

    /** Points that it adds to the base of a severity, from 1 to 6. */
    public int weight() {
        return weight;
    }
}
