package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class BrokerTroubleTest {

    private static final Configuration CONFIGURATION =
            ConfigFile.read(Map.of("ROLECALL_KAFKA_BOOTSTRAP_SERVERS", "b1:9092"));

    private static String explained(Throwable error) {
        return new BrokerTrouble(CONFIGURATION)
                .explain(error)
                .map(Shortcoming::toString)
                .orElse("");
    }

    @Test
    void a_refused_topic_names_the_rights_on_it_and_the_commands_that_grant_them() {
        // Given
        Throwable error =
                new StreamsException("Fatal", new TopicAuthorizationException(Set.of("rolecall-by-actor-repartition")));

        // When
        String message = explained(error);

        // Then
        assertThat(message)
                .contains("Delete on topics that begin with rolecall-")
                .contains("--operation Create --topic rolecall- --resource-pattern-type prefixed");
    }

    @Test
    void a_refused_group_and_refused_transactions_are_named() {
        // Given
        Throwable group = GroupAuthorizationException.forGroupId("rolecall");
        Throwable transaction = new TransactionalIdAuthorizationException("refused");

        // When
        String aboutGroup = explained(group);
        String aboutTransaction = explained(transaction);

        // Then
        assertThat(aboutGroup)
                .contains("the broker refuses: Read on group rolecall;")
                .contains("--group rolecall");
        assertThat(aboutTransaction)
                .contains("the broker refuses: Write on transactional ids that begin with rolecall-;");
    }

    @Test
    void a_topic_that_is_none_of_ours_is_named_all_the_same() {
        // Given
        Throwable error = new TopicAuthorizationException(Set.of("other"));

        // When
        String message = explained(error);

        // Then
        assertThat(message).contains("the broker refuses the use of [other]");
    }

    @Test
    void silence_names_the_addresses_and_what_to_check() {
        // Given
        Throwable error = new StreamsException(new TimeoutException("Call timed out"));

        // When
        String message = explained(error);

        // Then
        assertThat(message)
                .contains("no Kafka broker answers in time at b1:9092")
                .contains("PLAINTEXT")
                .contains("kafka.security.protocol");
    }

    @Test
    void refused_credentials_are_no_silence() {
        // Given
        Throwable error = new SaslAuthenticationException("Authentication failed");

        // When
        String message = explained(error);

        // Then
        assertThat(message)
                .contains("the brokers at b1:9092 refuse the credentials")
                .contains("sasl.jaas.config");
    }

    @Test
    void what_says_nothing_about_the_broker_is_not_explained() {
        // Given
        Throwable error = new StreamsException(new IllegalStateException("disk"));

        // When
        Optional<Shortcoming> finding = new BrokerTrouble(CONFIGURATION).explain(error);

        // Then
        assertThat(finding).isEmpty();
    }
}
