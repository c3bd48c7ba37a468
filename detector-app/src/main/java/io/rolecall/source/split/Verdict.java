package io.rolecall.source.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * Why bytes are no element.
 *
 * @param reason the kind of trouble
 * @param message what is wrong and where in the bytes, in a sentence
 */
record Verdict(Reason reason, String message) {

    /**
     * Tells by the bytes of an element that is known to be broken.
     *
     * @param from first byte of the element
     * @param to index after its last known byte
     * @param size its full size in bytes, larger where not all of it is known
     */
    static Verdict of(byte[] bytes, int from, int to, long size, FirstKeyWinsReader reader, DecodeSettings settings) {
        if (size > settings.maxElementBytes()) {
            return tooLarge(size, settings);
        }
        if (from == to) {
            return new Verdict(Reason.INVALID_JSON, "an element is missing");
        }
        try {
            reader.read(bytes, from, to);
            return new Verdict(Reason.INVALID_JSON, "neither a comma nor the end of the batch follows the element");
        } catch (JsonProcessingException e) {
            return of(e, settings);
        }
    }

    /** Tells by what a parser says about an element. */
    static Verdict of(JsonProcessingException e, DecodeSettings settings) {
        if (e instanceof StreamConstraintsException) {
            boolean deep = String.valueOf(e.getOriginalMessage()).contains("nesting depth");
            return deep
                    ? new Verdict(Reason.TOO_DEEP, "nested more than " + settings.maxDepth() + " levels deep")
                    : new Verdict(Reason.TOO_LARGE, e.getOriginalMessage());
        }
        long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
        String place = " at byte " + at + " of the element";
        return e instanceof JsonEOFException
                ? new Verdict(Reason.TRUNCATED, "the element ends inside a value" + place)
                : new Verdict(Reason.INVALID_JSON, e.getOriginalMessage() + place);
    }

    static Verdict tooLarge(long size, DecodeSettings settings) {
        return new Verdict(Reason.TOO_LARGE, size + " bytes; at most " + settings.maxElementBytes() + " are accepted");
    }
}
