package io.rolecall.detection;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Fields;
import io.rolecall.config.Located;
import io.rolecall.config.LocatedReader;
import io.rolecall.config.Problems;
import io.rolecall.policy.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page of a detection: the words that people read, and those of them that the product shows. It lies in
 * {@code docs/detections/<id>.md} and begins with front matter in YAML between two lines of three dashes.
 *
 * @param id id of the detection
 * @param title one line for lists
 * @param severity usual severity, for lists and for alerts that were withdrawn
 * @param version raised whenever the logic changes what is found; at least 1
 * @param attack tactics and techniques of MITRE ATT&CK; every pair exists there
 * @param fires what fires, in a sentence or two
 * @param harmless how it looks when it is harmless
 * @param blind what it cannot see
 * @param references documentation and published rules it stands on
 * @param body the page after its front matter, Markdown
 */
public record DetectionPage(
        String id,
        String title,
        Severity severity,
        int version,
        List<AttackTechnique> attack,
        String fires,
        List<String> harmless,
        List<String> blind,
        List<String> references,
        String body) {

    private static final String FENCE = "---";
    private static final List<String> KEYS =
            List.of("title", "severity", "version", "attack", "fires", "harmless", "blind", "references");
    private static final Pattern PAIR = Pattern.compile("[a-z]+(?:-[a-z]+)*/T[0-9]{4}(?:\\.[0-9]{3})?");
    private static final int LATEST_VERSION = 10_000;

    /**
     * A pair of ATT&CK.
     *
     * @param tactic tactic's short name, for example {@code persistence}
     * @param technique technique id, for example {@code T1098.003}
     */
    public record AttackTechnique(String tactic, String technique) {

        /** Reads {@code persistence/T1098.003}. */
        static AttackTechnique of(String pair) {
            int slash = pair.indexOf('/');
            return new AttackTechnique(pair.substring(0, slash), pair.substring(slash + 1));
        }
    }

    public DetectionPage {
        attack = List.copyOf(attack);
        harmless = List.copyOf(harmless);
        blind = List.copyOf(blind);
        references = List.copyOf(references);
    }

    /**
     * The page that ships with the product.
     *
     * @param id id of the detection
     * @throws IllegalStateException when there is none
     * @throws ConfigurationException with everything that is wrong with its front matter
     */
    static DetectionPage shipped(String id) {
        String name = "docs/detections/" + id + ".md";
        try (InputStream page = DetectionPage.class.getResourceAsStream("/" + name)) {
            if (page == null) {
                throw new IllegalStateException("The detection " + id + " has no page " + name);
            }
            return read(id, name, new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The page " + name + " cannot be read", e);
        }
    }

    /**
     * Reads a page.
     *
     * @param id id of the detection
     * @param name name of the file in messages
     * @param text the whole page
     * @throws ConfigurationException with everything that is wrong with its front matter, by line
     */
    public static DetectionPage read(String id, String name, String text) {
        Problems problems = new Problems(name);
        List<String> lines = Arrays.asList(text.split("\n", -1));
        int end = lines.subList(1, lines.size()).indexOf(FENCE) + 1;
        if (!lines.get(0).equals(FENCE) || end == 0) {
            problems.error(1, "", "must begin with front matter between two lines of " + FENCE);
            problems.throwIfAny();
        }
        // An empty line in place of the fence keeps the numbers of the lines.
        String matter = "\n" + String.join("\n", lines.subList(1, end)) + "\n";
        String body = String.join("\n", lines.subList(end + 1, lines.size()));
        Located root = LocatedReader.yaml(matter, problems).orElseGet(() -> new Located.Mapping(1, Map.of()));
        DetectionPage page = Fields.of(root, "", problems)
                .map(fields -> page(id, fields.known(KEYS), body))
                .orElseGet(() -> new DetectionPage(
                        id, "", Severity.MEDIUM, 1, List.of(), "", List.of(), List.of(), List.of(), body));
        problems.throwIfAny();
        return page;
    }

    private static DetectionPage page(String id, Fields fields, String body) {
        List<String> severities =
                Arrays.stream(Severity.values()).map(Severity::label).toList();
        if (fields.get("severity").isEmpty()) {
            fields.error("severity", "is missing");
        }
        if (fields.get("version").isEmpty()) {
            fields.error("version", "is missing");
        }
        return new DetectionPage(
                id,
                fields.required("title").orElse(""),
                fields.word("severity", severities).map(Severity::ofLabel).orElse(Severity.MEDIUM),
                fields.number("version", 1, LATEST_VERSION).orElse(1),
                attack(fields),
                fields.required("fires").orElse(""),
                listed(fields, "harmless"),
                listed(fields, "blind"),
                listed(fields, "references"),
                body);
    }

    private static List<AttackTechnique> attack(Fields fields) {
        List<AttackTechnique> pairs = new ArrayList<>();
        for (String pair : listed(fields, "attack")) {
            if (PAIR.matcher(pair).matches()) {
                pairs.add(AttackTechnique.of(pair));
            } else {
                fields.error("attack", "'" + pair + "' is no tactic/technique, for example persistence/T1098.003");
            }
        }
        return pairs;
    }

    private static List<String> listed(Fields fields, String key) {
        List<String> values = fields.texts(key).orElse(List.of());
        if (values.isEmpty()) {
            fields.error(key, "must list at least one");
        }
        return values;
    }
}
