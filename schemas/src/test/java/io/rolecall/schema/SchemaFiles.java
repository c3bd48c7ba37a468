package io.rolecall.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Reads the schemas of this module: those in force and those released. Paths are relative to the directory of the set. */
final class SchemaFiles {

    /** Directory of the module; Surefire sets the property. */
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

    private static final Path CURRENT = MODULE.resolve("src/main/avro");
    private static final Path RELEASED = MODULE.resolve("src/released");

    /** Define the types that the other files refer to; the build imports the same two first. */
    private static final List<Path> FIRST =
            List.of(Path.of("AppEvent.avsc"), Path.of("Alert.avsc"), Path.of("Incident.avsc"));

    /** One schema file: its path within its set, and the record it defines. */
    record Named(Path path, Schema schema) {

        /** Whether it is the engine's own state and no topic others read. */
        boolean state() {
            return path.startsWith("state");
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A schema in force beside a released version of it. */
    record Pair(String version, Named released, Schema current) {

        @Override
        public String toString() {
            return released + " " + version;
        }
    }

    private SchemaFiles() {}

    /** The schemas in force. */
    static List<Named> current() {
        Schema.Parser parser = new Schema.Parser();
        List<Path> paths = new ArrayList<>(FIRST);
        files(CURRENT).stream().filter(path -> !FIRST.contains(path)).forEach(paths::add);
        return paths.stream()
                .map(path -> new Named(path, parse(parser, CURRENT.resolve(path))))
                .toList();
    }

    /** The released versions, ascending by name. */
    static List<String> versions() {
        try (Stream<Path> directories = Files.list(RELEASED)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schemas of a released version; each file is parsed alone, so it must define all that it uses. */
    static List<Named> released(String version) {
        Path directory = directory(version);
        return files(directory).stream()
                .map(path -> new Named(path, parse(new Schema.Parser(), directory.resolve(path))))
                .toList();
    }

    /** Every released schema of every version beside the one in force under the same path. */
    static List<Pair> pairs() {
        List<Named> current = current();
        return versions().stream()
                .flatMap(version -> released(version).stream()
                        .map(released -> new Pair(version, released, inForce(current, released.path()))))
                .toList();
    }

    /** The version being built, without the suffix of a snapshot. */
    static String versionBeingBuilt() {
        return System.getProperty("rolecall.version").replace("-SNAPSHOT", "");
    }

    static Path directory(String version) {
        return RELEASED.resolve(version);
    }

    private static Schema inForce(List<Named> current, Path path) {
        return current.stream()
                .filter(named -> named.path().equals(path))
                .map(Named::schema)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Released, and gone since: " + path));
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .map(directory::relativize)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Schema.Parser parser, Path file) {
        try {
            return parser.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
