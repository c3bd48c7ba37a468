package io.rolecall.sandbox.story;

import io.rolecall.config.Fields;
import io.rolecall.config.LocatedReader;
import io.rolecall.config.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The scenes by which every detection fires, each beside a near miss of its own. They are told in the words of scenario files, with
 * all alerts that must come of them, those of other detections too.
 */
final class CatalogueScenes {

    private static final String FILE = "catalogue.yaml";
    private static final String POLICY = "policy.yaml";

    private CatalogueScenes() {}

    static List<Scene> scenes() {
        Problems problems = new Problems(FILE);
        List<Scene> scenes = new ArrayList<>();
        Fields root = LocatedReader.yaml(text(FILE), problems)
                .flatMap(read -> Fields.of(read, "", problems))
                .orElseThrow();
        root.forEach("scenes", scene -> scenes.add(new CatalogueScene(root, scene, problems)));
        return scenes;
    }

    /** The policy under which they are played: what the organisation owns, trusts and has banned. */
    static String policy() {
        return text(POLICY);
    }

    private static String text(String name) {
        try (var stream = CatalogueScenes.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the distribution");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
