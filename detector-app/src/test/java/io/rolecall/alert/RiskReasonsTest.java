package io.rolecall.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.RiskReason;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RiskReasonsTest {

    private final DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));
    private final Finding finding = Given.finding();

    @Test
    void what_holds_of_any_alert_is_told_beside_what_the_detection_says_heaviest_first() {
        // Given
        RiskReasons.Shown shown = shown("external", true);

        // When
        List<RiskReason> reasons = RiskReasons.of(finding, input, shown);

        // Then
        assertThat(reasons)
                .containsExactly(
                        new RiskReason(RiskKind.USED_AFTERWARDS, "The application was used after that"),
                        new RiskReason(
                                RiskKind.TIER_0,
                                "With a permission of it, an application can make itself or others administrator"),
                        new RiskReason(RiskKind.FROM_OUTSIDE, "granted from outside"),
                        new RiskReason(
                                RiskKind.UNUSUAL_TOOL, "Done with powershell, not in a portal or on a consent page"),
                        new RiskReason(RiskKind.OTHER, "nobody owns it"));
    }

    @Test
    void what_does_not_hold_is_not_told() {
        // Given
        RiskReasons.Shown shown =
                new RiskReasons.Shown(Optional.empty(), List.of(), List.of(), Optional.empty(), false, Instant.EPOCH);

        // When
        List<RiskReason> reasons = RiskReasons.of(finding, input, shown);

        // Then
        assertThat(reasons).extracting(RiskReason::kind).containsExactly(RiskKind.FROM_OUTSIDE, RiskKind.OTHER);
    }

    @Property
    void scores_of_different_severities_never_overlap(@ForAll List<RiskKind> some, @ForAll List<RiskKind> others) {
        // Given
        List<Severity> severities = List.of(Severity.values());

        for (int i = 1; i < severities.size(); i++) {
            // When
            int lower = RiskReasons.score(severities.get(i - 1), reasons(some));
            int higher = RiskReasons.score(severities.get(i), reasons(others));

            // Then
            assertThat(lower).isLessThan(higher).isBetween(0, 100);
            assertThat(higher).isLessThanOrEqualTo(100);
        }
    }

    @Property
    void a_further_reason_never_lowers_a_score(@ForAll List<RiskKind> some, @ForAll RiskKind further) {
        // Given
        List<RiskReason> before = reasons(some);
        List<RiskReason> after = new ArrayList<>(before);
        after.add(new RiskReason(further, "further"));

        // When // Then
        assertThat(RiskReasons.score(Severity.HIGH, after))
                .isGreaterThanOrEqualTo(RiskReasons.score(Severity.HIGH, before));
    }

    @Test
    void the_documentation_has_the_same_weights() throws IOException {
        // Given
        String documentation = Files.readString(Path.of("../docs/alerts.md"), UTF_8);

        // When
        String table = Arrays.stream(RiskKind.values())
                .map(kind -> "| " + kind.label() + " | " + kind.weight() + " |")
                .collect(Collectors.joining(" "));

        // Then
        for (RiskKind kind : RiskKind.values()) {
            assertThat(documentation)
                    .as("the table of docs/alerts.md, which is to say: " + table)
                    .contains("| " + kind.label() + " | " + kind.weight() + " |");
        }
    }

    private static List<RiskReason> reasons(List<RiskKind> kinds) {
        return kinds.stream().map(kind -> new RiskReason(kind, kind.label())).toList();
    }

    private static RiskReasons.Shown shown(String ipClass, boolean used) {
        AlertActor actor = AlertActor.newBuilder()
                .setType("user")
                .setRole("granted")
                .setIpClass(ipClass)
                .setBasis("event")
                .setTool("powershell")
                .build();
        AlertPermission permission = AlertPermission.newBuilder()
                .setResource("microsoft-graph")
                .setValue("RoleManagement.ReadWrite.Directory")
                .setType("application")
                .setTier("tier-0")
                .build();
        return new RiskReasons.Shown(
                Optional.empty(), List.of(actor), List.of(permission), Optional.empty(), used, Instant.EPOCH);
    }
}
