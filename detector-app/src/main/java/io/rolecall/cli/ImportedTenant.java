package io.rolecall.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The tenant of an import: as the command says, else as the configuration says, else as the export tells. */
final class ImportedTenant {

    private static final String UNKNOWN = "unknown";
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final @Nullable CommandSpec spec;
    private final @Nullable String option;
    private final String configured;

    /**
     * From what was asked for.
     *
     * @param option what {@code --tenant} gives
     * @param configured the configured {@code tenant-id}, {@code unknown} without one
     * @throws ParameterException when the option is no tenant id
     */
    ImportedTenant(@Nullable CommandSpec spec, @Nullable String option, String configured) {
        this.spec = spec;
        this.option = option == null ? null : option.toLowerCase(Locale.ROOT);
        this.configured = configured.toLowerCase(Locale.ROOT);
        if (this.option != null && !GUID.matcher(this.option).matches()) {
            throw WrongUsage.of(spec, "--tenant " + option + " is no tenant id, which is a GUID");
        }
    }

    /**
     * The tenant, lower case.
     *
     * @param exported tenants that the export names
     * @throws ParameterException when nobody tells, or two tell differently
     */
    String among(Set<String> exported) {
        if (option != null) {
            return option;
        }
        String known = String.join(", ", exported);
        if (!configured.equals(UNKNOWN)) {
            if (!exported.isEmpty() && !exported.equals(Set.of(configured))) {
                throw WrongUsage.of(
                        spec,
                        "the export is of tenant " + known + ", and the configured tenant-id is " + configured
                                + "; say with --tenant ID which it is");
            }
            return configured;
        }
        if (exported.size() != 1) {
            throw WrongUsage.of(
                    spec,
                    (exported.isEmpty() ? "the export names no tenant" : "the export names tenants " + known)
                            + "; say with --tenant ID which it is, or configure tenant-id");
        }
        return known;
    }

    /**
     * The tenant for an audit, which reads logs beside the exports; {@code unknown} when nobody tells.
     *
     * @param exported tenants that the export names
     * @param ofLogs tenants of the logs
     */
    String orOfLogs(Set<String> exported, Set<String> ofLogs) {
        if (option == null && configured.equals(UNKNOWN) && exported.isEmpty() && ofLogs.size() <= 1) {
            return ofLogs.stream().findFirst().orElse(UNKNOWN);
        }
        return among(exported);
    }
}
