package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.event.FirstConsents;
import io.rolecall.event.Subject;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Consent;
import io.rolecall.state.ConsentSlots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What a tenant knows of the consents of its people is a function of the consents. */
class FirstConsentsPropertiesTest {

    private static final Subject TENANT = Subject.tenant("75243ab2-44f8-435c-a7a6-b479385df6d4");
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");

    private static AppEvent consent(int number, Random random) {
        boolean forAll = random.nextInt(5) == 0;
        boolean failed = random.nextInt(5) == 0;
        return AppEvent.newBuilder()
                .setEventId("event-" + number % 50)
                .setSource(random.nextBoolean() ? "entra-audit" : "m365-audit")
                .setEnvelope("diagnostic")
                .setOperation("consent-to-application")
                .setRawOperation("Consent to application")
                .setEventTime(START.plusSeconds(random.nextInt(6 * 3600)))
                .setTenantId(TENANT.id())
                .setOutcome(failed ? "failure" : "success")
                .setAppId("6d0f9a52-17c0-4e0c-9c86-2a1f2b3c4d" + random.nextInt(10, 99))
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName("ann@contoso.com")
                        .build())
                .setDetails(Consent.newBuilder()
                        .setOnBehalfOfAll(forAll)
                        .setScopes(List.of("Mail.Read"))
                        .setBefore(random.nextInt(5) == 0 ? List.of("mail.read") : List.of())
                        .build())
                .setPosition("consents/0/" + number + "/0")
                .build();
    }

    /** What tasks that read the consents tell a tenant. */
    private static List<AppEvent> told(List<AppEvent> consents, int tasks, Random random) {
        List<RecentConsents> recent =
                Stream.generate(RecentConsents::new).limit(tasks).toList();
        List<AppEvent> told = new ArrayList<>();
        for (AppEvent consent : consents) {
            RecentConsents task = recent.get(random.nextInt(tasks));
            if (random.nextInt(20) == 0) {
                task.forget();
            }
            if (FirstConsents.isOne(consent) && task.isNews(FirstConsents.told(consent))) {
                told.add(FirstConsents.told(consent));
            }
        }
        return told;
    }

    private static List<AppEvent> kept(List<AppEvent> told) {
        try (SightingsHarness harness = new SightingsHarness()) {
            ConsentSlots slots = harness.stores().consentSlots();
            told.forEach(fact -> slots.add(TENANT, fact));
            return slots.between(TENANT, START, START.plusSeconds(86_400), 100);
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void a_tenant_keeps_the_first_consent_of_each_ten_minutes_in_any_order_with_any_duplicates_from_any_number_of_tasks(
            @ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> consents = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            consents.add(consent(i, random));
        }
        TreeMap<Instant, AppEvent> first = new TreeMap<>();
        consents.stream()
                .filter(FirstConsents::isOne)
                .map(FirstConsents::told)
                .forEach(one -> first.merge(
                        FirstConsents.slot(one),
                        one,
                        (known, other) -> FirstConsents.ORDER.compare(known, other) <= 0 ? known : other));
        List<AppEvent> delivered = new ArrayList<>(consents);
        delivered.addAll(consents.subList(0, random.nextInt(consents.size())));
        Collections.shuffle(delivered, random);

        // When
        List<AppEvent> told = told(delivered, random.nextInt(1, 4), random);
        Collections.shuffle(told, random);
        List<AppEvent> kept = kept(told);

        // Then
        assertThat(kept).containsExactlyElementsOf(first.values());
    }
}
