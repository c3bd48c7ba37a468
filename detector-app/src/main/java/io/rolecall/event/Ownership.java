package io.rolecall.event;

/**
 * A subject of a fact.
 *
 * @param subject whose history it belongs to
 * @param part what part the subject had in it; of a person always the initiator's, of a tenant the target's
 */
public record Ownership(Subject subject, Involvement part) {}
