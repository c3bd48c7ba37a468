package io.rolecall.source;

/** Tells that one pass over the bytes of an element does not settle what it is, so that it has to be parsed. No fault of anybody's. */
final class UnsettledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace, which would cost more than the parse. */
    UnsettledException() {
        super("a parse has to settle this", null, false, false);
    }
}
