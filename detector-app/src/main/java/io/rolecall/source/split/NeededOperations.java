package io.rolecall.source.split;

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

    /** Every operation that one of the detections of the catalogue needs. */
    static NeededOperations ofCatalogue() {
        return new NeededOperations() {
            @Override
            public boolean needed(String normalisedOperation) {
                return CatalogueOperations.needed(normalisedOperation);
            }

            @Override
            public boolean maybeTranslated(String normalisedOperation) {
                return CatalogueOperations.maybeTranslated(normalisedOperation);
            }
        };
    }
}
