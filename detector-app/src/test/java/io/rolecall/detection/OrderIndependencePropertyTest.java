package io.rolecall.detection;

import static io.rolecall.detection.Events.OFFICE;
import static io.rolecall.detection.Events.OUTSIDE;
import static io.rolecall.detection.Events.START;
import static io.rolecall.detection.Events.consent;
import static io.rolecall.detection.Events.consentForAll;
import static io.rolecall.detection.Events.days;
import static io.rolecall.detection.Events.enabled;
import static io.rolecall.detection.Events.flip;
import static io.rolecall.detection.Events.grant;
import static io.rolecall.detection.Events.grantFor;
import static io.rolecall.detection.Events.ofClick;
import static io.rolecall.detection.Events.plain;
import static io.rolecall.detection.Events.registration;
import static io.rolecall.detection.Events.removal;
import static io.rolecall.detection.Events.role;
import static io.rolecall.detection.Events.secret;
import static io.rolecall.detection.Events.selfAssignment;
import static io.rolecall.detection.Events.sighting;
import static io.rolecall.detection.Events.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OrderIndependencePropertyTest {

    private static final AppEvent CLICK = consent("ann", days(4), "offline_access", "Mail.Read");
    private static final List<AppEvent> FOR_ALL = consentForAll("admin", days(4).plusSeconds(97), "User.Read");
    private static final List<AppEvent> STORY = List.of(
            registration(START, "single", user("mallory", OFFICE)),
            plain(Operations.ADD_SERVICE_PRINCIPAL, START.plusSeconds(1)),
            grant("Mail.ReadWrite", days(2), user("mallory", "")),
            sighting(user("mallory", ""), OUTSIDE, days(2).plusSeconds(30)),
            grant("RoleManagement.ReadWrite.Directory", days(3), user("mallory", OFFICE)),
            role(Operations.REMOVE_APP_ROLE, "Mail.ReadWrite", days(5), user("admin", OFFICE)),
            secret("one", days(1), user("mallory", OFFICE)),
            secret("two", days(6), user("eve", OUTSIDE)),
            CLICK,
            ofClick(CLICK, "offline_access", "Mail.Read"),
            consent("bob", days(4).plusSeconds(90), "User.Read"),
            consent("cid", days(4).plusSeconds(95), "offline_access", "Files.ReadWrite"),
            flip(days(1).plusSeconds(7), "multi", user("mallory", OFFICE)),
            flip(days(2).minusSeconds(7), "single", user("mallory", OFFICE)),
            grantFor("dan", days(5), user("mallory", OUTSIDE), "Mail.Read", "offline_access"),
            removal("", days(6).plusSeconds(30), "Files.ReadWrite", "Mail.Read"),
            removal("ann", days(7), "offline_access", "Mail.Read"),
            selfAssignment(FOR_ALL.get(0)),
            FOR_ALL.get(0),
            enabled(false, days(8)),
            enabled(true, days(9)));

    @Property(tries = 500)
    void the_same_facts_in_any_order_with_any_duplicates_give_the_same_findings(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(STORY);
        STORY.stream().filter(fact -> random.nextBoolean()).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(STORY));
        assertThat(evaluations)
                .allSatisfy(evaluation -> assertThat(evaluation.findings()).isNotEmpty());
    }

    @Property(tries = 300)
    void copies_of_another_log_change_nothing_but_what_they_add_whatever_the_order(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> both = new ArrayList<>(STORY);
        STORY.stream()
                .filter(fact -> !Facts.is(fact, Operations.ACTOR_ADDRESS))
                .map(OrderIndependencePropertyTest::inOtherLog)
                .forEach(both::add);
        List<AppEvent> shuffled = new ArrayList<>(both);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(both));
        assertThat(evaluations.stream()
                        .map(OrderIndependencePropertyTest::anchors)
                        .toList())
                .isEqualTo(all(STORY).stream()
                        .map(OrderIndependencePropertyTest::anchors)
                        .toList());
    }

    @Property(tries = 300)
    void acts_at_one_moment_have_no_order(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> atOnce = STORY.stream()
                .map(fact -> Facts.is(fact, Operations.ACTOR_ADDRESS)
                        ? sighting(user("mallory", ""), OUTSIDE, START)
                        : AppEvent.newBuilder(fact).setEventTime(START).build())
                .toList();
        List<AppEvent> shuffled = new ArrayList<>(atOnce);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(atOnce));
    }

    /** As the unified audit log tells it: another id, whole seconds, no address. */
    private static AppEvent inOtherLog(AppEvent fact) {
        return AppEvent.newBuilder(fact)
                .setEventId("copy of " + fact.getEventId())
                .setSource("m365-audit")
                .setEnvelope("unified-audit")
                .setEventTime(fact.getEventTime().truncatedTo(ChronoUnit.SECONDS))
                .setActor(Actor.newBuilder(fact.getActor()).clearIp().build())
                .build();
    }

    private static List<List<String>> anchors(Evaluation evaluation) {
        return evaluation.findings().stream().map(Finding::anchor).toList();
    }

    private static List<Evaluation> all(List<AppEvent> facts) {
        return Catalogue.shipped().all().stream()
                .map(detection -> Evaluations.of(detection.id()).on(facts))
                .toList();
    }
}
