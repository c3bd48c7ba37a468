package io.rolecall.source;

/** Reads the events of one log source. */
interface SourceDecoder {

    /**
     * Reads one event.
     *
     * @throws RejectedElementException when its time cannot be read
     */
    Decoded decode(Element element, Shape shape) throws RejectedElementException;
}
