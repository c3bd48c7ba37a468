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
     * Why each detection did or did not fire for an application. An instance that does not follow it names the one that does, which
     * is then asked.
     *
     * @throws IOException when nobody answers, or with a sentence of the service why it cannot
     */
    String explain(String appId) throws IOException, InterruptedException {
        URI page = service.resolve(ExplainEndpoint.PATH + "?app=" + URLEncoder.encode(appId, StandardCharsets.UTF_8));
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    HttpRequest.newBuilder(page).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException(
                    "no service answers at " + service
                            + "; start it with 'rolecall run', name another with --service URL or"
                            + " http.port, or give files to explain from",
                    e);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(service + " answers: " + answer.body().strip());
        }
        return answer.body();
    }
}
