package io.rolecall.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shipped tables as they follow from the files of other projects that they are derived from: columns and rows selected, sorted,
 * nothing else.
 */
final class UpstreamTables {

    private static final String MICROSOFT_INFO = "merill/microsoft-info";
    private static final String OAUTHSENTRY = "OAuthSentry/oauthsentry.github.io";

    private final Path folder;

    UpstreamTables(Path folder) {
        this.folder = folder;
    }

    /** The tables by their file below {@code reference/}, and {@code PROVENANCE.csv} with its rows of them written anew. */
    Map<String, String> written() throws IOException {
        Map<String, String> tables = new TreeMap<>();
        tables.put("graph-permissions.csv", graphPermissions());
        tables.put("microsoft-apps.csv", microsoftApps());
        tables.put("directory-roles.csv", directoryRoles());
        tables.put("known-abused-applications.csv", abusedApplications());
        tables.put("PROVENANCE.csv", provenance());
        return tables;
    }

    private String graphPermissions() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        csv("GraphAppRoles.csv")
                .forEach(row -> rows.add(
                        List.of(ReferenceData.column(row, "Id"), ReferenceData.column(row, "Value"), "application")));
        csv("GraphDelegateRoles.csv")
                .forEach(row -> rows.add(
                        List.of(ReferenceData.column(row, "Id"), ReferenceData.column(row, "Value"), "delegated")));
        rows.sort(Comparator.<List<String>, String>comparing(row -> row.get(2))
                .thenComparing(row -> row.get(1))
                .thenComparing(row -> row.get(0)));
        return table("id,value,type", rows);
    }

    /** Only those whose owner is known: the others may be ids of permissions and roles. */
    private String microsoftApps() throws IOException {
        return table(
                "appId,name",
                csv("MicrosoftApps.csv").stream()
                        .filter(row -> MicrosoftApps.isOwner(ReferenceData.column(row, "AppOwnerOrganizationId")))
                        .map(row -> List.of(
                                lower(ReferenceData.column(row, "AppId")), ReferenceData.column(row, "AppDisplayName")))
                        .sorted(Comparator.comparing(row -> row.get(0)))
                        .toList());
    }

    private String directoryRoles() throws IOException {
        JsonNode roles = new ObjectMapper()
                .readTree(folder.resolve("entra_role_wids.json").toFile());
        return table(
                "id,name,privileged",
                roles.properties().stream()
                        .map(role -> List.of(
                                role.getKey(),
                                role.getValue().path("name").asText(),
                                role.getValue().path("privileged").asBoolean() ? "true" : "false"))
                        .sorted(Comparator.comparing(row -> row.get(1)))
                        .toList());
    }

    /** Malicious and risky ones, without those of Microsoft: it lists what attackers sign in with, too. */
    private String abusedApplications() throws IOException {
        Set<String> microsofts = microsofts();
        return table(
                "appId,name,class,reference",
                csv("curated_mthcht.csv").stream()
                        .filter(row ->
                                Set.of("malicious", "risky").contains(ReferenceData.column(row, "metadata_category")))
                        .filter(row -> !microsofts.contains(lower(ReferenceData.column(row, "appid"))))
                        .map(row -> List.of(
                                lower(ReferenceData.column(row, "appid")),
                                oneLine(ReferenceData.column(row, "appname")),
                                ReferenceData.column(row, "metadata_category"),
                                oneLine(ReferenceData.column(row, "metadata_reference"))))
                        .sorted(Comparator.comparing(row -> row.get(0)))
                        .toList());
    }

    /** App IDs owned by Microsoft, its tools for administration, and those that its lists name without another owner. */
    private Set<String> microsofts() throws IOException {
        Set<String> ids = new HashSet<>();
        for (String file : List.of("MicrosoftApps.csv", "OtherMicrosoftApps.csv")) {
            for (Map<String, String> row : csv(file)) {
                String owner = ReferenceData.column(row, "AppOwnerOrganizationId");
                if (owner.isEmpty() || MicrosoftApps.isOwner(owner)) {
                    ids.add(lower(ReferenceData.column(row, "AppId")));
                }
            }
        }
        for (Map<String, String> row : csv("curated_mthcht.csv")) {
            if (MicrosoftApps.isAdministrationTool(ReferenceData.column(row, "appid")) || isCalledMicrosofts(row)) {
                ids.add(lower(ReferenceData.column(row, "appid")));
            }
        }
        return ids;
    }

    /** What the list itself says of an application that Microsoft's own lists lack: Edge has several App IDs. */
    private static boolean isCalledMicrosofts(Map<String, String> row) {
        return ReferenceData.column(row, "metadata_category").equals("risky")
                && ReferenceData.column(row, "appname").startsWith("Microsoft ");
    }

    private String provenance() throws IOException {
        Map<String, Map<String, String>> versions = csv("versions.csv").stream()
                .collect(Collectors.toMap(row -> ReferenceData.column(row, "project"), row -> row));
        Map<String, String> projects = Map.of(
                "reference/graph-permissions.csv", MICROSOFT_INFO,
                "reference/microsoft-apps.csv", MICROSOFT_INFO,
                "reference/directory-roles.csv", OAUTHSENTRY,
                "reference/known-abused-applications.csv", OAUTHSENTRY);
        return table(
                "file,source,version,date,licence",
                ReferenceData.rows("reference/PROVENANCE.csv").stream()
                        .map(row -> {
                            Map<String, String> now =
                                    versions.get(projects.getOrDefault(ReferenceData.column(row, "file"), ""));
                            return now == null
                                    ? values(row, "file", "source", "version", "date", "licence")
                                    : List.of(
                                            ReferenceData.column(row, "file"),
                                            ReferenceData.column(row, "source"),
                                            ReferenceData.column(now, "commit"),
                                            ReferenceData.column(now, "date"),
                                            ReferenceData.column(row, "licence"));
                        })
                        .toList());
    }

    private static List<String> values(Map<String, String> row, String... columns) {
        return Stream.of(columns)
                .map(column -> ReferenceData.column(row, column))
                .toList();
    }

    private List<Map<String, String>> csv(String name) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(folder.resolve(name).toFile())) {
            return rows.readAll();
        }
    }

    private static String table(String header, List<List<String>> rows) {
        return Stream.concat(Stream.of(header), rows.stream().distinct().map(row -> row.stream()
                        .map(UpstreamTables::quoted)
                        .collect(Collectors.joining(","))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
