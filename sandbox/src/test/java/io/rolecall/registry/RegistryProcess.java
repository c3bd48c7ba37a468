package io.rolecall.registry;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Apicurio Registry as a process on the loopback address, which speaks Confluent's REST API. Maven unpacks it before the tests. It
 * keeps its schemas when it is killed and started again, and ends with the test JVM at the latest.
 */
public final class RegistryProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENING = Pattern.compile("Listening on: (https?)://127\\.0\\.0\\.1:(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final List<String> flags;
    private String scheme = "http";
    private int port;
    private Process process;
    private Thread lastResort;

    private RegistryProcess(Path directory, List<String> flags) throws IOException {
        this.directory = directory;
        this.flags = flags;
        this.process = launch();
        this.lastResort = register(process);
    }

    /** Starts it on a port that is free and waits until it serves. */
    public static RegistryProcess start() throws IOException {
        return start(List.of());
    }

    /** Starts it with more flags of its JVM, for example for TLS. */
    static RegistryProcess start(List<String> flags) throws IOException {
        RegistryProcess registry = new RegistryProcess(Files.createTempDirectory("registry-process"), flags);
        try {
            registry.awaitReady();
            return registry;
        } catch (RuntimeException | Error e) {
            registry.close();
            throw e;
        }
    }

    /** Base URL of Confluent's API, for {@code schema.registry.url}. The same after {@link #restart}. */
    public String url() {
        return scheme + "://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** {@code kill -9}, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the registry, process " + process.pid() + ", does not end");
            }
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and finds nothing to kill.
        }
    }

    /** Starts it again after {@link #kill}, with its port and its schemas, and waits until it serves. */
    public void restart() throws IOException {
        process = launch();
        lastResort = register(process);
        awaitReady();
    }

    /** GET below {@link #url}. */
    public String get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** PUT or POST of JSON below {@link #url}. */
    public String send(String method, String path, String json) {
        return send(method, path, HttpRequest.BodyPublishers.ofString(json));
    }

    /** From now on a new version of the subject must be able to read what the earlier ones wrote. Apicurio checks nothing unasked. */
    public void requireBackwardCompatibility(String subject) {
        send("PUT", "/config/" + subject, "{\"compatibility\":\"BACKWARD\"}");
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        method + " " + path + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Process launch() throws IOException {
        Path home = Path.of(System.getProperty("basedir", "."), "target", "apicurio")
                .toAbsolutePath();
        List<Path> jars;
        try (Stream<Path> files = Files.isDirectory(home) ? Files.list(home) : Stream.empty()) {
            jars = files.filter(file -> file.toString().endsWith("-runner.jar")).toList();
        }
        if (jars.size() != 1) {
            throw new AssertionError(
                    "no registry server in " + home + ": mvn -pl sandbox -am process-test-resources unpacks it");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0"));
        command.addAll(flags);
        command.addAll(List.of("-jar", jars.get(0).toString()));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private static Thread register(Process process) {
        Thread hook = new Thread(process::destroyForcibly, "kill-" + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private Path log() {
        return directory.resolve("registry.log");
    }

    private void awaitReady() {
        await("the registry server")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    String said = Files.readString(log(), StandardCharsets.UTF_8);
                    if (!process.isAlive()) {
                        throw new AssertionError("the registry server has ended; it said:\n" + said);
                    }
                    Matcher listening = LISTENING.matcher(said);
                    if (listening.find()) {
                        scheme = listening.group(1);
                        port = Integer.parseInt(listening.group(2));
                        return scheme.equals("https") || get("/subjects") != null;
                    }
                    return false;
                });
    }
}
