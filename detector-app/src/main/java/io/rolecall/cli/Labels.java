package io.rolecall.cli;

import io.rolecall.incident.OutputFormat;
import io.rolecall.policy.Severity;
import io.rolecall.source.split.DateOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of the command line. */
final class Labels {

    private Labels() {}

    /** Reads a format. */
    static final class FormatConverter implements ITypeConverter<OutputFormat> {

        @Override
        public OutputFormat convert(String word) {
            return OutputFormat.ofLabel(word)
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of "
                            + Arrays.stream(OutputFormat.values())
                                    .map(OutputFormat::label)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** Reads an order of dates. */
    static final class DateOrderConverter implements ITypeConverter<DateOrder> {

        @Override
        public DateOrder convert(String word) {
            return DateOrder.ofLabel(word)
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of "
                            + Arrays.stream(DateOrder.values())
                                    .map(DateOrder::label)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** Reads a severity. */
    static final class SeverityConverter implements ITypeConverter<Severity> {

        @Override
        public Severity convert(String word) {
            return Arrays.stream(Severity.values())
                    .filter(severity -> severity.label().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of "
                            + Arrays.stream(Severity.values())
                                    .map(Severity::label)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
