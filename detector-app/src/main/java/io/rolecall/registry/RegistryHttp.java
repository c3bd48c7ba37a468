package io.rolecall.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rolecall.failure.Peer;
import io.rolecall.failure.Side;
import io.rolecall.failure.Trouble;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the registry over HTTP: to the endpoint that answered last, else to the next one, else after a wait again. Thread
 * safe.
 */
final class RegistryHttp {

    /**
     * What the registry said.
     *
     * @param url what was asked, without secrets
     * @param status HTTP status
     * @param body the answer as JSON; missing when it is none
     */
    record Answer(String url, int status, JsonNode body) {

        /** Confluent's error code; 0 when the answer has none. */
        int errorCode() {
            return body.path("error_code").asInt(0);
        }

        /** The registry's own words, or the status. */
        String reason() {
            String message = body.path("message").asText("");
            return message.isEmpty() ? "HTTP status " + status : message;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** What another try, or another endpoint, may mend. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final RegistrySettings settings;
    private final Peer peer;
    private final HttpClient client;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        this.peer = Peer.registry(settings.connectTimeout(), settings.readTimeout());
        // Redirects are not followed: the credentials would go wherever the answer says.
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout());
        if (settings.proxy() != null) {
            builder.proxy(ProxySelector.of(settings.proxy()));
        }
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        this.client = builder.build();
    }

    /**
     * Sends a request until one endpoint answers.
     *
     * @param path below the endpoint, encoded
     * @param body JSON to POST; null to GET
     * @return the answer: of status 200, or a refusal that concerns this request
     * @throws RegistryUnavailableException when no endpoint answers in time, or the credentials are refused
     */
    Answer send(String path, @Nullable String body) {
        Map<String, String> failures = new LinkedHashMap<>();
        Exception last = null;
        for (int attempt = 0; attempt <= settings.retries(); attempt++) {
            if (attempt > 0) {
                pause(attempt, failures);
            }
            int first = preferred.get();
            for (int i = 0; i < settings.endpoints().size(); i++) {
                int at = (first + i) % settings.endpoints().size();
                RegistryAddress endpoint = settings.endpoints().get(at);
                try {
                    HttpResponse<String> response = exchange(endpoint, path, body);
                    if (!PASSING.contains(response.statusCode())) {
                        preferred.set(at);
                        return checked(endpoint, answer(endpoint.base() + path, response));
                    }
                    Answer answer = answer(endpoint.base() + path, response);
                    failures.put(endpoint.base(), "HTTP status " + answer.status() + ", " + answer.reason());
                } catch (IOException | TimeoutException e) {
                    last = e;
                    failures.put(endpoint.base(), Trouble.line(e, Side.REGISTRY, peer));
                }
            }
        }
        throw new RegistryUnavailableException(
                "The schema registry does not answer: %s. Tried %d times. Check that it runs, that registry.%s is its URL (Apicurio's ends in /apis/ccompat/v7), and that this machine may reach it."
                        .formatted(listed(failures), settings.retries() + 1, RegistryAddress.URL),
                last);
    }

    private HttpResponse<String> exchange(RegistryAddress endpoint, String path, @Nullable String body)
            throws IOException, TimeoutException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.base() + path))
                .header("Accept", CONTENT_TYPE + ", application/json");
        if (endpoint.authorization() != null) {
            request.header("Authorization", endpoint.authorization());
        }
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            // The request's own timeout would end with the answer's head.
            return response.get(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            response.cancel(true);
        }
    }

    private static Answer answer(String url, HttpResponse<String> response) {
        try {
            JsonNode body = MAPPER.readTree(response.body());
            return new Answer(url, response.statusCode(), body == null ? MissingNode.getInstance() : body);
        } catch (JsonProcessingException e) {
            return new Answer(url, response.statusCode(), MissingNode.getInstance());
        }
    }

    /** Leaves what concerns the request; the rest concerns every request. */
    private static Answer checked(RegistryAddress endpoint, Answer answer) {
        int status = answer.status();
        if (status == 401 || status == 403 || status == 407) {
            throw new RegistryUnavailableException(
                    "The schema registry refuses the program: %s answers %d, %s. %s"
                            .formatted(answer.url(), status, answer.reason(), credentials(endpoint, status)),
                    null);
        }
        boolean success = status == 200 && !answer.body().isMissingNode();
        // A registry's own refusals carry its error code; else it was a web server that knows no such page.
        int code = answer.errorCode();
        boolean refusal = status == 404 ? code / 100 == status : status >= 400 && code != 0;
        if (!success && !refusal) {
            throw new RegistryUnavailableException(
                    "%s answers %d, and not as a schema registry does: %s. Check that registry.%s is the registry's base URL; Apicurio's ends in /apis/ccompat/v7."
                            .formatted(answer.url(), status, answer.reason(), RegistryAddress.URL),
                    null);
        }
        return answer;
    }

    private static String credentials(RegistryAddress endpoint, int status) {
        if (status == 407) {
            return "The proxy wants credentials, which are not supported.";
        }
        return endpoint.authorization() == null
                ? "No credentials are configured: set registry.basic.auth.user.info (USER:PASSWORD) or registry.bearer.auth.token."
                : "Check registry.basic.auth.user.info or registry.bearer.auth.token, and what that user may do.";
    }

    private void pause(int attempt, Map<String, String> failures) {
        long factor = 1L << Math.min(attempt - 1, 30);
        long wait = Math.min(
                settings.firstWait().toMillis() * factor, settings.longestWait().toMillis());
        LOG.warn(
                "The schema registry does not answer ({}); try {} follows in {} ms",
                listed(failures),
                attempt + 1,
                wait);
        try {
            TimeUnit.MILLISECONDS.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RegistryUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("Interrupted while waiting for the schema registry", e);
    }

    private static String listed(Map<String, String> failures) {
        return String.join(
                "; ",
                failures.entrySet().stream()
                        .map(failure -> failure.getKey() + ": " + failure.getValue())
                        .toList());
    }
}
