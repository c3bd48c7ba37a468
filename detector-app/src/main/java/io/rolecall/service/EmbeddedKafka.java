package io.rolecall.service;

import java.io.IOException;
import java.nio.file.Path;

/** A Kafka broker in this process, which another module brings; found with {@link java.util.ServiceLoader}. */
public interface EmbeddedKafka {

    /**
     * Starts a single broker that listens on the loopback address only.
     *
     * @param directory where its data live; created and formatted when new, else the data and, while they are free, the ports of
     *     the last start are used again
     * @return the broker, ready for clients
     * @throws IOException when the directory cannot be used, is in use by another broker, or the broker does not start
     */
    Running start(Path directory) throws IOException;

    /** A broker that runs. */
    interface Running extends AutoCloseable {

        /** Host and port for {@code bootstrap.servers}. */
        String bootstrapServers();

        /** Stops the broker in bounded time and frees its ports; the data stay. A second call does nothing. */
        @Override
        void close();
    }
}
