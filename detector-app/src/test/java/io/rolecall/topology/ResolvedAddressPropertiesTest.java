package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.ResolvedAddress;
import io.rolecall.event.Actors;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.network.AddressClass;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Sign-ins of every kind, consents, grants, use and acts of the token service, in any order, with duplicates, in any batches: each
 * act gets the class that all the events within the hour, read at once, give it.
 */
class ResolvedAddressPropertiesTest {

    private static final Subject APPLICATION = Subject.application(RawEvents.TENANT, RawEvents.appId("crm"));
    private static final Instant START = Instant.parse("2026-03-05T22:00:00Z");
    /** Actors are named by name and id (0), id (1) or name (2), each as it comes. */
    private static final int ANY_NAME = -1;

    private static final String OFFICE = "203.0.113.9";
    private static final String OUTSIDE = "198.51.100.7";
    private static final String PRIVATE = "10.1.2.3";
    private static final String FRONT_END = "20.190.160.5";
    private static final List<String> PLACES = List.of(OFFICE, OFFICE, OFFICE, OUTSIDE, PRIVATE, FRONT_END);
    private static final List<Integer> CODES = List.of(0, 0, 50074, 53003, 65001, 50126, 50140);

    /** All acts name their actor alike here: what is resolved for one act of a person is found by the person's other acts too. */
    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void every_act_gets_the_class_that_all_events_around_it_give(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> events = events(random, random.nextInt(3));
        List<AppEvent> delivered = new ArrayList<>(events);
        for (int i = random.nextInt(10); i > 0; i--) {
            delivered.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(delivered, random);

        // When
        Map<String, String> resolved = new TreeMap<>();
        try (SightingsHarness harness = new SightingsHarness()) {
            for (int from = 0; from < delivered.size(); ) {
                int to = Math.min(delivered.size(), from + 1 + random.nextInt(6));
                harness.record(delivered.subList(from, to));
                from = to;
            }
            for (AppEvent act : harness.acts(APPLICATION)) {
                resolved.put(
                        act.getEventId(),
                        label(harness.addressOf(APPLICATION, act).addressClass()));
            }
        }

        // Then
        Map<String, String> expected = new TreeMap<>();
        events.stream()
                .filter(ResolvedAddressPropertiesTest::isAct)
                .forEach(act -> expected.put(act.getEventId(), label(expected(act, events))));
        assertThat(resolved).isEqualTo(expected);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void the_order_changes_nothing_of_the_result(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> events = events(random, ANY_NAME);
        List<AppEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        // When
        Map<String, ResolvedAddress> inOrder = resolved(List.of(events));
        Map<String, ResolvedAddress> inAnyOrder =
                resolved(shuffled.stream().map(List::of).toList());

        // Then
        assertThat(inAnyOrder).isEqualTo(inOrder);
    }

    private static Map<String, ResolvedAddress> resolved(List<List<AppEvent>> records) {
        Map<String, ResolvedAddress> resolved = new TreeMap<>();
        try (SightingsHarness harness = new SightingsHarness()) {
            records.forEach(harness::record);
            harness.acts(APPLICATION)
                    .forEach(act -> resolved.put(act.getEventId(), harness.addressOf(APPLICATION, act)));
        }
        return resolved;
    }

    /** The rule read from all events at once. */
    private static AddressClass expected(AppEvent act, List<AppEvent> events) {
        List<String> own = addresses(act);
        boolean tokenService = act.getActor().getTokenService().orElse(false);
        if (!tokenService && own.contains(OUTSIDE)) {
            return AddressClass.EXTERNAL;
        }
        if (!tokenService && own.contains(PRIVATE)) {
            return AddressClass.UNKNOWN;
        }
        if (!tokenService && !own.isEmpty() && !own.contains(FRONT_END)) {
            return AddressClass.ORGANIZATION;
        }
        List<String> seen = events.stream()
                .filter(event -> !Collections.disjoint(Actors.keys(event.getActor()), Actors.keys(act.getActor())))
                .filter(event -> Duration.between(event.getEventTime(), act.getEventTime())
                                .abs()
                                .compareTo(SightingsHarness.WITHIN)
                        <= 0)
                .filter(ResolvedAddressPropertiesTest::shows)
                .flatMap(event -> addresses(event).stream()
                        .filter(ip -> !ip.equals(FRONT_END))
                        .filter(ip -> event.getOperation().equals(Operations.SIGN_IN) || !own.contains(ip)))
                .toList();
        if (seen.contains(OUTSIDE)) {
            return AddressClass.EXTERNAL;
        }
        if (seen.isEmpty()) {
            return own.isEmpty() ? AddressClass.UNKNOWN : AddressClass.MICROSOFT_SERVICE;
        }
        return seen.contains(PRIVATE) ? AddressClass.UNKNOWN : AddressClass.ORGANIZATION;
    }

    private static boolean shows(AppEvent event) {
        if (event.getActor().getTokenService().orElse(false)) {
            return false;
        }
        if (event.getDetails().orElse(null) instanceof SignIn signIn) {
            int code = signIn.getErrorCode().orElseThrow();
            return code == 0
                    || (signIn.getKind().equals("interactive")
                            && Set.of(50074, 53003, 65001).contains(code));
        }
        return !(event.getDetails().orElse(null) instanceof MailboxUse
                && event.getAppId().isPresent());
    }

    private static List<String> addresses(AppEvent event) {
        List<String> addresses =
                new ArrayList<>(event.getActor().getIp().stream().toList());
        addresses.addAll(event.getActor().getOtherIps());
        return addresses;
    }

    private static boolean isAct(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return !(details instanceof SignIn) && !(details instanceof MailboxUse);
    }

    private static String label(AddressClass addressClass) {
        return addressClass.label();
    }

    private static List<AppEvent> events(Random random, int named) {
        List<AppEvent> events = new ArrayList<>();
        for (int i = 0; i < 8 + random.nextInt(16); i++) {
            Instant at = START.plusSeconds(600L * random.nextInt(20)).plusMillis(random.nextInt(3) * 300_000L);
            events.add(
                    switch (random.nextInt(6)) {
                        case 0 -> grant(i, at, random, named);
                        case 1 -> consent(i, at, random, named);
                        case 2 -> click(i, at, random, named);
                        case 3 -> mailRead(i, at, random);
                        default -> signIn(i, at, random);
                    });
        }
        events.add(grant(99, START.plusSeconds(3_000), random, named));
        return events;
    }

    private static AppEvent grant(int number, Instant at, Random random, int named) {
        return event(number, Operations.ADD_APP_ROLE, at, actor(random, true, named))
                .setDetails(AppRole.newBuilder().setRoleId("role-" + number).build())
                .build();
    }

    private static AppEvent consent(int number, Instant at, Random random, int named) {
        return event(number, Operations.CONSENT, at, actor(random, true, named))
                .setDetails(Consent.newBuilder()
                        .setScopes(List.of("openid", "mail.readWRITE"))
                        .build())
                .build();
    }

    private static AppEvent click(int number, Instant at, Random random, int named) {
        Actor actor = actor(random, true, named);
        return event(number, Operations.ADD_DELEGATED_GRANT, at, actor)
                .setDetails(DelegatedGrant.newBuilder()
                        .setConsentType("principal")
                        .setPrincipalId("principal-" + number)
                        .setScopes(List.of("Files.Read.All"))
                        .setAdded(List.of("Files.Read.All"))
                        .build())
                .build();
    }

    private static AppEvent mailRead(int number, Instant at, Random random) {
        AppEvent.Builder use = event(number, Operations.MAIL_ITEMS_ACCESSED, at, actor(random, false, ANY_NAME))
                .setSource("m365-audit")
                .setDetails(MailboxUse.newBuilder().setAction("read").build());
        return random.nextBoolean() ? use.build() : use.setAppId(null).build();
    }

    private static AppEvent signIn(int number, Instant at, Random random) {
        int code = CODES.get(random.nextInt(CODES.size()));
        return event(number, Operations.SIGN_IN, at, actor(random, false, ANY_NAME))
                .setSource("entra-sign-in")
                .setOutcome(code == 0 ? "success" : "failure")
                .setDetails(SignIn.newBuilder()
                        .setKind(random.nextBoolean() ? "interactive" : "non-interactive")
                        .setErrorCode(code)
                        .build())
                .build();
    }

    private static AppEvent.Builder event(int number, String operation, Instant at, Actor actor) {
        return AppEvent.newBuilder()
                .setEventId("event-" + number)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(at)
                .setTenantId(RawEvents.TENANT)
                .setOutcome("success")
                .setAppId(APPLICATION.id())
                .setServicePrincipalId(RawEvents.spId("crm"))
                .setActor(actor)
                .setPosition("test/0/" + number + "/0");
    }

    /** One of two people, by name, by id, or both; an act may have no address, several, or the token service's. */
    private static Actor actor(Random random, boolean act, int naming) {
        String who = random.nextInt(3) == 0 ? "other" : "admin";
        int named = naming == ANY_NAME ? random.nextInt(3) : naming;
        Actor.Builder actor = Actor.newBuilder().setType("user");
        if (named != 1) {
            actor.setName(who + "@Contoso.com");
        }
        if (named != 2) {
            actor.setId(RawEvents.id(who));
        }
        boolean addressless = act && random.nextInt(3) != 0;
        if (!addressless) {
            actor.setIp(PLACES.get(random.nextInt(PLACES.size())));
            if (random.nextInt(4) == 0) {
                actor.setOtherIps(
                        List.of(PLACES.get(random.nextInt(PLACES.size())), PLACES.get(random.nextInt(PLACES.size()))));
            }
            if (act && random.nextInt(3) == 0) {
                actor.setTokenService(true);
            }
        }
        return actor.build();
    }
}
