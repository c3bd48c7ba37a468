package io.rolecall.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** {@code rolecall run} as a process. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int OK = 200;

    private final JavaProcess process;
    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final long started = System.nanoTime();
    private Duration timeToRunning = Duration.ZERO;

    private ServiceProcess(JavaProcess process, int httpPort) {
        this.process = process;
        this.base = URI.create("http://127.0.0.1:" + httpPort);
    }

    /**
     * Starts it and does not wait.
     *
     * @param output file that gets what it says, after what it holds already
     * @param config configuration file, whose {@code http} section names the port
     * @param httpPort that port
     * @param arguments further arguments of {@code run}
     */
    public static ServiceProcess start(Path output, Path config, int httpPort, String... arguments) {
        List<String> command = new ArrayList<>(List.of("io.rolecall.cli.Main", "run", "--config", config.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ServiceProcess(JavaProcess.start(output, List.of("-Xmx384m"), command), httpPort);
    }

    /** A port of the loopback address that is free now, and that no system gives to a connection that is opened meanwhile. */
    public static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(10_000, 32_000))
                .filter(ServiceProcess::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Waits until {@code /readyz} says so. */
    public ServiceProcess awaitRunning() {
        await("the service is ready")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(this::ready);
        timeToRunning = Duration.ofNanos(System.nanoTime() - started);
        return this;
    }

    /** From the start of the process until it was seen ready; zero before {@link #awaitRunning}. */
    public Duration timeToRunning() {
        return timeToRunning;
    }

    /** Waits until it has said something. */
    public void awaitOutput(String text) {
        await("output: " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    requireAlive();
                    return output().contains(text);
                });
    }

    /** What its HTTP server answers. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        return process.output();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** {@code kill -STOP}: it does nothing until {@link #thaw}, and does not know. */
    public void freeze() {
        process.signal("STOP");
    }

    /** {@code kill -CONT}. */
    public void thaw() {
        process.signal("CONT");
    }

    /** {@code kill -TERM}, and waits. */
    public int stop() {
        process.terminate();
        return exitCode();
    }

    /** Waits until it ends by itself. */
    public int exitCode() {
        return process.exitCode(PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean ready() throws InterruptedException {
        requireAlive();
        try {
            return get("/readyz").statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the service has ended with code " + exitCode() + "; it said:\n" + output());
        }
    }
}
