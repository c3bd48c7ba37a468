package io.rolecall.scenario;

import java.util.Optional;

/**
 * An event of a case.
 *
 * @param event the event, in an envelope of its own
 * @param inOtherLog the event by which the other log tells the same act; empty for raw events, and where no other log has the act
 */
public record CaseEvent(byte[] event, Optional<byte[]> inOtherLog) {

    static CaseEvent raw(byte[] event) {
        return new CaseEvent(event, Optional.empty());
    }
}
