package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Interval;
import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Grants of an application that many use: what is found does not hang on which days are read together, nor on any order. */
class UserGainsPropertiesTest {

    private static final int USERS = 70;

    private static List<AppEvent> facts(Random random) {
        List<String> lines = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int day = random.nextInt(4);
            lines.add("+" + day + "d" + user + "m, by: user" + user
                    + "@contoso.com, do: consent, scopes: User.Read, logged: [ grants, consent ]");
            for (int more = random.nextInt(3); more > 0; more--) {
                lines.add("+" + (day + more) + "d" + (2 * USERS + user) + "m, by: user" + user
                        + "@contoso.com, do: consent, scopes: Scope" + random.nextInt(3)
                        + ", logged: [ grants, consent ]");
            }
        }
        return LineFacts.of(lines.toArray(String[]::new));
    }

    /** The first gains of every grant, read from one end of a focus to the other as the engine does. */
    private static Map<String, List<String>> read(MemoryHistory history, Interval focus) {
        Map<String, List<String>> found = new TreeMap<>();
        Instant from = focus.from();
        while (!from.isAfter(focus.to())) {
            UserGains.Result read = UserGains.read(history, new Interval(from, focus.to()));
            Map<String, List<String>> here = new TreeMap<>();
            read.gains().stream().filter(Gain::widens).forEach(gain -> here.computeIfAbsent(
                            gain.anchor(), key -> new ArrayList<>())
                    .add(gain.time() + " " + gain.label()));
            here.forEach(found::putIfAbsent);
            from = read.covered().to().plusNanos(1);
        }
        return found;
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void days_read_one_by_one_or_together_in_any_order_find_the_same(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> facts = facts(random);
        List<AppEvent> shuffled = new ArrayList<>(facts);
        shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
        Collections.shuffle(shuffled, random);
        Interval all = new Interval(LineFacts.START, LineFacts.days(10));

        // When
        Map<String, List<String>> together = read(new MemoryHistory(shuffled), all);

        // Then
        Map<String, List<String>> byDay = new TreeMap<>();
        for (int day = 0; day <= 10; day++) {
            Instant at = Facts.day(LineFacts.days(day));
            read(
                            new MemoryHistory(facts),
                            new Interval(at, at.plus(Duration.ofDays(1)).minusNanos(1)))
                    .forEach(byDay::putIfAbsent);
        }
        assertThat(together).isNotEmpty().isEqualTo(byDay);
    }
}
