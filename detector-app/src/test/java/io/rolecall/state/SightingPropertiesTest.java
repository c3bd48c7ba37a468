package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.state.AddressRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Sightings on their way to the actor step, and there: of each slot the exact first and last, whatever was sent how often. */
class SightingPropertiesTest {

    private static final Instant START = Instant.parse("2025-05-06T07:00:00Z");
    private static final String TENANT = "fa399a3c-f3a3-47f9-a2b9-79ee5c1f2e56";
    private static final String[] ACTORS = {"ann@contoso.com", "5cc9d56d-319b-4bc1-a055-4293953992e2"};

    private static Sighting sighting(Random random) {
        int event = random.nextInt(40);
        String ip = "198.51.100." + random.nextInt(3);
        Instant time = START.plus(Duration.ofSeconds(random.nextInt(3600), random.nextInt(1_000_000_000)));
        return Sighting.of(
                TENANT,
                ACTORS[random.nextInt(2)],
                ip,
                random.nextBoolean(),
                random.nextInt(3) == 0 ? START : time,
                Optional.of(random.nextBoolean() ? "de" : "RO").filter(code -> random.nextBoolean()),
                new Sighting.Shown(
                        "id" + event,
                        random.nextBoolean() ? "m365-audit" : "entra-sign-in",
                        "raw/0/" + random.nextInt(9),
                        actor(new Random(event), ip)));
    }

    /** One event has one actor. */
    private static Actor actor(Random random, String ip) {
        Actor actor = new Actor();
        actor.setType(random.nextBoolean() ? "user" : "application");
        actor.setName(random.nextBoolean() ? "Änn@contoso.com" : null);
        actor.setId(random.nextBoolean() ? ACTORS[1] : null);
        actor.setAppId(random.nextInt(5) == 0 ? "A0A0d7b2-9415-4c31-bf52-924416ed5701" : null);
        actor.setServicePrincipalId(random.nextInt(5) == 0 ? ACTORS[1] : null);
        actor.setPuid(random.nextInt(5) == 0 ? "100326E0B0DAE4EE" : null);
        actor.setIp(random.nextInt(4) == 0 ? "2001:db8::1" : ip);
        actor.setOtherIps(List.of());
        return actor;
    }

    private static List<Sighting> sightings(Random random, int number) {
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            sightings.add(sighting(random));
        }
        return sightings;
    }

    @Property(tries = 300)
    void what_is_packed_is_read_back(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int number) {
        // Given
        List<Sighting> sightings = sightings(new Random(seed), number);

        // When // Then
        assertThat(SightingCodec.read(SightingCodec.batch(TENANT, sightings))).isEqualTo(sightings);
        for (Sighting one : sightings) {
            assertThat(SightingCodec.fromBytes(SightingCodec.toBytes(one), TENANT, one.actorKey()))
                    .isEqualTo(one);
        }
    }

    @Property(tries = 300)
    void what_became_a_fact_is_read_back(@ForAll long seed) {
        // Given
        Sighting one = sighting(new Random(seed));

        // When // Then
        assertThat(Sighting.of(one.fact())).isEqualTo(one);
    }

    @Property(tries = 200)
    void a_task_that_remembers_what_it_sent_leaves_the_same_slots(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int number) {
        // Given
        Random random = new Random(seed);
        List<Sighting> sightings = sightings(random, number);
        sightings.addAll(sightings.subList(0, random.nextInt(number)));
        List<Sighting> shuffled = new ArrayList<>(sightings);
        Collections.shuffle(shuffled, random);
        RecentSightings sent = new RecentSightings();

        // When
        List<Sighting> ofEach = stored(sightings, 1, random, new RecentSightings(), true);
        List<Sighting> ofMany = stored(shuffled, 7, random, sent, false);

        // Then
        assertThat(ofMany).isEqualTo(ofEach);
        assertThat(messages(shuffled, sent))
                .as("nothing widens a slot any more")
                .isZero();
        sent.forget();
        assertThat(messages(shuffled, sent))
                .as("a task that begins again sends again")
                .isPositive();
    }

    /** The slots that an actor step has after sightings came in records of some length. */
    private static List<Sighting> stored(
            List<Sighting> sightings, int longest, Random random, RecentSightings sent, boolean forgetful) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.ACTORS), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<String, AddressRequest> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        ActorStore actors = new ActorStore(store);
        int from = 0;
        while (from < sightings.size()) {
            int to = Math.min(sightings.size(), from + 1 + random.nextInt(longest));
            SightingSlots slots = new SightingSlots();
            sightings.subList(from, to).forEach(slots::add);
            slots.batches(sent).values().forEach(batch -> SightingCodec.read(batch)
                    .forEach(actors::add));
            if (forgetful) {
                sent.forget();
            }
            from = to;
        }
        List<Sighting> found = new ArrayList<>();
        for (String actor : ACTORS) {
            found.addAll(actors.sightings(TENANT, actor, START.minusSeconds(1), START.plusSeconds(4000)));
        }
        store.close();
        return found;
    }

    private static int messages(List<Sighting> sightings, RecentSightings sent) {
        SightingSlots slots = new SightingSlots();
        sightings.forEach(slots::add);
        return slots.batches(sent).size();
    }
}
