package io.rolecall.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Applications with a past, judged against it: what they do at and around the edges of the spans that the detections of unusual, rare,
 * dormant and borrowed use look at, in any order.
 */
class ReturningApplicationsTest {

    private static final Set<String> JUDGED_AGAINST_THE_PAST = Set.of(
            "service-principal-sign-in-anomaly",
            "rare-application",
            "dormant-application-awakened",
            "workload-token-used-elsewhere");

    private static final String ISSUER = "https://tokens.example.net";

    private static final List<String> ACTS = List.of(
            "do: application-sign-in, app: %s, key: main, from: office",
            "do: application-sign-in, app: %s, key: main, from: outside",
            "do: application-sign-in, app: %s, key: other, from: outside, credential: certificate",
            "do: application-sign-in, app: %s, key: main, from: outside, error: 7000215, times: 12, every: 1m",
            "do: application-sign-in, app: %s, federated: ci, from: outside",
            "do: application-sign-in, app: %s, federated: ci, from: office",
            "by: anna, do: sign-in, app: %s",
            "by: anna, do: consent, app: %s, scopes: [ Mail.Read ]",
            "by: ben, do: consent, app: %s, scopes: [ Mail.Read ]",
            "by: admin, do: add-delegated-grant, app: %s, for: everybody, scopes: Mail.Send",
            "by: admin, do: remove-delegated-grant, app: %s, for: everybody, scopes: Mail.Send",
            "by: admin, do: assign-app-role, app: %s, role: Mail.Read",
            "by: mallory, do: add-credential, app: %s, key: other",
            "by: admin, do: delete-application, app: %s",
            "by: mallory, do: restore-application, app: %s",
            "do: read-mail, app: %s, mailbox: anna, from: outside");

    private static final int[] DAYS = {0, 1, 4, 13, 14, 20, 21, 30, 33, 34, 44, 50, 51, 64, 185, 200};
    private static final String[] OFFSETS = {"", "1s", "59m59s", "1h", "1h1s", "23h59m59s"};
    private static final Set<String> FIRED = new TreeSet<>();

    private static String tenant(List<String> lines) {
        StringBuilder text = new StringBuilder("detection: rare-application\n"
                + "people: { mallory: outside, admin: office, anna: office, ben: office }\n"
                + "cases:\n- name: generated\n  expect: []\n"
                + "  policy: { federation: { trusted: [ { issuer: \"" + ISSUER + "\", networks: [office] } ] } }\n"
                + "  events:\n");
        lines.forEach(line -> text.append("  - { ").append(line).append(" }\n"));
        return text.toString();
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (String app : List.of("Sync", "Reports")) {
            if (random.nextInt(3) > 0) {
                lines.add("at: +0d, do: application-sign-in, app: " + app + ", key: main, from: office, times: "
                        + (3 + random.nextInt(18)) + ", every: 1d");
            }
            if (random.nextBoolean()) {
                lines.add("at: +0d, by: admin, do: add-federated-credential, app: " + app + ", key: ci, issuer: \""
                        + ISSUER + "\", subject: sync");
            }
            for (int i = random.nextInt(9); i >= 0; i--) {
                lines.add("at: +" + DAYS[random.nextInt(DAYS.length)] + "d" + OFFSETS[random.nextInt(OFFSETS.length)]
                        + ", " + ACTS.get(random.nextInt(ACTS.size())).formatted(app));
            }
        }
        return lines;
    }

    @AfterContainer
    static void each_of_these_detections_fired() {
        assertThat(FIRED).containsAll(JUDGED_AGAINST_THE_PAST);
    }

    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void any_order_any_copies_and_both_logs_give_the_same_alerts_of_applications_with_a_past(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        Optional<Scenario.Case> tenant = Optional.empty();
        while (tenant.isEmpty()) {
            tenant = GeneratedTenantsTest.read(tenant(lines(random)));
        }

        // When
        List<ObjectNode> alerts = GeneratedTenantsTest.inAnyOrder(tenant.orElseThrow(), random);

        // Then
        alerts.forEach(alert -> FIRED.add(alert.path("detection").asText()));
    }

    @ParameterizedTest
    @CsvSource({
        "dormant-application-awakened, 'do: application-sign-in, app: Sync, key: main, from: office, times: 5, every: 1d'",
        "rare-application, 'by: anna, do: consent, app: Sync, scopes: [ Mail.Read ]'",
        "workload-token-used-elsewhere,"
                + " 'by: admin, do: add-federated-credential, app: Sync, key: ci, issuer: \"https://tokens.example.net\","
                + " subject: sync'"
    })
    void failed_sign_ins_from_very_many_places_hide_no_success_behind_them(String detection, String past) {
        // Given: more than are read at once
        List<String> failed = IntStream.range(0, 600)
                .mapToObj(place -> "at: +50d" + place % 60 + "s, do: application-sign-in, app: Sync, federated: ci,"
                        + " from: 198.51." + (100 + place / 200) + "." + (1 + place % 200) + ", error: 7000215")
                .toList();
        List<String> lines = new ArrayList<>(failed);
        lines.add("at: +0d, " + past);
        lines.add("at: +50d2h, do: application-sign-in, app: Sync, federated: ci, from: outside");
        Scenario.Case tenant = GeneratedTenantsTest.whole(tenant(lines));

        // When
        List<ObjectNode> alerts = GeneratedTenantsTest.alerts(tenant, tenant.events());

        // Then
        assertThat(alerts).extracting(alert -> alert.path("detection").asText()).contains(detection);
    }
}
