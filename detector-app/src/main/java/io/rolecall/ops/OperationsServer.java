package io.rolecall.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rolecall.config.Configuration;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A read-only HTTP server: GET and HEAD on a fixed set of paths, everything else is refused. */
public final class OperationsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

    /** Enough for a scraper, probes and a person at once, even while one of them reads slowly. */
    private static final int THREADS = 4;

    private static final int WAITING_REQUESTS = 64;
    private static final int NO_BODY = -1;

    private final Map<String, Endpoint> endpoints;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private OperationsServer(Map<String, Endpoint> endpoints, HttpServer server) {
        this.endpoints = new TreeMap<>(endpoints);
        this.server = server;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "rolecall-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Starts to answer.
     *
     * @param http where to listen
     * @param endpoints what is answered, by path
     * @throws ConfigurationException naming the key, when the address is not this machine's or the port is taken
     */
    public static OperationsServer start(Configuration.Http http, Map<String, Endpoint> endpoints) {
        OperationsServer operations = new OperationsServer(endpoints, bind(http));
        operations.server.setExecutor(operations.threads);
        // One context for all: the JDK's own would also answer /healthz-of-something-else for /healthz.
        operations.server.createContext("/", operations::handle);
        operations.server.start();
        return operations;
    }

    private static HttpServer bind(Configuration.Http http) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(http.bind()), http.port()), 0);
        } catch (UnknownHostException e) {
            throw wrong("http.bind", "'" + http.bind() + "' is neither an address nor the name of a host", e);
        } catch (IOException e) {
            throw wrong(
                    "http.port",
                    "cannot listen on " + http.bind() + " port " + http.port() + ": " + e.getMessage()
                            + "; another program may hold the port: name another one (ROLECALL_HTTP_PORT), or 0 for any"
                            + " that is free",
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
                    .addKeyValue("error", e.getClass().getName())
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
