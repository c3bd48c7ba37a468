package io.rolecall.cli;

import io.rolecall.ops.ExplainEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a running service over HTTP. */
final class ServiceClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI service;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    ServiceClient(URI service) {
        this.service = service;
    }

    /**
     * Why each detection did or did not fire for an application. An instance that does not follow it names the one that does, or all
     * others, which are then asked.
     *
     * @param application id or name
     * @return empty when no instance knows of it
     * @throws IOException when nobody answers, or with a sentence of the service why it cannot
     */
    Optional<String> explain(String application) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(service.resolve(
                ExplainEndpoint.PATH + "?app=" + URLEncoder.encode(application, StandardCharsets.UTF_8)));
        if (!isUnknown(answer)) {
            return Optional.of(answer.body());
        }
        List<String> others = answer.body()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("http://"))
                .toList();
        for (String other : others) {
            HttpResponse<String> more = get(URI.create(other));
            if (!isUnknown(more)) {
                return Optional.of(more.body());
            }
        }
        return Optional.empty();
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    HttpRequest.newBuilder(page).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException(
                    "no service answers at " + page.resolve("/")
                            + "; start it with 'rolecall run', name another with --service URL or"
                            + " http.port, or give files to explain from",
                    e);
        }
        if (answer.statusCode() != 200 && !isUnknown(answer)) {
            throw new IOException(
                    page.resolve("/") + " answers: " + answer.body().strip());
        }
        return answer;
    }

    /** Whether it is an instance of the service that answers, and does not know the application. */
    private static boolean isUnknown(HttpResponse<String> answer) {
        return answer.statusCode() == 404
                && answer.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("text/plain"))
                        .isPresent();
    }
}
