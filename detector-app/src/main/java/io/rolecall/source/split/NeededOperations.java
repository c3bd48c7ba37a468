package io.rolecall.source.split;

import java.util.Set;

/** Which operations are worth decoding. */
@FunctionalInterface
public interface NeededOperations {

    /**
     * Whether a detection needs events of the operation, or the operation does not tell what the event is.
     *
     * @param normalisedOperation name as {@link io.rolecall.event.OperationNames#normalise} gives it
     */
    boolean needed(String normalisedOperation);

    /**
     * Whether the name, which no detection needs, may be the translation of one that is needed: the event has to be parsed, and is
     * known by what it holds.
     *
     * @param normalisedOperation name as {@link io.rolecall.event.OperationNames#normalise} gives it
     */
    default boolean maybeTranslated(String normalisedOperation) {
        return false;
    }

    /**
     * The operations of a set, whatever does not tell what it is, and translations of names.
     *
     * @param operations normalised names
     */
    static NeededOperations of(Set<String> operations) {
        return new NeededNames(operations);
    }
}
