package io.rolecall.ops;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.rolecall.config.ErrorWords;

/** A message without the names of exceptions that libraries quote in it; the stack trace that {@code -v} adds has them. */
public final class PlainMessageConverter extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return ErrorWords.withoutNames(super.convert(event));
    }
}
