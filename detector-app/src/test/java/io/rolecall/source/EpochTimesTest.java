package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolecall.schema.AppEvent;
import io.rolecall.source.split.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTimesTest {

    /** A record of Entra's audit log with a collector's time above the log's own, which may be missing. */
    private static String record(String time, String activityTime) {
        return ("{'time':" + time + ",'operationName':'Add application','category':'AuditLogs',"
                        + "'tenantId':'75243ab2-44f8-435c-a7a6-b479385df6d4','properties':{'id':'e1','result':'success',"
                        + activityTime + "'activityDisplayName':'Add application'}}")
                .replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767225600",
                "1767225600.123",
                "1767225600123",
                "'1767225600'",
                "'1767225600.123'",
                "5",
                "-1",
                "0"
            })
    void a_collectors_number_gives_way_to_the_time_of_the_log(String number) {
        // When
        AppEvent event = Decoding.one(record(number, "'activityDateTime':'2024-03-02T09:00:00.1234567Z',"));

        // Then
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-03-02T09:00:00.123456700Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'yesterday'",
                "'None'",
                "{'$date':'2026-01-01T00:00:00Z'}",
                "'/Date(1767225600000)/'",
                "'0001-01-01T00:00:00Z'",
                "[1]",
                "true"
            })
    void what_no_log_writes_gives_way_to_the_time_of_the_log(String unreadable) {
        // When
        AppEvent event = Decoding.one(record(unreadable, "'activityDateTime':'2024-03-02T09:00:00.1234567Z',"));

        // Then
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-03-02T09:00:00.123456700Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "1709370000, 2024-03-02T09:00:00Z",
        "1709370000.123, 2024-03-02T09:00:00.123Z",
        "1709370000123, 2024-03-02T09:00:00.123Z",
        "1709370000123456, 2024-03-02T09:00:00.123456Z",
        "1709370000123456789, 2024-03-02T09:00:00.123456789Z",
        "1.709370000123E12, 2024-03-02T09:00:00.123Z",
        "'''1709370000''', 2024-03-02T09:00:00Z",
        "'''1709370000.5''', 2024-03-02T09:00:00.5Z"
    })
    void a_number_that_is_the_only_time_is_read_by_its_size(String number, Instant time) {
        // When
        AppEvent event = Decoding.one(record(number, ""));

        // Then
        assertThat(event.getEventTime()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "-1709370000", "20240302", "20240302090000", "999999999999999999999", "true", "'soon'"})
    void a_number_in_the_range_of_no_unit_is_no_time(String number) {
        // Given
        String record = record(number, "");

        // When
        // Then
        assertThatThrownBy(() -> Decoding.all(record))
                .isInstanceOfSatisfying(RejectedElementException.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(Reason.BAD_TIME));
    }

    @Property
    void every_instant_of_the_range_is_read_back_in_every_unit(
            @ForAll @LongRange(min = 946_684_800, max = 4_102_444_799L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(max = 3) int unit,
            @ForAll boolean text)
            throws RejectedElementException {
        // Given
        BigDecimal number =
                BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9)).movePointRight(3 * unit);
        JsonNode node = text ? TextNode.valueOf(number.toPlainString()) : DecimalNode.valueOf(number);

        // When
        Instant time = EventTimes.first(MissingNode.getInstance(), node);

        // Then
        assertThat(time).isEqualTo(Instant.ofEpochSecond(seconds, nanos));
    }
}
