package io.rolecall.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** How this process logs. Commands start with {@code logback.xml}; the service and {@code -v} change it here. */
public final class Logging {

    private static final String PRODUCT = "io.rolecall";

    private Logging() {}

    /**
     * The log of the running service, on standard error: Kafka's warnings too, and one JSON object a line where a program reads it.
     *
     * @param terminal whether a person watches standard error: then lines of text
     * @param verbose whether to say more
     */
    public static void ofService(boolean terminal, boolean verbose) {
        configure("/logback-service.xml", terminal ? "TEXT" : "JSON", verbose ? Level.DEBUG : Level.INFO);
    }

    /** The log of commands, as at start, except that it may say more. */
    public static void ofCommands(boolean verbose) {
        Level level = verbose ? Level.DEBUG : Level.INFO;
        configure("/logback.xml", "TEXT", level);
        context().getLogger(PRODUCT).setLevel(level);
    }

    private static void configure(String resource, String form, Level level) {
        URL file = Objects.requireNonNull(Logging.class.getResource(resource), resource);
        LoggerContext context = context();
        context.reset();
        context.putProperty("form", form);
        context.putProperty("level", level.toString());
        boolean verbose = level == Level.DEBUG;
        context.putProperty("quiet", Boolean.toString(!verbose));
        context.putProperty("stack", verbose ? "%ex" : "%nopex");
        context.putProperty("throwable", Boolean.toString(verbose));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(file);
        } catch (JoranException e) {
            throw new IllegalStateException("The shipped " + resource + " is no configuration of the log", e);
        }
    }

    /**
     * The context of Logback, which the distribution carries.
     *
     * @throws IllegalStateException when another library was put before it on the class path
     */
    private static LoggerContext context() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException("SLF4J is bound to "
                + LoggerFactory.getILoggerFactory().getClass().getName()
                + ": take every logging library but logback-classic off the class path");
    }
}
