package io.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InternetDomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceDataTest {

    private static final Path SHIPPED = Path.of("src/main/resources/io/rolecall");

    @Test
    void every_shipped_table_has_its_source_its_date_and_its_licence() throws IOException {
        // Given
        Set<String> tables = new HashSet<>();
        for (String folder : List.of("network", "policy", "reference")) {
            try (Stream<Path> files = Files.list(SHIPPED.resolve(folder))) {
                files.map(file -> folder + "/" + file.getFileName())
                        .filter(file -> file.endsWith(".csv") && !file.endsWith("/PROVENANCE.csv"))
                        .forEach(tables::add);
            }
        }

        // When
        List<Map<String, String>> rows = ReferenceData.rows("reference/PROVENANCE.csv");

        // Then
        assertThat(rows.stream().map(row -> ReferenceData.column(row, "file")))
                .containsExactlyInAnyOrderElementsOf(tables);
        assertThat(rows).allSatisfy(row -> {
            assertThat(ReferenceData.column(row, "source")).isNotBlank();
            assertThat(LocalDate.parse(ReferenceData.column(row, "date"))).isAfter(LocalDate.of(2025, 1, 1));
            if (ReferenceData.column(row, "licence").endsWith(".txt")) {
                assertThat(SHIPPED.resolve("reference").resolve(ReferenceData.column(row, "licence")))
                        .isNotEmptyFile();
            }
        });
    }

    @Test
    void the_list_of_abused_applications_names_none_of_microsofts_and_no_other_class() {
        // Given
        List<Map<String, String>> rows = ReferenceData.rows("reference/known-abused-applications.csv");

        // When
        Set<String> classes =
                rows.stream().map(row -> ReferenceData.column(row, "class")).collect(Collectors.toSet());

        // Then
        assertThat(classes).containsExactlyInAnyOrder("malicious", "risky");
        assertThat(rows).hasSizeGreaterThan(60).allSatisfy(row -> {
            String appId = ReferenceData.column(row, "appId");
            assertThat(MicrosoftApps.isFirstParty(appId)).as(appId).isFalse();
            assertThat(MicrosoftApps.isAdministrationTool(appId)).as(appId).isFalse();
            assertThat(ReferenceData.column(row, "reference")).as(appId).startsWith("https://");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "FF8D92DC-3D82-41D6-BCBD-B9174D163620, MALICIOUS",
        "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd, RISKY",
        "27922004-5251-4030-b22d-91ecd9a37ea4, ", // Outlook Mobile
        "6bbbd06f-c1ec-4c41-b021-cfd5affa3077, ", // legitimate upstream
    })
    void an_app_id_is_found_in_any_case(String appId, AbusedApplications.Kind kind) {
        // Given the shipped list

        // When
        AbusedApplications.Kind found = AbusedApplications.find(appId)
                .map(AbusedApplications.Entry::kind)
                .orElse(null);

        // Then
        assertThat(found).isEqualTo(kind);
    }

    @Test
    void protected_names_are_few_and_each_rests_on_an_application_or_a_page_of_microsoft() {
        // Given
        List<Map<String, String>> rows = ReferenceData.rows("reference/protected-names.csv");

        // When
        List<String> names = ProtectedNames.microsofts();

        // Then
        assertThat(names).doesNotHaveDuplicates().hasSizeBetween(40, 60);
        assertThat(rows).allSatisfy(row -> {
            String source = ReferenceData.column(row, "source");
            assertThat(source)
                    .matches("https://(learn|www|account)\\.microsoft\\.com/.*"
                            + "|https://github\\.com/merill/microsoft-info \\(App ID .*");
            if (source.contains("App ID")) {
                String appId = source.substring(source.indexOf("App ID ") + 7, source.indexOf(')'));
                assertThat(MicrosoftApps.name(appId).orElseThrow()).startsWith(ReferenceData.column(row, "name"));
            }
        });
    }

    @Test
    void hosts_whose_source_is_the_public_suffix_list_are_on_it() {
        // Given
        List<Map<String, String>> rows = ReferenceData.rows("reference/free-hosts.csv");

        // When
        List<String> listed = rows.stream()
                .filter(row -> ReferenceData.column(row, "source").startsWith("https://publicsuffix.org/"))
                .map(row -> ReferenceData.column(row, "host"))
                .toList();

        // Then
        assertThat(listed).hasSizeGreaterThan(40).allSatisfy(host -> assertThat(
                        InternetDomainName.from(host).isPublicSuffix())
                .as(host)
                .isTrue());
        assertThat(rows)
                .allSatisfy(row -> assertThat(ReferenceData.column(row, "kind")).isIn("free", "tunnel"))
                .noneSatisfy(row -> assertThat(ReferenceData.column(row, "host"))
                        .isIn("azurewebsites.net", "web.core.windows.net"));
    }
}
