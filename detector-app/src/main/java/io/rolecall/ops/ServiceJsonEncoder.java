package io.rolecall.ops;

import ch.qos.logback.classic.encoder.JsonEncoder;
import io.rolecall.config.ErrorWords;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Logback's JSON lines with the time as ISO 8601 in UTC, to the millisecond, where Logback's own writes milliseconds since 1970. */
public final class ServiceJsonEncoder extends JsonEncoder {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Libraries quote errors in their messages as Java prints them; the stack trace that {@code -v} adds has their classes. */
    @Override
    protected void appenderMember(StringBuilder line, String name, String value) {
        super.appenderMember(
                line, name, name.equals(FORMATTED_MESSAGE_ATTR_NAME) ? ErrorWords.withoutNames(value) : value);
    }

    @Override
    protected void appenderMemberWithLongValue(StringBuilder line, String name, long value) {
        if (name.equals(TIMESTAMP_ATTR_NAME)) {
            appenderMember(line, name, ISO.format(Instant.ofEpochMilli(value)));
        } else {
            super.appenderMemberWithLongValue(line, name, value);
        }
    }
}
