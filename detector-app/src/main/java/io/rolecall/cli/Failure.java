package io.rolecall.cli;

import io.rolecall.config.ConfigurationException;
import io.rolecall.deployment.DeploymentException;
import io.rolecall.registry.RegistryException;
import io.rolecall.service.ServiceFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** What ended a command, in one clear message. */
final class Failure {

    private final Exception error;

    Failure(Exception error) {
        this.error = error;
    }

    /** Prints the message, with the stack trace only on demand, and returns the exit code. */
    int report(PrintWriter err, boolean verbose) {
        if (error instanceof ConfigurationException configuration) {
            configuration.problems().forEach(problem -> err.println("rolecall: " + problem));
        } else {
            err.println("rolecall: " + message());
        }
        if (verbose) {
            error.printStackTrace(err);
        }
        err.flush();
        return error instanceof ConfigurationException ? ExitCode.BAD_CONFIGURATION : ExitCode.FAILED;
    }

    private String message() {
        Throwable cause = error instanceof UncheckedIOException && error.getCause() != null ? error.getCause() : error;
        String message = cause.getMessage();
        boolean speaksForItself = cause instanceof IOException
                || cause instanceof IllegalArgumentException
                || cause instanceof ServiceFailedException
                || cause instanceof RegistryException
                || cause instanceof DeploymentException;
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName() + " (-v shows where)";
        }
        return speaksForItself ? message : cause.getClass().getSimpleName() + ": " + message + " (-v shows where)";
    }
}
