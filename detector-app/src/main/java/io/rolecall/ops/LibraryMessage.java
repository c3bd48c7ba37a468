package io.rolecall.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages of libraries that operators cannot act on as they come, each with the reason why. A message is known by its logger and its
 * words, so that nothing else of the same logger is touched. Kafka 4.3.
 */
enum LibraryMessage {

    /**
     * Standby tasks need a second instance, and are asked for so that one is of use as soon as it is there. Said by every rebalance for
     * every task; health and /info tell how many instances there are.
     */
    NO_ROOM_FOR_STANDBY(
            "org.apache.kafka.streams.processor.internals.assignment.",
            "Unable to assign \\d+ of \\d+ standby tasks",
            Duration.ZERO),

    /**
     * The setting is on (StreamsProperties). Kafka asks for it while it renders the settings of its clients, from which it has taken the
     * setting out, and so finds it missing.
     */
    SETTING_IS_ON(
            "org.apache.kafka.streams.StreamsConfig", "Processing exception handler is not enabled", Duration.ZERO),

    /**
     * What ended the service is the last thing that it says itself, with what mends it; these say it again, as a stack trace, or that
     * one thread followed another.
     */
    ENDED(
            "org.apache.kafka.streams.KafkaStreams",
            "the registered exception handler opted to|Global thread has died",
            Duration.ZERO),

    /** The local broker of --embedded closes this client twice when it stops. */
    CLOSED_TWICE(
            "org.apache.kafka.clients.NetworkClient",
            "Attempting to close NetworkClient that has already been closed",
            Duration.ZERO),

    /**
     * A topic that was just made is not known to every broker for a moment, at the first start those of Kafka Streams, and a partition
     * has no leader while it is given another. What lasts is trouble: a topic that was deleted, a partition without a broker.
     */
    METADATA_INCOMPLETE(
            "org.apache.kafka.clients.NetworkClient|org.apache.kafka.clients.consumer.internals.FetchCollector"
                    + "|org.apache.kafka.clients.producer.internals.Sender|org.apache.kafka.clients.Metadata",
            "reported a recoverable issue|Received unknown topic or partition error|UNKNOWN_TOPIC_OR_PARTITION|LEADER_NOT_AVAILABLE"
                    + "|NOT_LEADER_OR_FOLLOWER",
            Duration.ofSeconds(15)),

    /** While tasks move, some topics are nobody's for one round; said by the leader of the group, each time. */
    TOPICS_UNASSIGNED(
            "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator",
            "The following subscribed topics are not assigned to any members",
            Duration.ofSeconds(15)),

    /**
     * Every client says of every attempt that a broker does not take its connection, several times a second while one is away. One line
     * says so, one a minute how often, one that it is over.
     */
    BROKER_AWAY(
            "org.apache.kafka.clients.NetworkClient",
            "Connection to node .* could not be established|Bootstrap broker .* disconnected|Node .* disconnected"
                    + "|Cancelled in-flight|Couldn't resolve server",
            "No connection to a broker has failed for a while: the brokers answer again");

    private final Pattern logger;
    private final Pattern words;
    private final Optional<Duration> lasting;
    private final String over;

    /** @param lasting for how long it must come again and again to be said; zero for never */
    LibraryMessage(String logger, String words, Duration lasting) {
        this(logger, words, Optional.of(lasting), "");
    }

    /** @param over what is said when it has not come again for a while */
    LibraryMessage(String logger, String words, String over) {
        this(logger, words, Optional.empty(), over);
    }

    LibraryMessage(String logger, String words, Optional<Duration> lasting, String over) {
        this.logger = Pattern.compile("(" + logger + ").*");
        this.words = Pattern.compile(words);
        this.lasting = lasting;
        this.over = over;
    }

    /** The entry for a message, if there is one. */
    static Optional<LibraryMessage> of(String logger, String message) {
        return Stream.of(values())
                .filter(known -> known.logger.matcher(logger).matches()
                        && known.words.matcher(message).find())
                .findFirst();
    }

    /** Whether it is never said. */
    boolean isNoise() {
        return lasting.filter(Duration::isZero).isPresent();
    }

    /** For how long it must come again and again before it is said; zero for at once. */
    Duration lasting() {
        return lasting.orElse(Duration.ZERO);
    }

    /** What is said when it is over; empty for nothing. */
    String over() {
        return over;
    }
}
