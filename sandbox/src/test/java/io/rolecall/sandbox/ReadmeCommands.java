package io.rolecall.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that the front page tells people to type, and what it says they print. */
final class ReadmeCommands {

    private static final String INDENT = "    ";
    private static final Pattern COMMAND = Pattern.compile(
            "(?:\\$ )?((?:[A-Z_]+=\\S+ )?(?:\\./rolecall|mvn|docker|curl|kafka-console-\\w+\\.sh)\\b.*)");
    private static final Pattern INLINE =
            Pattern.compile("`((?:[A-Z_]+=\\S+ )?(?:\\./rolecall|mvn|docker|curl|kafka-console-\\w+\\.sh) [^`]+)`");
    private static final Pattern REMARK = Pattern.compile("\\s+# .*$");

    private final String page;

    private ReadmeCommands(String page) {
        this.page = page;
    }

    /** Of the project's front page; tests run in the folder of their module. */
    static ReadmeCommands ofProject() {
        try {
            return new ReadmeCommands(Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReadmeCommands of(String page) {
        return new ReadmeCommands(page);
    }

    /** Each command once, in the order of the page: lines of indented blocks, without their remarks, and those in running text. */
    List<String> all() {
        List<String> commands = new ArrayList<>();
        for (String line : page.replaceAll("\\\\\n\\s+", "").lines().toList()) {
            Matcher command = COMMAND.matcher(line.strip());
            if (line.startsWith(INDENT) && command.matches()) {
                add(commands, command.group(1));
                continue;
            }
            Matcher inline = INLINE.matcher(line);
            while (!line.startsWith(INDENT) && inline.find()) {
                add(commands, inline.group(1));
            }
        }
        return commands;
    }

    private static void add(List<String> commands, String line) {
        String command = REMARK.matcher(line).replaceAll("");
        if (!commands.contains(command)) {
            commands.add(command);
        }
    }

    /** The indented block that begins with a line, to the blank line after it. */
    List<String> block(String firstLine) {
        List<String> lines = new ArrayList<>();
        for (String line : page.lines().toList()) {
            boolean inside = !lines.isEmpty() && line.startsWith(INDENT);
            if (inside || line.startsWith(INDENT + firstLine)) {
                lines.add(line.substring(INDENT.length()));
            } else if (!lines.isEmpty()) {
                break;
            }
        }
        // The page leaves lines out where it says so.
        lines.removeIf(line -> line.strip().equals("..."));
        return lines;
    }

    /** What the page says a command prints, line by line, but for what it leaves out. */
    List<String> printedBy(String command) {
        List<String> lines = block("$ " + command);
        return lines.stream().skip(1).filter(line -> !line.equals("...")).toList();
    }
}
