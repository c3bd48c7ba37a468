package io.rolecall.cli;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.ErrorWords;
import io.rolecall.config.FileErrors;
import io.rolecall.deployment.DeploymentException;
import io.rolecall.failure.Trouble;
import io.rolecall.registry.RegistryException;
import io.rolecall.service.ServiceFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

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
        boolean ours = cause instanceof ServiceFailedException
                || cause instanceof RegistryException
                || cause instanceof DeploymentException;
        if (ours && message != null) {
            // It may have several lines, with commands that are to be copied.
            return message;
        }
        if (Trouble.causes(error).stream().anyMatch(ErrorWords::isFullDisk)) {
            return "the disk is full: " + ErrorWords.of(innermostFull()) + "; free space where the command writes"
                    + " (--output, --rejects, --out, state-dir, the directory for temporary files) and run it again";
        }
        if (cause instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + FileErrors.cause(file);
        }
        boolean speaksForItself =
                message != null && (cause instanceof IOException || cause instanceof IllegalArgumentException);
        return ErrorWords.of(cause) + (speaksForItself ? "" : " (-v shows where)");
    }

    private Throwable innermostFull() {
        return Trouble.causes(error).stream()
                .filter(ErrorWords::isFullDisk)
                .reduce((outer, inner) -> inner)
                .orElse(error);
    }
}
