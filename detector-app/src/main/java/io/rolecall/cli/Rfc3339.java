package io.rolecall.cli;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times of the command line. */
final class Rfc3339 implements ITypeConverter<PointInTime> {

    @Override
    public PointInTime convert(String text) {
        if (text.equals("now")) {
            return new PointInTime(null);
        }
        try {
            return new PointInTime(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no RFC 3339 time; allowed: for example 2026-11-01T00:00:00Z, or 'now'");
        }
    }
}
