package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class PolicyPrinterTest {

    private static Policy read(String text) {
        return PolicyFile.read("printed", text, TestCatalogue.PARAMETERS);
    }

    @Example
    void what_is_printed_reads_back_to_the_same_policy() {
        // Given
        Policy policy = read(PolicyFileTest.FULL);

        // When
        String printed = PolicyPrinter.print(policy);

        // Then
        assertThat(read(printed)).isEqualTo(policy);
        assertThat(printed).startsWith("# policy version " + policy.version());
    }

    @Example
    void the_defaults_are_printed_in_full() {
        // Given
        Policy policy = PolicyFile.defaults(TestCatalogue.PARAMETERS);

        // When
        String printed = PolicyPrinter.print(policy);

        // Then
        assertThat(printed).contains("window: 30d", "tenancy: single", "RoleManagement.ReadWrite.Directory");
        assertThat(read(printed)).isEqualTo(policy);
    }

    @Example
    void a_role_that_never_matches_is_printed_only_where_somebody_wrote_it() {
        // Given
        String written =
                "permission-sets: { files: { add: [ { resource: microsoft-graph, value: Files.ReadWrite.Selected,"
                        + " type: application } ] } }";
        Policy policy = read(written);

        // When
        String printed = PolicyPrinter.print(policy);

        // Then the one written is there and warned of, the shipped Files.ReadWrite is neither
        PolicyFile.Loaded again = PolicyFile.load("printed", printed, TestCatalogue.PARAMETERS);
        assertThat(again.policy()).isEqualTo(policy);
        assertThat(again.warnings()).singleElement().satisfies(warning -> assertThat(warning.message())
                .contains("Files.ReadWrite.Selected"));
    }

    @Property(tries = 150)
    void any_text_survives_printing_and_reading(@ForAll @NotBlank @StringLength(max = 30) String reason) {
        // Given an exception with any printable reason
        Assume.that(reason.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || (c > 0xa0 && c < 0xd7ff)));
        Assume.that(!reason.strip().isEmpty());
        Policy plain = read(PolicyFileTest.FULL);
        PolicyException exception = plain.exceptions().get(0);
        Policy policy = new Policy(
                plain.detections(),
                plain.organization(),
                plain.applications(),
                plain.trustedAutomation(),
                plain.federation(),
                plain.permissionSets(),
                java.util.List.of(new PolicyException(
                        exception.id(),
                        exception.detections(),
                        exception.match(),
                        reason.strip(),
                        exception.owner(),
                        exception.expires())),
                plain.minimumSeverity(),
                "");

        // When
        Policy again = read(PolicyPrinter.print(policy));

        // Then
        assertThat(again.exceptions()).isEqualTo(policy.exceptions());
    }
}
