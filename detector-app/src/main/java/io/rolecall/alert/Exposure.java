package io.rolecall.alert;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose data the application can reach: users whose own consent succeeded, and everybody where a permission for the whole tenant
 * was held.
 */
final class Exposure {

    private static final int MOST_NAMED = 20;

    private Exposure() {}

    /**
     * The users, the first ones by name.
     *
     * @param days days of users around the finding
     * @param profile counts all who were asked
     * @param cut whether there were more days than could be read: then the profile's count is taken
     * @param everybody whether the application could reach every user's data; the count stays what was seen
     */
    static Optional<ExposedUsers> of(List<UserDay> days, SubjectProfile profile, boolean cut, boolean everybody) {
        Map<String, Instant> users = new TreeMap<>();
        Map<String, String> names = new HashMap<>();
        for (UserDay day : days) {
            day.getActs().forEach(act -> learnName(act, names));
            day.getActs().stream()
                    .filter(Exposure::exposes)
                    .map(AppEvent::getEventTime)
                    .min(Instant::compareTo)
                    .ifPresent(at -> users.merge(day.getUserKey(), at, (a, b) -> a.isBefore(b) ? a : b));
        }
        if (users.isEmpty() && !everybody) {
            return Optional.empty();
        }
        long count = cut && !users.isEmpty() ? Math.max(users.size(), profile.getConsentUsers()) : users.size();
        List<String> named = new ArrayList<>();
        users.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_NAMED)
                .forEach(user -> named.add(names.getOrDefault(user.getKey(), user.getKey())));
        return Optional.of(ExposedUsers.newBuilder()
                .setEverybody(everybody)
                .setCount(count)
                .setFirst(named)
                .build());
    }

    /** For a sentence: {@code everybody}, {@code 2 users}, {@code everybody, 2 users by their own consent}. */
    static String words(ExposedUsers exposed) {
        String users = DisplayNames.count(exposed.getCount(), "user", "users");
        if (!exposed.getEverybody()) {
            return users;
        }
        return exposed.getCount() == 0 ? "everybody" : "everybody, " + users + " by their own consent";
    }

    private static boolean exposes(AppEvent act) {
        return act.getOutcome().equals("success")
                && (act.getOperation().equals(Operations.CONSENT)
                        || act.getOperation().equals(Operations.ADD_DELEGATED_GRANT));
    }

    /** User principal names by object id, from every act that states both; lower case. */
    private static void learnName(AppEvent act, Map<String, String> names) {
        if (act.getActor().getType().equals("user")) {
            act.getActor().getId().ifPresent(id -> act.getActor()
                    .getName()
                    .ifPresent(name -> names.merge(
                            id.toLowerCase(Locale.ROOT),
                            name.toLowerCase(Locale.ROOT),
                            (one, other) -> Comparator.<String>naturalOrder().compare(one, other) <= 0 ? one : other)));
        }
    }
}
