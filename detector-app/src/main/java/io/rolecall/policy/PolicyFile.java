package io.rolecall.policy;

import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Fields;
import io.rolecall.config.FileErrors;
import io.rolecall.config.Located;
import io.rolecall.config.LocatedReader;
import io.rolecall.config.Problem;
import io.rolecall.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the policy file (contract section 6), which holds only what differs from the defaults. */
public final class PolicyFile {

    static final List<String> SECTIONS = List.of(
            "detections",
            "organization",
            "applications",
            "trusted-automation",
            "federation",
            "permission-sets",
            "exceptions",
            "output");

    private PolicyFile() {}

    /**
     * A policy and what is odd about its file without being wrong.
     *
     * @param policy the effective policy
     * @param warnings what to tell the user, in the order of the file
     */
    public record Loaded(Policy policy, List<Problem> warnings) {

        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads a file.
     *
     * @param catalogue parameters by detection id
     * @throws ConfigurationException with everything that is wrong with it, also when it cannot be read
     */
    public static Policy read(Path file, Map<String, List<Param<?>>> catalogue) {
        return load(file, catalogue).policy();
    }

    /**
     * Reads a text.
     *
     * @param name name of the file in messages
     * @param catalogue parameters by detection id
     * @throws ConfigurationException with everything that is wrong with it
     */
    public static Policy read(String name, String text, Map<String, List<Param<?>>> catalogue) {
        return load(name, text, catalogue).policy();
    }

    /** The policy of an empty file. */
    public static Policy defaults(Map<String, List<Param<?>>> catalogue) {
        return read("defaults", "", catalogue);
    }

    /**
     * Reads a file and keeps its warnings.
     *
     * @throws ConfigurationException with everything that is wrong with it, also when it cannot be read
     */
    public static Loaded load(Path file, Map<String, List<Param<?>>> catalogue) {
        try {
            return load(file.toString(), Files.readString(file, StandardCharsets.UTF_8), catalogue);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /**
     * Reads a text and keeps its warnings.
     *
     * @throws ConfigurationException with everything that is wrong with it
     */
    public static Loaded load(String name, String text, Map<String, List<Param<?>>> catalogue) {
        Problems problems = new Problems(name);
        Located root = LocatedReader.yaml(text, problems).orElseGet(() -> new Located.Mapping(1, Map.of()));
        Optional<Fields> fields = Fields.of(root, "", problems).map(all -> all.known(SECTIONS));
        Optional<Policy> policy = fields.map(all -> policy(all, catalogue));
        problems.throwIfAny();
        return new Loaded(
                policy.orElseThrow(() -> new IllegalStateException("No mapping and no problem: " + name)),
                problems.warnings());
    }

    private static Policy policy(Fields root, Map<String, List<Param<?>>> catalogue) {
        Map<String, Settings> detections = new DetectionsReader(catalogue).read(root.fields("detections"));
        Optional<Fields> output = root.fields("output").map(fields -> fields.known(List.of("minimum-severity")));
        Policy unversioned = new Policy(
                detections,
                SitesReader.organization(root.fields("organization")),
                SitesReader.applications(root.fields("applications")),
                SitesReader.trustedAutomation(root),
                FederationReader.read(root.fields("federation")),
                PermissionSetsReader.read(root.fields("permission-sets")),
                ExceptionsReader.read(root, catalogue.keySet()),
                output.flatMap(fields -> fields.word("minimum-severity", DetectionsReader.SEVERITIES))
                        .map(Severity::ofLabel)
                        .orElse(Severity.LOW),
                "");
        return new Policy(
                unversioned.detections(),
                unversioned.organization(),
                unversioned.applications(),
                unversioned.trustedAutomation(),
                unversioned.federation(),
                unversioned.permissionSets(),
                unversioned.exceptions(),
                unversioned.minimumSeverity(),
                PolicyPrinter.hash(unversioned));
    }
}
