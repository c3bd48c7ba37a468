package io.rolecall.failure;

import io.rolecall.config.ErrorWords;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * The table of failures: which exception tells it, what it means, and what mends it. Of several rows that an exception and its causes
 * fit the first counts, so that what says more stands before what says less.
 */
public enum KnownFailure {
    TOPIC_REFUSED(
            Side.BROKER,
            TopicAuthorizationException.class,
            (error, peer) -> "the broker refuses the use of " + topics(error),
            Remedies.RIGHTS),
    GROUP_REFUSED(
            Side.BROKER,
            GroupAuthorizationException.class,
            (error, peer) -> "the broker refuses the consumer group: " + said(error),
            Remedies.RIGHTS),
    TRANSACTIONS_REFUSED(
            Side.BROKER,
            TransactionalIdAuthorizationException.class,
            (error, peer) -> "the broker refuses transactions, which exactly-once needs: " + said(error),
            Remedies.RIGHTS + "; or set streams.processing.guarantee to at_least_once"),
    CLUSTER_REFUSED(
            Side.BROKER,
            ClusterAuthorizationException.class,
            (error, peer) -> "the broker refuses what is done on the cluster: " + said(error),
            Remedies.RIGHTS),
    ACCESS_REFUSED(
            Side.BROKER,
            AuthorizationException.class,
            (error, peer) -> "the broker refuses what is done: " + said(error),
            Remedies.RIGHTS),
    BROKER_TLS(
            Side.BROKER,
            SslAuthenticationException.class,
            (error, peer) -> "TLS with " + peer.address() + " fails: " + said(error) + innermost(error),
            "check kafka.ssl.truststore.* (does it hold the authority of the brokers' certificates?), kafka.ssl.keystore.*"
                    + " where the brokers ask for a certificate, and that the address is a name in the brokers' certificate"),
    MECHANISM_REFUSED(
            Side.BROKER,
            UnsupportedSaslMechanismException.class,
            (error, peer) -> "the brokers at " + peer.address() + " do not take kafka.sasl.mechanism "
                    + peer.mechanism() + ": " + said(error),
            "set one that their listener offers"),
    CREDENTIALS_REFUSED(
            Side.BROKER,
            AuthenticationException.class,
            (error, peer) -> "the brokers at " + peer.address() + " refuse the credentials (" + peer.mechanism() + "): "
                    + said(error),
            "check user and password in kafka.sasl.jaas.config or what it refers to, and that the user exists"),
    RECORD_TOO_LARGE(
            Side.BROKER,
            RecordTooLargeException.class,
            (error, peer) -> "a record is larger than its topic takes: " + said(error),
            "'rolecall topics print' shows the max.message.bytes that each topic needs"),
    SOURCE_TOPIC_MISSING(
            Side.BROKER, MissingSourceTopicException.class, (error, peer) -> missing(error), Remedies.CREATE),
    TOPIC_MISSING(
            Side.BROKER, UnknownTopicOrPartitionException.class, (error, peer) -> missing(error), Remedies.CREATE),
    BROKER_SILENT(
            Side.BROKER,
            TimeoutException.class,
            (error, peer) -> "no Kafka broker answers in time at " + peer.address() + " (kafka.bootstrap.servers) over "
                    + peer.protocol() + " (" + said(error) + ")",
            "check that the addresses are right and reachable from here, the brokers advertise addresses that are, and"
                    + " kafka.security.protocol is that of their listener"),
    BROKER_DISK(
            Side.BROKER,
            KafkaStorageException.class,
            (error, peer) -> "a broker at " + peer.address() + " cannot write to its disk: " + said(error),
            "its log names the directory; free space there or mend the disk, and start the broker again"),
    STATE_DISK_FULL(
            Side.STATE,
            ErrorWords::isFullDisk,
            (error, peer) -> "the disk of state-dir (" + peer.stateDirectory() + ") is full: " + said(error),
            "free space on it or take a larger one, and start again: nothing is lost"),
    STATE_IN_USE(
            Side.STATE,
            error -> error instanceof LockException || said(error).contains(Remedies.MANY_INSTANCES),
            (error, peer) ->
                    "the state directory is in use by another process (state-dir is " + peer.stateDirectory() + ")",
            "stop that process, or give every instance a state-dir of its own"),
    STATE_UNREADABLE(
            Side.STATE,
            ProcessorStateException.class,
            (error, peer) -> "the local state in " + peer.stateDirectory() + " cannot be read or written: "
                    + said(error) + innermost(error),
            "check the disk of state-dir. Deleting the directory is safe: the state is restored from Kafka"),
    REGISTRY_HOST_UNKNOWN(
            Side.REGISTRY, UnresolvedAddressException.class, (error, peer) -> "the host name is not known", ""),
    REGISTRY_UNREACHABLE(
            Side.REGISTRY,
            HttpConnectTimeoutException.class,
            (error, peer) -> "no connection within " + peer.connectWithin().toMillis() + " ms",
            ""),
    REGISTRY_SILENT(
            Side.REGISTRY,
            java.util.concurrent.TimeoutException.class,
            (error, peer) -> "no answer within " + peer.answerWithin().toMillis() + " ms",
            ""),
    REGISTRY_TLS(
            Side.REGISTRY,
            SSLException.class,
            (error, peer) -> "TLS fails (" + said(error) + ")",
            "check registry.schema.registry.ssl.truststore.location and the name in the certificate"),
    REGISTRY_REFUSES_CONNECTIONS(
            Side.REGISTRY,
            ConnectException.class,
            (error, peer) -> error.getMessage() == null ? "connection refused" : "connection refused, " + said(error),
            "");

    private static final Set<KnownFailure> REFUSALS = Set.of(
            TOPIC_REFUSED,
            GROUP_REFUSED,
            TRANSACTIONS_REFUSED,
            CLUSTER_REFUSED,
            ACCESS_REFUSED,
            BROKER_TLS,
            MECHANISM_REFUSED,
            CREDENTIALS_REFUSED);

    private final Side side;

    @SuppressWarnings("ImmutableEnumChecker") // as below
    private final Predicate<Throwable> told;

    @SuppressWarnings("ImmutableEnumChecker") // each row's function catches nothing
    private final BiFunction<Throwable, Peer, String> message;

    private final String remedy;

    KnownFailure(
            Side side,
            Class<? extends Throwable> exception,
            BiFunction<Throwable, Peer, String> message,
            String remedy) {
        this(side, exception::isInstance, message, remedy);
    }

    KnownFailure(Side side, Predicate<Throwable> told, BiFunction<Throwable, Peer, String> message, String remedy) {
        this.side = side;
        this.told = told;
        this.message = message;
        this.remedy = remedy;
    }

    /** Whether the broker refuses the client, or what it does. */
    public boolean isRefusal() {
        return REFUSALS.contains(this);
    }

    static Optional<KnownFailure> of(Throwable error, Side side) {
        return Stream.of(values())
                .filter(known -> known.side == side && known.told.test(error))
                .findFirst();
    }

    String message(Throwable error, Peer peer) {
        return message.apply(error, peer);
    }

    String remedy() {
        return remedy;
    }

    private static Set<String> topics(Throwable error) {
        return error instanceof TopicAuthorizationException refused
                ? new TreeSet<>(refused.unauthorizedTopics())
                : Set.of();
    }

    private static String missing(Throwable error) {
        return "a topic is missing: " + said(error);
    }

    private static String said(Throwable error) {
        return ErrorWords.of(error);
    }

    /** What the JDK says about the handshake stands in the last cause. */
    private static String innermost(Throwable error) {
        Throwable last = Trouble.causes(error).get(Trouble.causes(error).size() - 1);
        return last == error || last.getMessage() == null ? "" : " (" + said(last) + ")";
    }

    /** What several rows say; an enum's own constants are not there yet when its rows are made. */
    private static final class Remedies {

        static final String RIGHTS =
                "'rolecall topics print --format kafka --principal User:NAME' prints all rights as commands";
        /** What Kafka Streams says when it cannot lock its directory; it has no exception of its own for that. */
        static final String MANY_INSTANCES =
                "multiple instances of Kafka Streams are running in the same state directory";

        static final String CREATE = "'rolecall topics create' makes what is missing";
    }
}
