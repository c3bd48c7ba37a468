package io.rolecall.incident;

import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.state.AlertExtract;
import java.util.List;
import java.util.Optional;

/** Who is exposed by the alerts of an incident: whoever is by one of them. */
final class IncidentExposure {

    private static final int MOST_NAMED = 20;

    private IncidentExposure() {}

    /** Everybody where one alert says so; the count is the largest, or that of the named ones when these are more. */
    static Optional<ExposedUsers> of(List<AlertExtract> worst) {
        List<ExposedUsers> all = worst.stream()
                .flatMap(alert -> alert.getExposedUsers().stream())
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = all.stream()
                .flatMap(users -> users.getFirst().stream())
                .distinct()
                .toList();
        long most = all.stream().mapToLong(ExposedUsers::getCount).max().orElse(0);
        return Optional.of(ExposedUsers.newBuilder()
                .setEverybody(all.stream().anyMatch(ExposedUsers::getEverybody))
                .setCount(Math.max(most, named.size()))
                .setFirst(named.stream().limit(MOST_NAMED).toList())
                .build());
    }

    /** {@code everybody}, {@code 2 users (a, b)}. */
    static String words(ExposedUsers exposed) {
        String users = Wording.count(exposed.getCount(), "user", "users")
                + (exposed.getFirst().isEmpty() ? "" : " (" + Wording.list(exposed.getFirst()) + ")");
        if (!exposed.getEverybody()) {
            return users;
        }
        return exposed.getCount() == 0 ? "everybody" : "everybody; seen so far: " + users;
    }
}
