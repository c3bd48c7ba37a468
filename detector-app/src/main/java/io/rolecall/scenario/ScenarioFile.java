package io.rolecall.scenario;

import io.rolecall.acts.Cast;
import io.rolecall.acts.Cast.Member;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Fields;
import io.rolecall.config.FileErrors;
import io.rolecall.config.Located;
import io.rolecall.config.LocatedReader;
import io.rolecall.config.Problems;
import io.rolecall.detection.Catalogue;
import io.rolecall.network.NetworksFile;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads scenario files (contract section 8). Everything that is wrong is told at once, with line and field. */
public final class ScenarioFile {

    private static final List<String> SECTIONS = List.of("detection", "people", "cases");
    private static final List<String> CASE =
            List.of("name", "networks", "policy", "people", "events", "delivery", "expect", "only");

    /** The organisation's network where a case with people names none. */
    private static final String OFFICE = "203.0.113.0/24";

    private final String name;
    private final Problems problems;
    private final EventFiles eventFiles;
    private final Catalogue catalogue;

    private ScenarioFile(String name, Problems problems, EventFiles eventFiles, Catalogue catalogue) {
        this.name = name;
        this.problems = problems;
        this.eventFiles = eventFiles;
        this.catalogue = catalogue;
    }

    /**
     * Reads a file; event files are found beside it.
     *
     * @throws ConfigurationException with everything that is wrong with it, also when it cannot be read
     */
    public static Scenario read(Path file, Catalogue catalogue) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return read(
                    file.toString(),
                    Files.readString(file, StandardCharsets.UTF_8),
                    path -> Files.readAllBytes(folder == null ? Path.of(path) : folder.resolve(path)),
                    catalogue);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name name of the file in messages
     * @param events finds the event files it names
     * @throws ConfigurationException with everything that is wrong with it
     */
    public static Scenario read(String name, String text, EventFiles.Source events, Catalogue catalogue) {
        Problems problems = new Problems(name);
        ScenarioFile file = new ScenarioFile(name, problems, new EventFiles(events), catalogue);
        Located root = LocatedReader.yaml(text, problems).orElseGet(() -> new Located.Mapping(1, Map.of()));
        Scenario scenario = Fields.of(root, "", problems)
                .map(fields -> file.scenario(fields.known(SECTIONS)))
                .orElseGet(() -> new Scenario(name, "", List.of()));
        problems.throwIfAny();
        return scenario;
    }

    private Scenario scenario(Fields root) {
        String detection = root.required("detection").orElse("");
        if (!detection.isEmpty() && catalogue.byId(detection).isEmpty()) {
            root.error(
                    "detection",
                    "no detection named '" + detection + "'; there are " + String.join(", ", catalogue.ids()));
        }
        Map<String, Member> people = PeopleReader.read(root, Map.of());
        List<Scenario.Case> cases = new ArrayList<>();
        root.forEach("cases", fields -> cases.add(oneCase(fields.known(CASE), people)));
        if (cases.isEmpty()) {
            root.error("cases", "must hold at least one case");
        }
        return new Scenario(name, detection, cases);
    }

    private Scenario.Case oneCase(Fields fields, Map<String, Member> everybody) {
        Map<String, Member> people = PeopleReader.read(fields, everybody);
        List<OrgNetwork> networks = networks(fields, !people.isEmpty());
        Cast cast = new Cast(people, networks.stream().map(OrgNetwork::getCidr).toList());
        List<CaseEvent> events = new CaseEvents(problems, eventFiles, cast).read(fields);
        ExpectationReader reader = new ExpectationReader(cast);
        List<Expectation> expect = new ArrayList<>();
        fields.forEach("expect", alert -> expect.add(reader.read(alert)));
        if (!fields.keys().contains("expect")) {
            fields.error("expect", "is missing; [] means silence");
        }
        return new Scenario.Case(
                fields.required("name").orElse(""),
                fields.line(),
                networks,
                policy(fields),
                events,
                deliveries(fields),
                expect,
                fields.flag("only").orElse(false));
    }

    /** The networks of a case. Where people take part and no networks are named there is one, so that {@code office} has a meaning. */
    private List<OrgNetwork> networks(Fields fields, boolean people) {
        List<OrgNetwork> usual = people
                ? List.of(OrgNetwork.newBuilder()
                        .setCidr(OFFICE)
                        .setLabel("office")
                        .build())
                : List.of();
        return embedded(fields, "networks", text -> NetworksFile.read(name, text), usual);
    }

    private Policy policy(Fields fields) {
        Policy usual = PolicyFile.defaults(catalogue.parameters());
        return embedded(fields, "policy", text -> PolicyFile.read(name, text, catalogue.parameters()), usual);
    }

    /** Reads a section in the form of a file of its own; its problems are told at the line where the section begins. */
    private <T> T embedded(Fields fields, String key, Function<String, T> reader, T absent) {
        return fields.get(key)
                .map(value -> {
                    try {
                        return reader.apply(LocatedJson.of(value).toString());
                    } catch (ConfigurationException e) {
                        e.problems()
                                .forEach(problem -> problems.error(
                                        value.line(), joined(fields.pathOf(key), problem.field()), problem.message()));
                        return absent;
                    }
                })
                .orElse(absent);
    }

    private static String joined(String path, String field) {
        return field.isEmpty() ? path : path + "." + field;
    }

    private static List<Delivery> deliveries(Fields fields) {
        List<Delivery> deliveries = new ArrayList<>();
        for (String label : fields.texts("delivery").orElse(List.of())) {
            Delivery.ofLabel(label)
                    .ifPresentOrElse(
                            deliveries::add,
                            () -> fields.error(
                                    "delivery",
                                    "'" + label + "' is none of in-order, shuffled, duplicated, both-logs, late"));
        }
        return deliveries.isEmpty() ? List.of(Delivery.values()) : deliveries;
    }
}
