package io.rolecall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation leads where it says. */
class DocumentationTest {

    @Test
    void every_relative_link_leads_to_a_file_and_a_heading_that_are_there() {
        // Given
        List<MarkdownPage> pages = MarkdownPage.all();

        // When
        List<String> broken =
                pages.stream().flatMap(page -> page.brokenLinks().stream()).toList();

        // Then
        assertThat(pages).extracting(MarkdownPage::name).contains("README.md", "docs/README.md");
        assertThat(broken).isEmpty();
    }

    @Test
    void a_link_to_what_is_not_there_is_found() {
        // Given
        MarkdownPage page = new MarkdownPage("docs/made-up.md", """
                # Made up
                [a page](alerts.md) [a heading](alerts.md#severity-and-confidence) [this one](#made-up) [elsewhere](https://example.com)
                [no page](not-there.md) [no heading](alerts.md#not-there) [nor here](#nothing)

                    [code](is-no-link.md) `[nor](this.md)`
                """);

        // When
        List<String> broken = page.brokenLinks();

        // Then
        assertThat(broken)
                .containsExactly(
                        "docs/made-up.md: not-there.md",
                        "docs/made-up.md: alerts.md#not-there",
                        "docs/made-up.md: #nothing");
    }

    @Test
    void every_page_of_the_documentation_is_listed_in_its_table_of_contents() {
        // Given
        List<MarkdownPage> pages = MarkdownPage.all();

        // When
        String contents = pages.stream()
                .filter(page -> page.name().equals("docs/README.md"))
                .map(MarkdownPage::text)
                .findFirst()
                .orElse("");

        // Then
        assertThat(pages)
                .extracting(MarkdownPage::name)
                .filteredOn(name -> name.startsWith("docs/")
                        && !name.equals("docs/README.md")
                        && !name.startsWith("docs/detections/"))
                .allSatisfy(name -> assertThat(contents).contains("](" + name.substring("docs/".length()) + ")"));
    }

    @Test
    void the_guards_of_the_architecture_are_tests_of_the_project() throws IOException {
        // Given
        MarkdownPage invariants = MarkdownPage.read("docs/architecture.md").section("## Invariants");

        // When
        Set<String> guards = invariants.rows().stream()
                .skip(1)
                .flatMap(row -> MarkdownPage.coded(row.get(1)).stream())
                .map(DocumentationTest::bare)
                .collect(Collectors.toSet());

        // Then
        assertThat(guards).isNotEmpty();
        assertThat(testClasses()).containsAll(guards);
    }

    @Test
    void every_package_of_the_product_is_a_room_of_the_architecture() throws IOException {
        // Given
        MarkdownPage rooms = MarkdownPage.read("docs/architecture.md").section("## The rooms");

        // When
        Set<String> packages = packages(MarkdownPage.ROOT.resolve("detector-app/src/main/java/io/rolecall"));

        // Then
        assertThat(packages).contains("detection.rule", "source.split");
        assertThat(rooms.rows().stream()
                        .flatMap(row -> MarkdownPage.coded(row.get(0)).stream().map(DocumentationTest::bare)))
                .containsAll(packages);
    }

    @Test
    void every_class_that_a_page_names_with_its_package_is_there() throws IOException {
        // Given
        Path product = MarkdownPage.ROOT.resolve("detector-app/src/main/java/io/rolecall");
        Set<String> packages = packages(product);

        // When
        Set<String> named = MarkdownPage.all().stream()
                .flatMap(page -> MarkdownPage.coded(page.text()).stream())
                .map(word -> word.replaceFirst("^io\\.rolecall\\.", ""))
                .filter(word -> word.matches("[a-z.]+\\.[A-Z]\\w+"))
                .filter(word -> packages.contains(word.replaceFirst("\\.\\w+$", "")))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(named).contains("source.split.BrokenElement");
        assertThat(named).allSatisfy(word -> assertThat(product.resolve(word.replace('.', '/') + ".java"))
                .exists());
    }

    private static Set<String> packages(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().equals("package-info.java"))
                    .map(file -> root.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String bare(String word) {
        return word.replace(",", "");
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("schemas", "detector-app", "sandbox")) {
            try (Stream<Path> files = Files.walk(MarkdownPage.ROOT.resolve(module + "/src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return names;
    }
}
