package io.rolecall.source;

/** Which operations are worth decoding. */
@FunctionalInterface
interface NeededOperations {

    /**
     * Whether a detection needs events of the operation, or the operation does not tell what the event is.
     *
     * @param normalisedOperation name as {@link io.rolecall.event.OperationNames#normalise} gives it
     */
    boolean needed(String normalisedOperation);

    /** Every operation that one of the detections of the catalogue needs. */
    static NeededOperations ofCatalogue() {
        return CatalogueOperations::needed;
    }
}
