package io.rolecall.replay;

/** What is counted while a partition is read. The order is that of the files: append only. */
public enum Counted {
    /** Records read. */
    RECORDS,
    /** Their bytes, keys and values as stored in a record without compression. */
    BYTES,
    /** Elements in them: kept, skipped or refused. */
    ELEMENTS,
    /** Elements that no detection needs. */
    SKIPPED,
    /** Elements kept. */
    KEPT,
    /** Elements refused. */
    REFUSED,
    /** Offsets that were deleted before they could be read. */
    NOT_RETAINED
}
