package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Applications that somebody created: registered here, or added as a service principal. */
public final class Creations {

    /** Operations that create one. */
    public static final List<String> OPERATIONS = List.of(Operations.ADD_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL);

    private Creations() {}

    /**
     * One act that created an application or its service principal.
     *
     * @param act the successful act
     * @param appId App ID, lower case; one application has two such acts
     */
    public record Created(AppEvent act, String appId) {

        Instant time() {
            return act.getEventTime();
        }

        public boolean isRegistration() {
            return Facts.is(act, Operations.ADD_APPLICATION);
        }

        /** Its name, else its App ID. */
        public String label() {
            return act.getAppDisplayName().orElse(appId);
        }

        /** UTC day. */
        public LocalDate day() {
            return LocalDate.ofInstant(time(), ZoneOffset.UTC);
        }

        /** Whether the same history shows it deleted again. */
        public boolean isGone(List<AppEvent> acts) {
            return Lifecycle.ended(acts.stream().filter(this::isAbout).toList()).isPresent();
        }

        private boolean isAbout(AppEvent other) {
            return other.getAppId().filter(appId::equalsIgnoreCase).isPresent()
                    || same(act.getAppObjectId(), other.getAppObjectId())
                    || same(act.getServicePrincipalId(), other.getServicePrincipalId());
        }

        private static boolean same(Optional<String> one, Optional<String> other) {
            return one.isPresent() && one.equals(other);
        }
    }

    /** Every successful one of known App ID, by time. */
    public static List<Created> of(List<AppEvent> acts) {
        return acts.stream()
                .filter(act -> OPERATIONS.contains(act.getOperation()) && Facts.succeeded(act))
                .sorted(Facts.ORDER)
                .flatMap(act -> act.getAppId().map(id -> new Created(act, id.toLowerCase(Locale.ROOT))).stream())
                .toList();
    }

    /** How many applications that are. */
    public static long applications(List<Created> created) {
        return created.stream().map(Created::appId).distinct().count();
    }

    /**
     * Those that belong to a burst, each with the UTC day of the act that completes the burst. A burst goes on as long as every further
     * act has more than so many applications in the window that ends with it; it stays that of the day on which it was completed.
     *
     * @param created by time
     */
    public static Map<Created, LocalDate> bursts(List<Created> created, int moreThan, Duration window) {
        Map<Created, LocalDate> days = new LinkedHashMap<>();
        Optional<LocalDate> completed = Optional.empty();
        for (int index = 0; index < created.size(); index++) {
            Created last = created.get(index);
            Instant from = last.time().minus(window);
            List<Created> within = created.subList(0, index + 1).stream()
                    .filter(one -> Facts.inLoggedOrder(from, one.time()))
                    .toList();
            if (applications(within) <= moreThan) {
                completed = Optional.empty();
                continue;
            }
            LocalDate day = completed.orElseGet(last::day);
            completed = Optional.of(day);
            within.forEach(one -> days.putIfAbsent(one, day));
        }
        return days;
    }
}
