package io.rolecall.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Java that says how it was started and a Maven that says what the real one says. */
class LauncherTest {

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void lay() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        Files.copy(Path.of("..", "rolecall"), project.resolve("rolecall"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
        script("jdk/bin/java", "echo \"started $*\"");
        script("jdk/bin/javac", "exit 0");
    }

    @Test
    void a_first_build_is_one_line_where_nobody_watches() throws Exception {
        // Given
        layProject();
        script(
                "bin/mvn",
                "mkdir -p sandbox/target/dist/lib; echo '[INFO] Building Rolecall :: Schemas 0.2.0-SNAPSHOT   [2/4]'");

        // When
        Ended first = run("./rolecall", "scan", "x");
        Ended second = run("./rolecall", "scan", "x");

        // Then
        assertThat(first.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("rolecall: building (once, until the sources change)")
                .endsWith("sandbox/target/build.log"));
        assertThat(first.out()).contains("io.rolecall.cli.Main scan x");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("io.rolecall.cli.Main scan x");
    }

    @Test
    void on_a_terminal_it_shows_module_and_percent_until_it_is_done() throws Exception {
        // Given
        layProject();
        Path seen = folder.resolve("seen");
        script("bin/mvn", """
                mkdir -p sandbox/target/dist/lib
                echo '[INFO] Building Rolecall :: Detector 0.2.0-SNAPSHOT   [3/4]'
                for step in enforcer:3:enforce resources:3:resources compiler:3:compile; do
                    echo "[INFO] --- maven-$step (default) @ rolecall-detector-app ---"
                done
                echo 'Downloading from central: https://repo.example/org/rocksdb/rocksdbjni-10.1.3.jar'
                until [ -f '%s' ] && grep -q fetching '%s'; do :; done""".formatted(seen, seen));

        // When
        Ended ended =
                run("script", "--flush", "--quiet", "--return", "--command", "./rolecall scan x", seen.toString());

        // Then
        assertThat(ended.exitCode()).isZero();
        assertThat(Files.readString(seen))
                .containsPattern("rolecall: building   2 %  \\d+ s  Rolecall :: Detector  fetching rocksdbjni-10")
                .contains("io.rolecall.cli.Main scan x");
    }

    @Test
    void a_build_that_fails_says_why_and_where_its_log_is() throws Exception {
        // Given
        layProject();
        script("bin/mvn", "echo '[ERROR] no such artifact: x:y'; exit 1");

        // When
        Ended ended = run("./rolecall", "demo");

        // Then
        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err())
                .contains("[ERROR] no such artifact: x:y")
                .contains("rolecall: the build failed; its log is "
                        + project.toRealPath().resolve("sandbox/target/build.log"));
        assertThat(project.resolve("sandbox/build.lock")).doesNotExist();
    }

    @Test
    void an_archive_starts_without_maven_and_without_a_compiler() throws Exception {
        // Given
        Files.createDirectory(project.resolve("lib"));
        Files.delete(folder.resolve("jdk/bin/javac"));
        script("bin/mvn", "echo 'nothing is to be built'; exit 1");

        // When
        Ended ended = run("./rolecall", "detections", "list");

        // Then
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("-cp " + project.toRealPath().resolve("lib") + "/* io.rolecall.cli.Main detections list");
    }

    private void layProject() throws IOException {
        for (String file : List.of("pom.xml", "sandbox/pom.xml", "sandbox/src/main/x", "docs/x", ".mvn/x")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.writeString(project.resolve(file), "");
        }
    }

    private void script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        int exitCode = builder.start().waitFor();
        return new Ended(exitCode, read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
