package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.ActIds;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.event.AvroJson;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.policy.PolicyFile;
import io.rolecall.scenario.Lines;
import io.rolecall.schema.Alert;
import io.rolecall.source.split.Chunk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * What is found of the use of new access, in mailboxes and in Azure, is the same whatever order grants and use come in, however often, and
 * whatever is evaluated together. Every try plays in tenants of its own, so that one running topology serves all.
 */
class UsedAccessOrderTest {

    private static final Set<String> FOUND = new TreeSet<>();
    private static @Nullable InProcessDetector running;

    private static final List<String> GRANTS = List.of(
            "by: admin, do: create-service-principal, app: Sync",
            "by: mallory, do: assign-app-role, app: Sync, role: Mail.Read",
            "by: admin, do: remove-app-role, app: Sync, role: Mail.Read",
            "by: ann, do: consent, app: Sync, scopes: [ Mail.Read, offline_access ]",
            "by: mallory, do: add-credential, app: Sync",
            "by: mallory, do: assign-azure-role, app: Sync, role: Owner",
            "by: admin, do: remove-azure-role, app: Sync, role: Owner",
            "by: mallory, do: assign-azure-role, app: Sync, role: Reader");

    @BeforeContainer
    static void start() {
        Catalogue catalogue = Catalogue.shipped();
        running = new InProcessDetector(
                DetectorConfig.DEFAULT.forFiles(),
                catalogue,
                PolicyFile.defaults(catalogue.parameters()),
                List.of(DetectorHarness.OFFICE),
                DetectorHarness.CLOCK);
    }

    @AfterContainer
    static void close() {
        Objects.requireNonNull(running).close();
        assertThat(FOUND).as("detections that found something in some try").hasSize(2);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void any_order_duplicates_and_passing_of_time_give_the_same_final_alerts(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<String> events = Lines.events(lines(random).toArray(String[]::new));
        List<String> delivered = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(4) == 0).forEach(delivered::add);
        Collections.shuffle(delivered, random);
        List<String> alerts = play(events, new Random(0));

        // When
        List<String> others = play(delivered, random);

        // Then
        assertThat(others).containsExactlyElementsOf(alerts);
    }

    /** Grants and use within fifty days, most of the use within two hours. */
    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        GRANTS.stream()
                .filter(grant -> random.nextInt(3) > 0)
                .forEach(grant -> lines.add("at: +" + random.nextInt(12) + "d" + random.nextInt(24) + "h, " + grant));
        int day = 2 + random.nextInt(48);
        for (int i = 0; i < 14 + random.nextInt(14); i++) {
            String at = "at: +" + (random.nextInt(5) == 0 ? random.nextInt(50) : day) + "d" + random.nextInt(2) + "h"
                    + random.nextInt(60) + "m" + random.nextInt(60) + "s, ";
            lines.add(at + use(random));
        }
        return lines;
    }

    private static String use(Random random) {
        String store = "/subscriptions/s/resourceGroups/ops/providers/Microsoft.Storage/storageAccounts/s1";
        return switch (random.nextInt(6)) {
            case 0 ->
                "by: Sync, do: azure-act, action: Microsoft.Storage/storageAccounts/listKeys/action, resource: "
                        + store;
            case 1 -> "by: Sync, do: read-secret, vault: v1, secret: key" + random.nextInt(14);
            case 2 ->
                "by: Sync, do: azure-act, action: Microsoft.Compute/disks/delete, resource: " + store
                        + random.nextInt(14);
            case 3 -> "do: send-mail, app: Sync, mailbox: box" + random.nextInt(8) + "@contoso.com";
            default ->
                "do: read-mail, app: Sync, mailbox: " + List.of("ann", "robot").get(random.nextInt(2));
        };
    }

    private static List<String> play(List<String> events, Random random) {
        InProcessDetector detector = Objects.requireNonNull(running);
        String tenant = new UUID(random.nextLong(), events.hashCode()).toString();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(12));
            String text = String.join("\n", events.subList(from, to)).replace(ActIds.tenantId(), tenant);
            detector.feed(
                    new Chunk(text.getBytes(StandardCharsets.UTF_8), "use", new int[to - from], new int[to - from]));
            detector.driver().advanceWallClockTime(Duration.ofMillis(random.nextInt(2_500)));
            from = to;
        }
        return detector.finish().stream()
                .filter(alert -> alert.getTenantId().equals(tenant))
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .filter(UsedAccessOrderTest::isOfUse)
                .map(alert -> content(alert, tenant))
                .sorted()
                .toList();
    }

    private static boolean isOfUse(Alert alert) {
        boolean isOfUse =
                Set.of("azure-abuse-after-grant", "mailbox-use-after-grant").contains(alert.getDetection());
        if (isOfUse) {
            FOUND.add(alert.getDetection());
        }
        return isOfUse;
    }

    /** Everything but what tells the journey. */
    private static String content(Alert alert, String tenant) {
        ObjectNode tree = AvroJson.toTree(alert);
        List.of("alertId", "generation", "revision", "changeSummary", "emittedAt", "origin")
                .forEach(tree::remove);
        tree.findParents("position").forEach(parent -> ((ObjectNode) parent).remove("position"));
        return tree.toString().replace(tenant, "tenant");
    }
}
