package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.config.DetectorConfig;
import io.rolecall.config.Topics;
import io.rolecall.detection.Probe;
import io.rolecall.inprocess.InProcessProperties;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.AvroSerde;
import io.rolecall.state.Counts;
import io.rolecall.state.LowWatermark;
import io.rolecall.state.Marks;
import io.rolecall.state.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the live service makes of one log that is read ahead of another: {@code lateness} is 7 days, the history reaches back 37. */
class BacklogTest {

    private static final Topics TOPICS = DetectorConfig.DEFAULT.topics();
    private static final String OUTSIDE = "198.51.100.7";
    private static final Duration TOLD = Duration.ofSeconds(10);

    private final LogsForTests logs = new LogsForTests();
    private final AtomicReference<LowWatermark.Standing> standing = new AtomicReference<>();
    private TopologyTestDriver driver;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        Properties properties = InProcessProperties.of(DetectorConfig.DEFAULT, folder);
        DetectorObserver observer = new DetectorObserver() {
            @Override
            public void watermarkStands(int task, LowWatermark.Standing now) {
                standing.set(now);
            }
        };
        DetectorTopology topology = new DetectorTopology(
                DetectorConfig.DEFAULT,
                Probe.beside(),
                DetectorHarness.policy(),
                "live",
                TopicSerdes.plain(),
                observer,
                logs);
        driver = new TopologyTestDriver(
                topology.build(new StreamsConfig(properties)), properties, DetectorHarness.CLOCK.instant());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** The next day of two months of sign-ins. */
    private static String signIn(int day) {
        String time =
                Instant.parse("2026-03-01T10:00:00Z").plus(Duration.ofDays(day)).toString();
        return RawEvents.signIn(RawEvents.ADMIN_ID, RawEvents.ADMIN, time, OUTSIDE);
    }

    private static String registration(String app, String time) {
        return RawEvents.addApplication(app, time, OUTSIDE);
    }

    private void feed(String topic, String event) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
        input.pipeInput("any", event.getBytes(StandardCharsets.UTF_8), DetectorHarness.CLOCK.instant());
    }

    private void feedSignIns(int days) {
        for (int day = 0; day <= days; day++) {
            feed(TOPICS.entraSignIn(), signIn(day));
        }
    }

    private void isTold() {
        driver.advanceWallClockTime(TOLD);
        driver.advanceWallClockTime(TOLD);
    }

    private Counts history() {
        return new Counts(driver.getKeyValueStore(Names.HISTORY_COUNTS));
    }

    private Optional<Instant> time() {
        return Optional.ofNullable(standing.get()).flatMap(LowWatermark.Standing::time);
    }

    @Test
    void facts_of_a_log_that_is_behind_another_are_not_late() {
        // Given
        feedSignIns(60);
        isTold();

        // When
        feed(TOPICS.entraAudit(), registration("crm", "2026-03-02T10:00:00Z"));
        isTold();
        feed(TOPICS.entraAudit(), registration("shop", "2026-03-03T10:00:00Z"));

        // Then
        assertThat(history().get(Counts.LATE)).isZero();
        assertThat(history().get(Counts.TAKEN_LATE)).isZero();
        assertThat(history().get(Counts.NEW)).isEqualTo(2);
    }

    @Test
    void sign_ins_are_kept_for_the_acts_of_a_log_that_is_behind() {
        // Given
        feedSignIns(60);
        isTold();
        feed(TOPICS.entraAudit(), registration("crm", "2026-03-01T09:00:00Z"));

        // When
        feed(
                TOPICS.entraAudit(),
                RawEvents.addAppRole("crm", RawEvents.MAIL_READ_WRITE, "Mail.ReadWrite", "2026-03-01T10:20:00Z", ""));

        // Then
        assertThat(driver.createOutputTopic(
                                TOPICS.alerts(),
                                new StringDeserializer(),
                                AvroSerde.of(io.rolecall.schema.Alert.class).deserializer())
                        .readValuesToList())
                .anyMatch(alert -> alert.getDetection().equals("single-tenant-app-abuse")
                        && alert.getActors().stream()
                                .anyMatch(actor -> actor.getIp().equals(Optional.of(OUTSIDE))));
    }

    @Test
    void once_the_other_logs_have_been_quiet_long_enough_what_comes_after_all_is_late() {
        // Given
        feedSignIns(60);
        driver.advanceWallClockTime(DetectorConfig.DEFAULT.idleAfter());
        feed(TOPICS.entraSignIn(), signIn(61));
        isTold();

        // When
        feed(TOPICS.entraAudit(), registration("crm", "2026-03-02T10:00:00Z"));
        feed(TOPICS.entraAudit(), registration("shop", "2026-04-10T10:00:00Z"));

        // Then
        assertThat(time()).hasValue(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(history().get(Counts.LATE)).isEqualTo(1);
        assertThat(history().get(Counts.TAKEN_LATE)).isEqualTo(1);
    }

    @Test
    void a_log_that_stands_still_with_a_backlog_holds_it_however_long() {
        // Given
        logs.rawLogs().forEach(topic -> logs.end(topic, 0, 0));
        feedSignIns(60);

        // When
        driver.advanceWallClockTime(Duration.ofDays(3));
        isTold();

        // Then
        assertThat(Objects.requireNonNull(standing.get()).slowest())
                .map(String::valueOf)
                .hasValue(TOPICS.entraAudit() + "/0");
        assertThat(time()).hasValue(Instant.parse("2026-04-30T10:00:00Z").minus(DetectorConfig.DEFAULT.holdAtMost()));
    }

    @Test
    void a_fact_that_waits_for_its_app_id_holds_it() {
        // Given
        feedSignIns(60);
        driver.advanceWallClockTime(DetectorConfig.DEFAULT.idleAfter());
        isTold();
        Instant before = time().orElseThrow();
        feed(TOPICS.entraAudit(), RawEvents.addDelegatedGrant("crm", "Mail.Read", "2026-05-01T11:00:00Z", OUTSIDE));
        feed(TOPICS.entraSignIn(), signIn(63));

        // When
        isTold();
        Optional<Instant> whileItWaits = time();
        driver.advanceWallClockTime(DetectorConfig.DEFAULT.resolveWithin().plus(TOLD));
        isTold();

        // Then
        assertThat(whileItWaits).hasValue(before);
        assertThat(time().orElseThrow()).isAfter(before);
    }

    @Test
    void what_another_application_has_read_does_not_count() {
        // Given
        feedSignIns(1);
        isTold();
        Instant before = time().orElseThrow();
        AppEvent foreign = ProgressRecords.event(new SourceProgress(
                "another",
                logs.rawLogs().stream()
                        .map(topic -> Marks.progress(topic, 0, Instant.parse("2026-05-20T00:00:00Z"), true)
                                .getMarks()
                                .get(0))
                        .toList()));

        // When
        driver.createInputTopic(
                        TOPICS.appEvents(),
                        new StringSerializer(),
                        AvroSerde.of(AppEvent.class).serializer())
                .pipeInput("progress:decode/0", foreign, DetectorHarness.CLOCK.instant());
        isTold();

        // Then
        assertThat(time()).hasValue(before);
    }

    @Test
    void progress_lies_among_the_facts_under_a_key_of_its_own() {
        // Given
        feedSignIns(1);

        // When
        isTold();

        // Then
        List<KeyValue<String, AppEvent>> records = driver.createOutputTopic(
                        TOPICS.appEvents(),
                        new StringDeserializer(),
                        AvroSerde.of(AppEvent.class).deserializer())
                .readKeyValuesToList();
        assertThat(records)
                .extracting(record -> record.key)
                .contains("progress:decode/0", "progress:identify/0", "progress:resolve-addresses/0")
                .allMatch(key -> key.startsWith("progress:"));
        assertThat(records).allMatch(record -> record.value.getOperation().equals("source-progress"));
    }
}
