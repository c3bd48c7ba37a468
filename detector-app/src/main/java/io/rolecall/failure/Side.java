package io.rolecall.failure;

/** With whom the program has its trouble. */
public enum Side {
    /** A client of Kafka, with the brokers. */
    BROKER,
    /** A request over HTTP, with the registry. */
    REGISTRY,
    /** Kafka Streams, with its directory. */
    STATE
}
