package io.rolecall.alert;

import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.Writer;

/** Writes alerts in one format, one after the other. An instance serves one output and one thread. */
public interface AlertRenderer {

    /** Writes what comes before the first alert, also when none comes. */
    default void begin(Writer out) throws IOException {}

    /** Writes one alert with its line end. */
    void alert(Alert alert, Writer out) throws IOException;

    /** Writes what comes after the last alert, also when none came. */
    default void end(Writer out) throws IOException {}
}
