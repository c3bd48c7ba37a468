package io.rolecall.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.HttpLimits;
import io.rolecall.config.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read-only HTTP server: GET and HEAD on a fixed set of paths, everything else is refused. A request that does not come to its end
 * keeps one of many threads, which do nothing but wait, until {@link HttpLimits} end it: it is in nobody's way.
 */
public final class OperationsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

    private static final int NO_BODY = -1;

    /** Connections that the operating system holds until they are accepted: all that there may be can come at once. */
    private static final int WAITING_CONNECTIONS = HttpLimits.CONNECTIONS;

    private final Map<String, Endpoint> endpoints;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private OperationsServer(String name, Map<String, Endpoint> endpoints, HttpServer server) {
        this.endpoints = new TreeMap<>(endpoints);
        this.server = server;
        AtomicInteger number = new AtomicInteger();
        // A thread for every connection there may be. One too many is refused, and the JDK's server then closes its
        // connection.
        this.threads = new ThreadPoolExecutor(
                0, HttpLimits.CONNECTIONS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Where a server listens.
     *
     * @param name begin of its threads' names
     * @param bind address or host name
     * @param port TCP port; 0 takes any that is free
     * @param key configuration key of the port
     */
    record Listener(String name, String bind, int port, String key) {

        private String variable() {
            return "ROLECALL_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_");
        }
    }

    /**
     * Starts to answer.
     *
     * @param listener where to listen
     * @param endpoints what is answered, by path
     * @throws ConfigurationException naming the key, when the address is not this machine's or the port is taken
     */
    static OperationsServer start(Listener listener, Map<String, Endpoint> endpoints) {
        HttpLimits.set();
        OperationsServer operations = new OperationsServer(listener.name(), endpoints, bind(listener));
        operations.server.setExecutor(operations.threads);
        // One context for all: the JDK's own would also answer /healthz-of-something-else for /healthz.
        operations.server.createContext("/", operations::handle);
        operations.server.start();
        return operations;
    }

    private static HttpServer bind(Listener listener) {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getByName(listener.bind()), listener.port()),
                    WAITING_CONNECTIONS);
        } catch (UnknownHostException e) {
            throw wrong("http.bind", "'" + listener.bind() + "' is neither an address nor the name of a host", e);
        } catch (IOException e) {
            throw wrong(
                    listener.key(),
                    "cannot listen on " + listener.bind() + " port " + listener.port() + ": " + e.getMessage()
                            + "; another program may hold the port: name another one (" + listener.variable()
                            + "), or 0 for any that is free",
                    e);
        }
    }

    private static ConfigurationException wrong(String key, String message, IOException cause) {
        ConfigurationException error =
                new ConfigurationException(List.of(new Problem("configuration", 0, key, message)));
        error.initCause(cause);
        return error;
    }

    /** The TCP port it listens on, also when 0 was configured. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once: a request that is being answered is cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A client went away before its answer was sent");
        }
    }

    private Page answer(HttpExchange exchange) {
        Endpoint endpoint = endpoints.get(exchange.getRequestURI().getPath());
        if (endpoint == null) {
            return Page.json(404, Map.of("error", "no such path", "paths", new TreeSet<>(endpoints.keySet())));
        }
        if (!isRead(exchange)) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Page.json(405, Map.of("error", "only GET and HEAD: nothing can be changed here"));
        }
        try {
            return endpoint.answer(query(exchange.getRequestURI().getRawQuery()));
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("path", exchange.getRequestURI().getPath())
                    .log("A request could not be answered");
            LOG.atDebug().setCause(e).log("Why it could not"); // the message may quote an event
            return Page.json(500, Map.of("error", "the request could not be answered; with -v the log says why"));
        }
    }

    private static boolean isRead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET") || isHead(exchange);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        byte[] body = page.bytes();
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (page.status() == Page.REDIRECT) {
            exchange.getResponseHeaders().set("Location", page.body().strip());
        }
        if (isHead(exchange)) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(page.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.putIfAbsent(decoded(name), decoded(value));
            }
        }
        return query;
    }

    /** URI has refused malformed escapes before. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
