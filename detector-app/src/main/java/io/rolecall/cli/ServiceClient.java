package io.rolecall.cli;

import io.rolecall.ops.ExplainEndpoint;
import io.rolecall.topology.Asked;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks a running service over HTTP. */
final class ServiceClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Every instance under every name of a person that some instance knows. */
    private static final int MOST_QUESTIONS = 256;

    private final URI service;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    ServiceClient(URI service) {
        this.service = service;
    }

    /**
     * Why each detection did or did not fire. An instance that does not follow who is asked about names the one that does, or all others,
     * which are then asked; of a person under the best name that it knows.
     *
     * @throws IOException when nobody answers, or with a sentence of the service why it cannot
     */
    Answer explain(Asked asked) throws IOException, InterruptedException {
        String question = ExplainEndpoint.PATH + "?" + asked.parameter() + "="
                + URLEncoder.encode(asked.text(), StandardCharsets.UTF_8);
        Deque<URI> toAsk = new ArrayDeque<>(List.of(service.resolve(question)));
        Set<URI> seen = new HashSet<>(toAsk);
        String first = "";
        for (int questions = 0; !toAsk.isEmpty() && questions < MOST_QUESTIONS; questions++) {
            HttpResponse<String> answer = get(toAsk.removeFirst());
            if (!isUnknown(answer)) {
                return new Answer(true, answer.body());
            }
            first = first.isEmpty() ? answer.body().lines().findFirst().orElse("") : first;
            answer.body()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("http://"))
                    .map(URI::create)
                    .filter(seen::add)
                    .forEach(toAsk::addLast);
        }
        return new Answer(false, first);
    }

    /**
     * The body of a page.
     *
     * @throws IOException when nobody answers, or with a sentence of the service why it cannot
     */
    String page(String pathAndQuery) throws IOException, InterruptedException {
        URI page = service.resolve(pathAndQuery);
        HttpResponse<String> answer = get(page);
        if (isUnknown(answer)) {
            throw new IOException(
                    page.resolve("/") + " answers: " + answer.body().strip());
        }
        return answer.body();
    }

    /**
     * What the service says.
     *
     * @param known whether any instance knows of who was asked about
     * @param text the explanation, else in one line why there is none
     */
    record Answer(boolean known, String text) {}

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    HttpRequest.newBuilder(page).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException(
                    "no service answers at " + page.resolve("/")
                            + "; start it with 'rolecall run', name another with --service URL or"
                            + " http.port, or give files",
                    e);
        }
        if (answer.statusCode() != 200 && !isUnknown(answer)) {
            throw new IOException(
                    page.resolve("/") + " answers: " + answer.body().strip());
        }
        return answer;
    }

    /** Whether it is an instance of the service that answers, and does not know who is asked about. */
    private static boolean isUnknown(HttpResponse<String> answer) {
        return answer.statusCode() == 404
                && answer.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("text/plain"))
                        .isPresent();
    }
}
