package io.rolecall.replay;

import java.io.IOException;

/**
 * One thing kept of a partition.
 *
 * @param what how to read the payload
 * @param offset offset of the record it came from
 * @param index number of the element in its record, from 0
 * @param millis timestamp of the record
 * @param payload as {@link KeptForms} writes it
 */
public record Kept(What what, long offset, int index, long millis, byte[] payload) {

    /** Kinds of payload, each with its number in the files. */
    public enum What {
        /** The events of one element. */
        EVENTS(0),
        /** An element that is no event. */
        REFUSED(1),
        /** An entry of the networks' topic, or its end. */
        NETWORK(2),
        /** An imported fact under its key, or its end. */
        IMPORTED(3),
        /** A record of the alerts' topic. */
        ALERT(4),
        /** Position of an element that live refused as late. */
        LATE(5),
        /** A fact of live under its subject's key. */
        FACT(6),
        /** A record of the incidents' topic. */
        INCIDENT(7);

        private final int code;

        What(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static What of(int code) throws IOException {
            for (What what : values()) {
                if (what.code == code) {
                    return what;
                }
            }
            throw new IOException("this version does not know what " + code + " is in gathered history");
        }
    }
}
