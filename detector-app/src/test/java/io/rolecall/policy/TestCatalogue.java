package io.rolecall.policy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small catalogue with a parameter of every type. */
final class TestCatalogue {

    static final Map<String, List<Param<?>>> PARAMETERS = parameters();

    private TestCatalogue() {}

    private static Map<String, List<Param<?>>> parameters() {
        Map<String, List<Param<?>>> parameters = new LinkedHashMap<>();
        parameters.put(
                "single-tenant-app-abuse",
                List.of(
                        Param.word("tenancy", "single", List.of("single", "any"), "Tenancy of the application."),
                        Param.flag("require-external-ip", true, "Whether the organisation's addresses are silent."),
                        Param.duration(
                                "window",
                                Duration.ofDays(30),
                                Duration.ofHours(1),
                                Duration.ofDays(90),
                                "How long after the registration a grant counts."),
                        Param.permissionSets(List.of("permissive"), "The permissions that count."),
                        Param.words(
                                "permission-types",
                                List.of("application"),
                                List.of("application", "delegated"),
                                "The types that count.")));
        parameters.put(
                "consent-burst",
                List.of(
                        Param.number("users", 3, 2, 1000, "Distinct users."),
                        Param.words("ignored", List.of(), List.of(), "Words of any kind."),
                        Param.namesOrIds("roles", List.of("Owner"), List.of("Owner", "Reader"), "Roles that count.")));
        parameters.put("application-consent", List.of());
        return parameters;
    }
}
