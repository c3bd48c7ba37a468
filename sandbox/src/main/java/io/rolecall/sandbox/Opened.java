package io.rolecall.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a demo has opened, closed in reverse order, also by a thread that was interrupted. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    @Override
    public void close() {
        // Clients refuse to close in order when their thread is interrupted.
        boolean interrupted = Thread.interrupted();
        RuntimeException first = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                interrupted |= Thread.interrupted();
                RuntimeException failure = new IllegalStateException("Something could not be closed: " + e, e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw first;
        }
    }
}
