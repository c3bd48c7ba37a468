package io.rolecall.incident;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.ExtractedUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tells soonest whether an incident is harmless: whom to ask, whether the places are known, and what it may turn out to be. */
final class CheckFirst {

    private static final int MOST_ASKED = 3;
    private static final int MOST_HINTS = 3;

    private CheckFirst() {}

    static List<String> of(List<AlertExtract> worst, AlertExtract leading) {
        List<String> checks = new ArrayList<>();
        people(worst).values().stream().limit(MOST_ASKED).forEach(checks::add);
        IncidentUse.of(worst)
                .map(ExtractedUse::getPlaces)
                .filter(places -> !places.isEmpty())
                .ifPresent(places ->
                        checks.add("Is it expected that the application signs in from " + Wording.list(places) + "?"));
        leading.getHarmless().stream().limit(MOST_HINTS).forEach(hint -> checks.add("Harmless if: " + hint));
        return List.copyOf(checks);
    }

    /** One question a person, about what the worst alert says of them. */
    private static Map<String, String> people(List<AlertExtract> worst) {
        Map<String, String> questions = new LinkedHashMap<>();
        for (AlertExtract alert : worst) {
            for (AlertActor actor : alert.getActors()) {
                Optional<String> name = actor.getName().or(actor::getId);
                if (actor.getType().equals("user") && name.isPresent()) {
                    questions.putIfAbsent(
                            name.orElseThrow(),
                            "Ask " + name.orElseThrow() + ", by telephone or in person: was it you who "
                                    + RoleWords.of(actor.getRole()) + IncidentSummary.from(List.of(actor)) + "?");
                }
            }
        }
        return questions;
    }
}
