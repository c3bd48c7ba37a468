package io.rolecall.ops;

import ch.qos.logback.classic.encoder.JsonEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Logback's JSON lines with the time as ISO 8601 in UTC, to the millisecond, where Logback's own writes milliseconds since 1970. */
public final class ServiceJsonEncoder extends JsonEncoder {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    protected void appenderMemberWithLongValue(StringBuilder line, String name, long value) {
        if (name.equals(TIMESTAMP_ATTR_NAME)) {
            appenderMember(line, name, ISO.format(Instant.ofEpochMilli(value)));
        } else {
            super.appenderMemberWithLongValue(line, name, value);
        }
    }
}
