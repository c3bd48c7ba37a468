package io.rolecall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Markdown page of the project.
 *
 * @param name path from the root of the project, with slashes
 * @param text what it says
 */
public record MarkdownPage(String name, String text) {

    /** The tests run in the folder of their module, or in the root. */
    static final Path ROOT = Files.exists(Path.of("docs/README.md")) ? Path.of("") : Path.of("..");

    private static final String INDENT = "    ";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *$", Pattern.MULTILINE);

    /** Every page, ordered by name. What is built is not looked into, since others may be building it. */
    public static List<MarkdownPage> all() {
        List<String> names = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String last = folder.getFileName() == null
                            ? ""
                            : folder.getFileName().toString();
                    boolean built = last.startsWith("target") || last.equals("src") || last.equals(".git");
                    return built ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        names.add(ROOT.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names.stream().sorted().map(MarkdownPage::read).toList();
    }

    /** The page of a name. */
    public static MarkdownPage read(String name) {
        try {
            return new MarkdownPage(name, Files.readString(ROOT.resolve(name), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The relative links that lead nowhere, each as {@code page: link}. */
    List<String> brokenLinks() {
        List<String> broken = new ArrayList<>();
        Matcher links = LINK.matcher(prose());
        while (links.find()) {
            String link = links.group(1);
            if (!link.contains("://") && !link.startsWith("mailto:") && !leadsSomewhere(link)) {
                broken.add(name + ": " + link);
            }
        }
        return broken;
    }

    /**
     * The section under a heading that begins so, up to the next of its level or above.
     *
     * @throws IllegalArgumentException when there is none
     */
    public MarkdownPage section(String heading) {
        int begin = text.indexOf("\n" + heading);
        if (begin < 0) {
            throw new IllegalArgumentException(name + " has no heading '" + heading + "'");
        }
        String level = heading.substring(0, heading.indexOf(' '));
        Matcher next = Pattern.compile("^#{1," + level.length() + "} ", Pattern.MULTILINE)
                .matcher(text);
        int end = next.find(begin + 1 + heading.length()) ? next.start() : text.length();
        return new MarkdownPage(name, text.substring(begin, end));
    }

    /** The cells of its tables, a list for each line, lines of dashes left out. */
    public List<List<String>> rows() {
        return text.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .map(line -> Stream.of(line.substring(1).split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The words between backticks in a text, each by itself. */
    public static List<String> coded(String text) {
        return CODE.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(code -> Stream.of(code.substring(1, code.length() - 1).split(" ")))
                .toList();
    }

    /** The first block of indented code, without its indentation. */
    public String block() {
        return text.lines()
                .dropWhile(line -> !line.startsWith(INDENT))
                .takeWhile(line -> line.startsWith(INDENT))
                .map(line -> line.substring(INDENT.length()) + "\n")
                .collect(Collectors.joining());
    }

    private boolean leadsSomewhere(String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        if (hash >= 0 && file.isEmpty()) {
            return anchors().contains(link.substring(1));
        }
        Path folder = Path.of(name).getParent();
        Path target = (folder == null ? Path.of(file) : folder.resolve(file)).normalize();
        if (!Files.exists(ROOT.resolve(target))) {
            return false;
        }
        return hash < 0 || read(target.toString()).anchors().contains(link.substring(hash + 1));
    }

    /** The anchors of its headings, as GitHub makes them: in lower case, spaces as dashes, other punctuation left out. */
    private Set<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The text without code: neither indented or fenced blocks nor what stands between backticks. */
    private String prose() {
        StringBuilder prose = new StringBuilder();
        boolean fenced = false;
        for (String line : text.split("\n", -1)) {
            boolean fence = line.stripLeading().startsWith("```");
            fenced ^= fence;
            if (!fenced && !fence && !line.startsWith(INDENT)) {
                prose.append(line).append('\n');
            }
        }
        return CODE.matcher(prose).replaceAll("");
    }
}
