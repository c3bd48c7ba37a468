package io.rolecall.detection;

/**
 * One reason for more risk.
 *
 * @param kind what it is about, which decides how much it weighs
 * @param text a short sentence for an analyst
 */
public record RiskReason(RiskKind kind, String text) {}
