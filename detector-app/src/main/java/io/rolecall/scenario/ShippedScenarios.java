package io.rolecall.scenario;

import io.rolecall.detection.Catalogue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The scenario files shipped with the detections: all {@code .yaml} files in the resource folder {@code /scenarios}. */
public final class ShippedScenarios {

    private static final String FOLDER = "/scenarios";

    private ShippedScenarios() {}

    /**
     * All of them, in the order of their names.
     *
     * @param catalogue the detections that they may name
     * @throws IOException when the folder is missing or cannot be read
     */
    public static List<Scenario> all(Catalogue catalogue) throws IOException {
        URL folder = ShippedScenarios.class.getResource(FOLDER);
        if (folder == null) {
            throw new FileNotFoundException("no scenario files are shipped with this build");
        }
        try {
            URI location = folder.toURI();
            if (!location.getScheme().equals("jar")) {
                return read(Path.of(location), catalogue);
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                return read(jar.getPath(FOLDER), catalogue);
            }
        } catch (URISyntaxException e) {
            throw new IOException("The resource folder has no address: " + folder, e);
        }
    }

    private static List<Scenario> read(Path folder, Catalogue catalogue) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            scenarios.add(ScenarioFile.read(
                    "scenarios/" + folder.relativize(file),
                    Files.readString(file, StandardCharsets.UTF_8),
                    path -> Files.readAllBytes(file.resolveSibling(path)),
                    catalogue));
        }
        return scenarios;
    }
}
