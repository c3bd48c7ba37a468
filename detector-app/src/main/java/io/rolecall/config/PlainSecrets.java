package io.rolecall.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Warns of secrets that stand in a configuration file which not only its owner can read, as ssh does of its keys. */
final class PlainSecrets {

    private static final Set<PosixFilePermission> READERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private PlainSecrets() {}

    /** A warning for every secret; none where the file is its owner's alone, or the file system knows no such permissions. */
    static List<Problem> in(Path file, Configuration configuration, Origins origins) {
        if (!readableByOthers(file)) {
            return List.of();
        }
        return configuration.sections().entrySet().stream()
                .flatMap(section -> plain(section.getValue())
                        .map(key -> section.getKey() + "." + key)
                        .flatMap(path -> origins.lineInFile(path).stream().map(line -> problem(file, line, path))))
                .toList();
    }

    private static Stream<String> plain(Map<String, String> properties) {
        return properties.entrySet().stream()
                .filter(property ->
                        !Redaction.shown(property.getKey(), property.getValue()).equals(property.getValue()))
                .map(Map.Entry::getKey)
                .sorted();
    }

    private static Problem problem(Path file, int line, String path) {
        return new Problem(
                file.toString(),
                line,
                path,
                "is a secret in a file that others than its owner can read; do 'chmod 600 " + file
                        + "', or refer to it with ${file:PATH:KEY}, ${dir:PATH:NAME} or ${env:NAME}");
    }

    private static boolean readableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(READERS::contains);
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }
}
