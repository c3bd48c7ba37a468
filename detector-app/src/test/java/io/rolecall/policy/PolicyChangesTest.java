package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {

    private static Policy read(String text) {
        return PolicyFile.read("policy.yaml", text, TestCatalogue.PARAMETERS);
    }

    @Test
    void equal_policies_differ_in_nothing() {
        // Given
        Policy policy = read(PolicyFileTest.FULL);

        // When
        List<SettingChange> changes = PolicyChanges.between(policy, read(PolicyFileTest.FULL));

        // Then
        assertThat(changes).isEmpty();
    }

    @Test
    void every_setting_that_differs_is_told_with_both_values() {
        // Given
        Policy defaults = read("");
        Policy full = read(PolicyFileTest.FULL);

        // When
        List<SettingChange> changes = PolicyChanges.between(defaults, full);

        // Then
        assertThat(changes.stream().map(SettingChange::toString))
                .containsExactly(
                        "detections.application-consent.enabled: true -> false",
                        "detections.consent-burst.ignored: none -> a, b",
                        "detections.consent-burst.users: 3 -> 5",
                        "detections.single-tenant-app-abuse.severity: by the detection's rule -> high",
                        "detections.single-tenant-app-abuse.require-external-ip: true -> false",
                        "detections.single-tenant-app-abuse.tenancy: single -> any",
                        "detections.single-tenant-app-abuse.window: 30d -> 45d",
                        "organization.domains: none -> contoso.com",
                        "organization.protected-names: none -> Contoso Payroll",
                        "applications.approved: none -> aaaaaaaa-2222-3333-4444-555555555555",
                        "trusted-automation.22222222-2222-3333-4444-555555555555: none -> may create-application,"
                                + " grant:permissive, rotate-credential from build-farm",
                        "federation.trusted: none -> https://oidc.example.com/k8s *,"
                                + " https://token.actions.githubusercontent.com repo:Contoso/* from build-farm, office",
                        "permission-sets.permissive: has User.Export.All, lacks Sites.FullControl.All -> has"
                                + " Sites.FullControl.All, lacks User.Export.All",
                        "exceptions.backup-vendor: none -> of consent-burst until 2027-03-01T00:00:00Z");
    }

    @Test
    void all_changes_together_lead_from_one_policy_to_the_other_and_back() {
        // Given
        Policy defaults = read("");
        Policy full = read(PolicyFileTest.FULL);
        List<SettingChange> changes = PolicyChanges.between(defaults, full);
        Policy there = defaults;
        Policy back = full;

        // When
        for (SettingChange change : changes) {
            there = change.taking().apply(there);
            back = change.leaving().apply(back);
        }

        // Then
        assertThat(PolicyChanges.between(there, full)).isEmpty();
        assertThat(PolicyChanges.between(back, defaults)).isEmpty();
    }

    @Test
    void one_change_leaves_every_other_setting_alone() {
        // Given
        Policy defaults = read("");
        List<SettingChange> changes = PolicyChanges.between(defaults, read(PolicyFileTest.FULL));

        // When
        List<List<String>> found = changes.stream()
                .map(change -> PolicyChanges.between(defaults, change.taking().apply(defaults)).stream()
                        .map(SettingChange::toString)
                        .toList())
                .toList();

        // Then
        assertThat(found)
                .isEqualTo(changes.stream()
                        .map(change -> List.of(change.toString()))
                        .toList());
    }
}
