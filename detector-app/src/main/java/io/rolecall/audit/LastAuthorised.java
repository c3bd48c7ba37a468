package io.rolecall.audit;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.Authorisations;
import io.rolecall.event.Details;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When an application was last given a permission, or consented to, as far as the acts, an import and the profile tell. */
final class LastAuthorised {

    private LastAuthorised() {}

    /** @param until what happened later is left out */
    static @Nullable Instant of(ApplicationHistory history, Imported imported, Instant until) {
        // The profile keeps whole seconds of what an act tells more exactly.
        Stream<Instant> remembered =
                history.profile().getAuthorisations().stream().map(span -> Instant.ofEpochSecond(span.getLast()));
        Stream<AppEvent> ofUsers = history.userDays(Instant.MIN, Instant.MAX, SubjectHistory.MOST_FACTS).stream()
                .flatMap(day -> day.getActs().stream());
        Stream<AppEvent> logged =
                Stream.concat(history.acts().stream(), ofUsers).filter(Authorisations::isOne);
        // Graph does not tell when a delegated grant was made.
        Stream<AppEvent> roles = imported.facts().stream()
                .filter(fact -> Details.of(fact, AppRole.class).isPresent());
        return Stream.concat(remembered, Stream.concat(logged, roles).map(AppEvent::getEventTime))
                .filter(at -> !at.isAfter(until))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
