package io.rolecall.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DelegationTokenAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleTest {

    private static final Peer BROKERS =
            Peer.brokers(ConfigFile.read(Map.of("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "b1:9092")));
    private static final Peer REGISTRY = Peer.registry(Duration.ofMillis(70), Duration.ofMillis(50));

    private static Throwable thrown(KnownFailure kind) {
        return switch (kind) {
            case TOPIC_REFUSED -> new TopicAuthorizationException(Set.of("said"));
            case GROUP_REFUSED -> GroupAuthorizationException.forGroupId("said");
            case TRANSACTIONS_REFUSED -> new TransactionalIdAuthorizationException("said");
            case CLUSTER_REFUSED -> new ClusterAuthorizationException("said");
            case ACCESS_REFUSED -> new DelegationTokenAuthorizationException("said");
            case BROKER_TLS -> new SslAuthenticationException("said", new SSLHandshakeException("by the JDK"));
            case MECHANISM_REFUSED -> new UnsupportedSaslMechanismException("said");
            case CREDENTIALS_REFUSED -> new SaslAuthenticationException("said");
            case RECORD_TOO_LARGE -> new RecordTooLargeException("said");
            case SOURCE_TOPIC_MISSING -> new MissingSourceTopicException("said");
            case TOPIC_MISSING -> new UnknownTopicOrPartitionException("said");
            case BROKER_DISK -> new KafkaStorageException("said");
            case BROKER_SILENT -> new TimeoutException("said");
            case STATE_DISK_FULL ->
                new ProcessorStateException(
                        "Error opening store", new IOException("While appending to file: No space left on device"));
            case STATE_IN_USE -> new LockException("said");
            case STATE_UNREADABLE -> new ProcessorStateException("said");
            case REGISTRY_HOST_UNKNOWN -> new UnresolvedAddressException();
            case REGISTRY_UNREACHABLE -> new HttpConnectTimeoutException("said");
            case REGISTRY_SILENT -> new java.util.concurrent.TimeoutException();
            case REGISTRY_TLS -> new SSLHandshakeException("said");
            case REGISTRY_REFUSES_CONNECTIONS -> new ConnectException("said");
        };
    }

    private static Optional<Trouble> found(Throwable error) {
        return Stream.of(Side.values())
                .flatMap(side -> Trouble.of(error, side).stream())
                .findFirst();
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_is_known_however_deep_it_lies(KnownFailure kind) {
        // Given
        Throwable error = new IllegalStateException("outer", new IOException("inner", thrown(kind)));

        // When
        Optional<Trouble> found = found(error);

        // Then
        assertThat(found).map(Trouble::kind).hasValue(kind);
        assertThat(found.orElseThrow().line(kind.name().startsWith("REGISTRY") ? REGISTRY : BROKERS))
                .doesNotContain("null")
                .doesNotEndWith("; ");
    }

    @Test
    void a_connection_that_takes_too_long_is_no_refused_one() {
        // Given
        Throwable error = new HttpConnectTimeoutException("timed out");
        error.initCause(new ConnectException("timed out"));

        // When
        String line = Trouble.line(error, Side.REGISTRY, REGISTRY);

        // Then
        assertThat(line).isEqualTo("no connection within 70 ms");
    }

    @Test
    void what_the_jdk_says_of_a_handshake_is_told_with_what_kafka_says() {
        // Given
        Throwable error = new SslAuthenticationException("failed", new SSLHandshakeException("no trusted path"));

        // When
        String line = Trouble.line(error, Side.BROKER, BROKERS);

        // Then
        assertThat(line).startsWith("TLS with b1:9092 fails: failed (no trusted path); check kafka.ssl.truststore");
    }

    @Test
    void what_is_not_known_is_told_in_its_own_words() {
        // Given
        Throwable error = new IOException("connection reset");

        // When
        String line = Trouble.line(error, Side.REGISTRY, REGISTRY);

        // Then
        assertThat(line).isEqualTo("connection reset");
    }

    @Test
    void a_state_directory_in_use_is_named_whatever_kafka_streams_throws() {
        // Given
        Throwable error =
                new StreamsException("Unable to initialize state, this can happen if multiple instances of Kafka"
                        + " Streams are running in the same state directory (current state directory is [/x])");

        // When
        String line = Trouble.line(error, Side.STATE, BROKERS);

        // Then
        assertThat(line)
                .startsWith("the state directory is in use by another process (state-dir is rolecall-state); ")
                .contains("state-dir of its own");
    }

    @Test
    void a_full_disk_of_the_state_is_said_with_its_directory() {
        // Given
        Throwable error = thrown(KnownFailure.STATE_DISK_FULL);

        // When
        String line = Trouble.line(error, Side.STATE, BROKERS);

        // Then
        assertThat(line)
                .startsWith("the disk of state-dir (rolecall-state) is full: ")
                .contains("No space left on device")
                .endsWith("nothing is lost");
    }

    @Test
    void a_ring_of_causes_ends() {
        // Given
        Exception one = new IOException("one");
        Exception other = new IOException("other", one);
        one.initCause(other);

        // When
        Optional<Trouble> found = Trouble.of(one, Side.BROKER);

        // Then
        assertThat(found).isEmpty();
    }
}
