package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.MarkdownPage;
import io.rolecall.source.split.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuarantineRemediesTest {

    @Test
    void the_runbook_lists_what_the_log_says() {
        // Given
        Map<String, String> expected = new TreeMap<>();
        for (Reason reason : Reason.values()) {
            expected.put("`" + reason.label() + "`", QuarantineRemedies.of(reason, "decode") + ".");
        }
        for (String stage :
                List.of(QuarantineRemedies.NETWORKS, QuarantineRemedies.IMPORT, QuarantineRemedies.HISTORY)) {
            expected.put("stage `" + stage + "`", QuarantineRemedies.of(Reason.NOT_AN_EVENT, stage) + ".");
        }

        // When
        Map<String, String> documented = new TreeMap<>();
        MarkdownPage.read("docs/operations.md").section("## Quarantine").rows().stream()
                .filter(row -> expected.containsKey(row.get(0)))
                .forEach(row -> documented.put(row.get(0), row.get(1)));

        // Then
        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void what_an_element_or_this_program_is_to_blame_for_has_one_remedy_at_every_stage() {
        for (Reason reason : List.of(Reason.LATE, Reason.PROCESSING_ERROR)) {
            // When
            String remedy = QuarantineRemedies.of(reason, QuarantineRemedies.HISTORY);

            // Then
            assertThat(remedy).isEqualTo(QuarantineRemedies.of(reason, "identify"));
        }
    }
}
