package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.rolecall.source.split.Reason;
import io.rolecall.source.split.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The log leaves out no element, and says little. */
class QuarantineNoticesPropertiesTest {

    private static final int MINUTE = 60_000;

    /** @param passes milliseconds of wall clock before it comes; every second somebody asks */
    private record Coming(Reason reason, String stage, int passes) {

        Routed.Quarantine element() {
            return new Routed.Quarantine(new Rejected(reason, "", "t/0/0/0", new byte[0], 0), stage, null);
        }
    }

    @Property(tries = 200)
    void every_element_is_told_or_counted_and_a_way_has_a_number_a_minute(
            @ForAll @Size(max = 60) List<@From("comings") Coming> comings) {
        // Given
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger ours = (Logger) LoggerFactory.getLogger(QuarantineNotices.class);
        ours.addAppender(log);
        QuarantineNotices notices = QuarantineNotices.ofService();
        long now = 0;

        // When
        try {
            for (Coming coming : comings) {
                for (long until = now + coming.passes(); now < until; now += 1_000) {
                    notices.tell(now);
                }
                notices.add(coming.element(), now);
            }
            notices.tellRest();
        } finally {
            ours.detachAppender(log);
        }

        // Then
        Map<String, Long> expected = new TreeMap<>();
        comings.forEach(coming -> expected.merge(coming.reason().label() + " " + coming.stage(), 1L, Long::sum));
        Map<String, Long> told = new TreeMap<>();
        log.list.forEach(line -> told.merge(
                value(line, "reason").orElseThrow() + " " + value(line, "stage").orElseThrow(),
                value(line, "more").map(Long::parseLong).orElse(1L),
                Long::sum));
        assertThat(told).isEqualTo(expected);
        assertThat(log.list).hasSizeLessThanOrEqualTo((int) (expected.size() * (2 + now / MINUTE)));
    }

    private static Optional<String> value(ILoggingEvent line, String key) {
        return line.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(key))
                .map((KeyValuePair pair) -> String.valueOf(pair.value))
                .findFirst();
    }

    @Provide
    Arbitrary<Coming> comings() {
        return Combinators.combine(
                        Arbitraries.of(Reason.INVALID_JSON, Reason.LATE, Reason.PROCESSING_ERROR),
                        Arbitraries.of("decode", "history"),
                        Arbitraries.of(0, 0, 0, 1_000, 20_000, 61_000, 300_000))
                .as(Coming::new);
    }
}
