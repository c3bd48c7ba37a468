package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.ServiceProcess;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** State in another format stops the start, also when it comes from the changelog, and says how to begin anew. */
class StoreFormatOnBrokerTest {

    /** Key of the number in every changelog of entries. */
    private static final byte[] KEY = {0, 'f'};

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void a_restored_store_of_another_format_ends_the_start_with_the_command_that_resets() throws Exception {
        // Given
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "format").create()) {
            StoryRecords records = StoryRecords.of(story, site.topics(), site.partitions());
            try (DetectorService first = site.start("a")) {
                site.client().produce(records.records());
                site.awaitRead();
                assertThat(first.streams().state().isRunningOrRebalancing()).isTrue();
            }
            try (DetectorService again = site.start("b")) {
                assertThat(again.streams().state().isRunningOrRebalancing()).isTrue();
            }
            String changelog = site.id() + "-history-changelog";
            byte[] other = ByteBuffer.allocate(Integer.BYTES).putInt(1).array();
            site.client().produce(List.of(new ProducerRecord<>(changelog, 0, KEY, other)));

            // When
            try (ServiceProcess process = site.startProcess("c")) {
                int exitCode = process.exitCode();

                // Then
                assertThat(exitCode).isEqualTo(5);
                assertThat(process.output())
                        .contains("the store 'history' of task ", "has format 1", "reads format 5")
                        .contains("kafka-streams-application-reset.sh --bootstrap-server "
                                + BROKER.bootstrapServers() + " --application-id format --input-topics "
                                + site.topics().entraAudit());
            }
        }
    }
}
