package io.rolecall.ops;

import io.rolecall.detection.Blindness;
import io.rolecall.explain.Explanation;
import io.rolecall.policy.Policy;
import io.rolecall.topology.ExplainedApplication;
import io.rolecall.topology.LiveHistories;
import io.rolecall.topology.ServiceCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * {@code /explain?app=ID}: why each detection did or did not fire for an application, from the histories of the running service. The
 * instance that does not follow the application sends on to the one that does.
 */
public final class ExplainEndpoint implements Endpoint {

    /** Path of the page. */
    public static final String PATH = "/explain";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Policy policy;
    private volatile @Nullable Running running;

    /** What exists once the service has started. */
    private record Running(LiveHistories histories, Supplier<ServiceCounts> counts, HostInfo self) {}

    /** @param policy by which the applications are judged */
    public ExplainEndpoint(Policy policy) {
        this.policy = policy;
    }

    /**
     * The service has started.
     *
     * @param histories what it has read
     * @param counts what was delivered to it, for blindness
     * @param self the address under which this instance is known to the others
     */
    public void answerFrom(LiveHistories histories, Supplier<ServiceCounts> counts, HostInfo self) {
        running = new Running(histories, counts, self);
    }

    @Override
    public Page answer(Map<String, String> query) {
        Running now = running;
        String appId = query.getOrDefault("app", "").strip().toLowerCase(Locale.ROOT);
        if (appId.isEmpty()) {
            return new Page(400, TEXT, "name an application: " + PATH + "?app=ID\n");
        }
        if (now == null) {
            return unavailable();
        }
        try {
            Optional<HostInfo> instance = now.histories().instanceOf(appId);
            if (instance.isEmpty()) {
                return unavailable();
            }
            if (!instance.orElseThrow().equals(now.self())) {
                HostInfo other = instance.orElseThrow();
                return Page.redirect("http://" + other.host() + ":" + other.port() + PATH + "?app="
                        + URLEncoder.encode(appId, StandardCharsets.UTF_8));
            }
            return explain(now, appId);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return unavailable();
        }
    }

    private Page explain(Running now, String appId) {
        List<ExplainedApplication> applications = now.histories().applications(appId);
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            Explanation explanation =
                    new Explanation(out, new Blindness(now.counts().get().seen()), policy);
            if (applications.isEmpty()) {
                out.println("The service has read no event about application " + appId + ".");
            }
            applications.forEach(application ->
                    explanation.print(application, now.histories().alerts(application)));
        }
        return new Page(200, TEXT, text.toString());
    }

    private static Page unavailable() {
        return new Page(503, TEXT, "the service is starting or its tasks are being assigned; ask again in a moment\n");
    }
}
