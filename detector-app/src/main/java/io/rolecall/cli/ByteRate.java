package io.rolecall.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads rates of the command line: {@code 50MB/s}, {@code 800 KB/s}, {@code 1GB}; thousands, not 1,024s. */
final class ByteRate implements ITypeConverter<Long> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*([kmg]?)b?(?:/s)?");

    @Override
    public Long convert(String text) {
        Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        long number = parts.matches() ? Long.parseLong(parts.group(1)) : 0;
        if (number < 1) {
            throw new TypeConversionException("'" + text + "' is no rate; allowed: for example 50MB/s, 800KB/s");
        }
        return number
                * switch (parts.group(2)) {
                    case "k" -> 1_000L;
                    case "m" -> 1_000_000L;
                    case "g" -> 1_000_000_000L;
                    default -> 1L;
                };
    }
}
