package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CompactSerdeTest {

    private static final AvroSerde<AppEvent> PLAIN = AvroSerde.of(AppEvent.class);
    private static final AvroSerde<AppEvent> STORED = AvroSerde.stored(AppEvent.class);

    private static AppEvent event(String one, String two) {
        return AppEvent.newBuilder()
                .setEventId(one)
                .setSource("m365-audit")
                .setEnvelope("unified-audit")
                .setOperation("new-inbound-connector")
                .setRawOperation(two)
                .setEventTime(Instant.parse("2026-03-01T10:00:00.1234567Z"))
                .setTenantId(two)
                .setOutcome("success")
                .setAppId(one)
                .setActor(Actor.newBuilder().setType("user").setId(two).build())
                .setDetails(MailFlow.newBuilder()
                        .setCmdlet(one)
                        .setParameters(Map.of(one, two))
                        .build())
                .setPosition(one)
                .build();
    }

    @Property(tries = 500)
    void a_stored_record_is_read_back_to_the_letter(@ForAll("texts") String one, @ForAll("texts") String two) {
        // Given
        AppEvent event = event(one, two);

        // When
        AppEvent read = STORED.fromBytes(STORED.toBytes(event));

        // Then
        assertThat(read).isEqualTo(event);
    }

    @Property(tries = 100)
    void every_guid_takes_twenty_bytes_less(@ForAll long bits) {
        // Given
        AppEvent event = event(new UUID(bits, ~bits).toString(), new UUID(~bits, bits).toString());

        // When
        int saved = PLAIN.toBytes(event).length - STORED.toBytes(event).length;

        // Then
        assertThat(saved).isEqualTo(9 * 20);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.longs().map(bits -> new UUID(bits, ~bits).toString()),
                Arbitraries.of("", "75243AB2-44F8-435C-A7A6-B479385DF6D4", "-2-3-4-5-6-7-8-9-0-1-2-3-4-5-6-7-8-9"));
    }
}
