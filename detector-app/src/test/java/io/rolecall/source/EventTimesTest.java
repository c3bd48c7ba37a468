package io.rolecall.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-02-08T21:49:53.7643129Z|2024-02-08T21:49:53.764312900Z",
                "2024-02-08T21:49:53.7643129+00:00|2024-02-08T21:49:53.764312900Z",
                "2024-02-08T23:49:53+02:00|2024-02-08T21:49:53Z",
                "2023-07-26 22:58:30.983201900|2023-07-26T22:58:30.983201900Z",
                "2023-07-26 23:00:20.889|2023-07-26T23:00:20.889Z",
                "2023-06-27T10:40:37|2023-06-27T10:40:37Z",
                "4/28/2021, 2:54:37.000 PM|2021-04-28T14:54:37Z",
                "6/3/2023 8:13:00 AM|2023-06-03T08:13:00Z",
                "12/31/2023 12:00:00 AM|2023-12-31T00:00:00Z",
                "12/31/2023 12:30:00 PM|2023-12-31T12:30:00Z",
                "6/3/2023 8:13:00\u202FAM|2023-06-03T08:13:00Z",
                "1/9/2024 10:41:00 AM +01:00|2024-01-09T09:41:00Z",
                "06/03/2023 18:13:00|2023-06-03T18:13:00Z",
                "2024-02-08T21:49:53.7640000+0000|2024-02-08T21:49:53.764Z"
            })
    void every_format_of_the_logs_is_read_in_utc(String raw, Instant time) {
        // When
        Instant parsed = EventTimes.parse(raw);

        // Then
        assertThat(parsed).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2024-02-30T00:00:00Z",
                "2024-02-08",
                "13/45/2023 8:13:00 AM",
                "6/3/2023 13:13:00 PM",
                "2024-02-08T25:00:00Z",
                "1707428993"
            })
    void what_names_no_instant_is_no_time(String raw) {
        // When
        Instant parsed = EventTimes.parse(raw);

        // Then
        assertThat(parsed).isNull();
    }
}
