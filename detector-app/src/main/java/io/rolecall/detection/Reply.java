package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Inquiry;
import io.rolecall.schema.InquiryAnswer;
import io.rolecall.schema.Told;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What is known of a question.
 *
 * @param known whether it is answered; it is not while nothing at all is known of the subject that is asked, or when nobody asked
 * @param told what the answer says; nothing when there is none
 */
public record Reply(boolean known, List<Told> told) {

    public static final Reply NOT_YET_KNOWN = new Reply(false, List.of());

    public Reply {
        told = List.copyOf(told);
    }

    /** A time as answers tell it: nanoseconds since the epoch. */
    public static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }

    /** The time that an answer tells so. */
    public static Instant time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** Reads a fact of operation {@code answer}. */
    public static Reply of(AppEvent answer) {
        return answer.getInquiry()
                .flatMap(Inquiry::getAnswer)
                .filter(InquiryAnswer::getKnown)
                .map(known -> new Reply(true, known.getTold()))
                .orElse(NOT_YET_KNOWN);
    }
}
