package io.rolecall.detection;

import io.rolecall.schema.AppEvent;

/**
 * Somebody who took part in a finding.
 *
 * @param role what they did: registered, granted, consented, added-credential and the like, kebab case
 * @param act the act that shows it; its actor is the participant
 * @param address the address they acted from, their own or resolved from sign-ins
 */
public record Participant(String role, AppEvent act, ResolvedAddress address) {}
