package io.rolecall.deployment;

import org.jspecify.annotations.Nullable;

/** The broker cannot be used as asked; the message tells what is wrong and what mends it. */
public final class DeploymentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param finding what is wrong
     * @param cause what the client said; null when it was found otherwise
     */
    public DeploymentException(Shortcoming finding, @Nullable Throwable cause) {
        super(finding.toString(), cause);
    }
}
