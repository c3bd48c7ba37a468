package io.rolecall.sandbox.story;

import io.rolecall.acts.Cast;
import io.rolecall.config.Fields;
import io.rolecall.config.Problems;
import io.rolecall.event.Subject;
import io.rolecall.scenario.ActScript;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scene of the file of the whole catalogue. */
final class CatalogueScene implements Scene {

    /** An id in an anchor: {@code {app:Name}}, by its kind and the name it is made of. */
    private static final Pattern ID = Pattern.compile("\\{([a-z]+):([^}]+)}");

    private final Fields file;
    private final Fields scene;
    private final Problems problems;

    /**
     * Of the file.
     *
     * @param file the whole file, with the people of all scenes
     * @param problems takes what is wrong with the scene
     */
    CatalogueScene(Fields file, Fields scene, Problems problems) {
        this.file = file;
        this.scene = scene.known(List.of("name", "events", "expect"));
        this.problems = problems;
    }

    @Override
    public String name() {
        return scene.required("name").orElse("");
    }

    /** @throws io.rolecall.config.ConfigurationException with everything that is wrong with the scene */
    @Override
    public void play(Stage stage) {
        Cast cast = new Cast(ActScript.people(file), stage.networks(), stage.tenant());
        ActScript.events(scene, "events", cast, stage.start()).forEach(stage::logged);
        scene.forEach(
                "expect",
                alert -> stage.expect(expected(alert, cast, stage.tenant().id())));
        problems.throwIfAny();
    }

    private ExpectedAlert expected(Fields alert, Cast cast, String tenantId) {
        alert.known(List.of("detection", "app", "actor", "severity", "status", "anchor", "permissions"));
        Subject subject = alert.text("app")
                .map(app -> Subject.application(tenantId, id(cast, "app", app)))
                .or(() -> alert.text("actor").map(person -> Subject.actor(tenantId, id(cast, "person", person))))
                .orElseGet(() -> Subject.tenant(tenantId));
        return new ExpectedAlert(
                alert.required("detection").orElse(""),
                subject,
                alert.required("severity").orElse(""),
                alert.text("status").orElse("open"),
                anchor(alert, cast),
                alert.texts("permissions").orElse(List.of()),
                name());
    }

    private static Optional<String> anchor(Fields alert, Cast cast) {
        return alert.text("anchor").map(text -> ID.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(id(cast, found.group(1), found.group(2)))));
    }

    private static String id(Cast cast, String kind, String name) {
        return cast.id(kind, name)
                .orElseThrow(() -> new IllegalStateException("No id " + kind + " of '" + name + "' in the story"));
    }
}
