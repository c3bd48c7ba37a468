package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.DateOrder;
import io.rolecall.source.split.DecodeSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one parsed element into normalised events. */
public interface ElementDecoder {

    /** Tells how the local dates of the elements to come are read; the month first until told. */
    default void dates(DateOrder order) {
        // Decoders that read no dates have nothing to be told.
    }

    /**
     * Decodes one element, unwrapping what transports put around it.
     *
     * @param element the element, any JSON value
     * @param position {@code topic/partition/offset/index} or {@code file:line/index}
     * @param reference time against which {@link DecodeSettings#maxFuture()} is measured
     * @return one event usually, several when one update changes several things or a wrapper holds several; empty when
     *     {@link DecodeSettings#everything()} is false and no detection needs it
     * @throws RejectedElementException when the element is no event, or holds some that are none; its siblings are events all the same
     */
    List<AppEvent> decode(JsonNode element, String position, Instant reference) throws RejectedElementException;

    /**
     * Decodes one element that may be a sign-in without parsing it.
     *
     * @param bytes holds the element, an object
     * @param from index of its opening brace
     * @param to index after its closing brace
     * @param position as above
     * @param reference as above
     * @return null unless it is the one event that {@link #decode} would return, were the element parsed
     */
    default @Nullable ReadSignIn signIn(byte[] bytes, int from, int to, String position, Instant reference) {
        return null;
    }
}
