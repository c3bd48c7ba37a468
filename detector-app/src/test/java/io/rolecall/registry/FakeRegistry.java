package io.rolecall.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** An HTTP server for what a real registry cannot be made to do on demand. Remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {

    /**
     * An answer.
     *
     * @param status HTTP status; 0 for an answer that never comes
     * @param body content
     */
    record Reply(int status, String body) {

        static final Reply NEVER = new Reply(0, "");

        static Reply ok(int id) {
            return new Reply(200, "{\"id\":" + id + "}");
        }

        static Reply error(int status, int code, String message) {
            return new Reply(status, "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}");
        }
    }

    /**
     * A request as it came.
     *
     * @param authorization the header, if there was one
     */
    record Request(String method, String target, Optional<String> authorization, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final IntFunction<Reply> replies;

    /**
     * Starts one.
     *
     * @param replies the answer to each request, by its number from 0
     */
    FakeRegistry(IntFunction<Reply> replies) throws IOException {
        this.replies = replies;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + host();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply;
        synchronized (requests) {
            reply = replies.apply(requests.size());
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
        }
        if (reply.equals(Reply.NEVER)) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        if (reply.status() / 100 == 3) {
            exchange.getResponseHeaders().add("Location", reply.body());
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
