package io.rolecall.incident;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.ExtractedUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                .ifPresent(places -> checks.add(
                        "Is it expected that the application signs in from " + Wording.places(places) + "?"));
        leading.getHarmless().stream().limit(MOST_HINTS).forEach(hint -> checks.add("Harmless if: " + hint));
        return List.copyOf(checks);
    }

    /** One question a person, about what the worst alert says of them; who was only asked for a consent has nothing to answer for. */
    private static Map<String, String> people(List<AlertExtract> worst) {
        Map<String, String> questions = new LinkedHashMap<>();
        for (AlertExtract alert : worst) {
            for (AlertActor actor : alert.getActors()) {
                if (actor.getType().equals("user")
                        && IncidentSummary.name(actor).isPresent()
                        && !actor.getRole().equals("asked-for-consent")) {
                    questions.putIfAbsent(IncidentSummary.key(actor), question(alert, actor));
                }
            }
        }
        return questions;
    }

    private static String question(AlertExtract alert, AlertActor actor) {
        String from = IncidentSummary.from(List.of(actor));
        String about = alert.getApplication()
                .flatMap(AlertApplication::getDisplayName)
                .map(name -> ", about '" + name + "'")
                .orElse("");
        return "Ask " + IncidentSummary.name(actor).orElse("") + ", by telephone or in person" + about + ": "
                + (alert.getApplication().isPresent()
                        ? "was it you who " + RoleWords.of(actor.getRole()) + from + "?"
                        : "was this you" + from + "?");
    }
}
