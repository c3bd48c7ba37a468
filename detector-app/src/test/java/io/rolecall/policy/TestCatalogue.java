package io.rolecall.policy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small catalogue with a parameter of every type. */
final class TestCatalogue {

    static final Map<String, List<Parameter>> PARAMETERS = parameters();

    private TestCatalogue() {}

    private static Map<String, List<Parameter>> parameters() {
        Map<String, List<Parameter>> parameters = new LinkedHashMap<>();
        parameters.put(
                "single-tenant-app-abuse",
                List.of(
                        Parameter.word("tenancy", "single", List.of("single", "any"), "Tenancy of the application."),
                        Parameter.flag("require-external-ip", true, "Whether the organisation's addresses are silent."),
                        Parameter.duration(
                                "window",
                                Duration.ofDays(30),
                                Duration.ofHours(1),
                                Duration.ofDays(90),
                                "How long after the registration a grant counts."),
                        Parameter.permissionSets(List.of("permissive"), "The permissions that count."),
                        Parameter.words(
                                "permission-types",
                                List.of("application"),
                                List.of("application", "delegated"),
                                "The types that count.")));
        parameters.put(
                "consent-burst",
                List.of(
                        Parameter.number("users", 3, 2, 1000, "Distinct users."),
                        Parameter.words("ignored", List.of(), List.of(), "Words of any kind.")));
        parameters.put("application-consent", List.of());
        return parameters;
    }
}
