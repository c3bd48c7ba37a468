package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class LibraryMessagesTest {

    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
    private static final String AWAY =
            "[Producer clientId=x-StreamThread-%d-producer] Connection to node %d (/10.0.0.1:9092) could not be established."
                    + " Node may not be available.";
    private static final long SECOND = 1_000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger own = context.getLogger(LibraryMessages.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final LibraryMessages messages = new LibraryMessages();

    @BeforeEach
    void listen() {
        told.start();
        own.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        own.detachAppender(told);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.kafka.streams.processor.internals.assignment.DefaultStandbyTaskAssignor,"
                + "'Unable to assign 1 of 1 standby tasks for task [4_0]. There is not enough available capacity.'",
        "org.apache.kafka.streams.StreamsConfig,"
                + "'Processing exception handler is not enabled for the GlobalThread. It''s recommended to set'",
        "org.apache.kafka.streams.KafkaStreams,"
                + "'stream-client [x] Encountered the following exception during processing and the registered exception handler"
                + " opted to SHUTDOWN_CLIENT. The streams client is going to shut down now.'"
    })
    void what_nobody_can_act_on_is_not_said(String logger, String message) {
        // When
        boolean said = said(logger, Level.WARN, message, 0);

        // Then
        assertThat(said).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.kafka.streams.processor.internals.assignment.DefaultStandbyTaskAssignor, Rack information is missing",
        "org.apache.kafka.streams.StreamsConfig, commit.interval.ms is too high",
        "org.apache.kafka.streams.KafkaStreams, stream-client [x] Error while closing",
        CLIENT + ", [Producer clientId=x] Unexpected error in sending",
        "io.rolecall.service.DetectorService, Unable to assign 1 of 1 standby tasks"
    })
    void other_trouble_of_the_same_loggers_is_said(String logger, String message) {
        // When
        boolean said = said(logger, Level.WARN, message, 0);

        // Then
        assertThat(said).isTrue();
    }

    @Test
    void a_broker_that_is_away_is_said_once_counted_each_minute_and_said_to_be_back() {
        // Given 700 failures of several clients a minute, for two minutes
        int said = 0;
        for (int i = 0; i < 1_400; i++) {
            long now = i * 120L * SECOND / 1_400;
            said += said(CLIENT, Level.WARN, String.format(AWAY, i % 4, i % 3), now) ? 1 : 0;
            if (i == 700) {
                messages.look(60 * SECOND);
            }
        }
        messages.look(125 * SECOND);
        assertThat(told.list).hasSize(2);

        // When nothing fails any more
        messages.look(136 * SECOND);

        // Then
        assertThat(said).isOne();
        assertThat(told.list.get(0).getFormattedMessage()).startsWith("Again: ").contains("could not be established");
        assertThat(told.list.get(0).getKeyValuePairs().get(0).value).isEqualTo(700L);
        assertThat(told.list.get(1).getKeyValuePairs().get(0).value).isEqualTo(699L);
        assertThat(told.list.get(2).getFormattedMessage()).contains("the brokers answer again");
        assertThat(told.list.get(2).getKeyValuePairs().get(0).value).isEqualTo(1_400L);
        assertThat(told.list).hasSize(3);
        assertThat(said(CLIENT, Level.WARN, String.format(AWAY, 1, 1), 200 * SECOND))
                .as("away once more")
                .isTrue();
    }

    @Test
    void a_topic_that_is_just_made_is_no_trouble_and_one_that_stays_away_is() {
        // Given
        String message =
                "[Consumer clientId=x, groupId=y] The metadata response from the cluster reported a recoverable issue"
                        + " with correlation id 7 : {y-by-actor-repartition=UNKNOWN_TOPIC_OR_PARTITION}";

        // When
        boolean early = said(CLIENT, Level.WARN, message, 0) || said(CLIENT, Level.WARN, message, 2 * SECOND);
        messages.look(62 * SECOND);
        boolean later =
                said(CLIENT, Level.WARN, message, 100 * SECOND) || said(CLIENT, Level.WARN, message, 110 * SECOND);
        boolean lasting = said(CLIENT, Level.WARN, message, 116 * SECOND);

        // Then
        assertThat(early).isFalse();
        assertThat(later).isFalse();
        assertThat(lasting).isTrue();
        assertThat(told.list).isEmpty();
    }

    @Test
    void any_message_of_a_library_that_comes_again_is_counted_and_forgotten_when_it_stays_away() {
        // Given
        String logger = "org.apache.kafka.streams.processor.internals.TaskManager";

        // When
        boolean first = said(logger, Level.ERROR, "stream-thread [x-1] task 1_0 failed to commit", 0);
        boolean again = said(logger, Level.ERROR, "stream-thread [x-2] task 1_5 failed to commit", SECOND);
        boolean other = said(logger, Level.ERROR, "stream-thread [x-2] task 1_5 failed to close", SECOND);
        messages.look(60 * SECOND);
        messages.look(121 * SECOND);
        boolean anew = said(logger, Level.ERROR, "stream-thread [x-1] task 1_0 failed to commit", 130 * SECOND);

        // Then
        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(other).isTrue();
        assertThat(anew).isTrue();
        assertThat(told.list).hasSize(1);
        assertThat(told.list.get(0).getFormattedMessage()).contains("task 1_5 failed to commit");
    }

    @Test
    void with_v_everything_is_said() {
        // Given
        messages.setActive(false);

        // When
        boolean said = said(
                "org.apache.kafka.streams.StreamsConfig", Level.WARN, "Processing exception handler is not enabled", 0);

        // Then
        assertThat(said).isTrue();
    }

    private boolean said(String logger, Level level, String message, long time) {
        LoggingEvent event = new LoggingEvent("test", context.getLogger(logger), level, message, null, null);
        event.setTimeStamp(time);
        return messages.decide(event) == FilterReply.NEUTRAL;
    }
}
