package io.rolecall.ops;

import io.rolecall.detection.Blindness;
import io.rolecall.explain.Explanation;
import io.rolecall.explain.Printable;
import io.rolecall.policy.Policy;
import io.rolecall.topology.ExplainedSubject;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * {@code /explain?app=ID}: why each detection did or did not fire for an application, from the histories of the running service. For a
 * GUID, the instance that would not follow it as an App ID sends on to the one that does. By another id or by name an instance finds
 * what it follows itself, and names the other instances.
 */
public final class ExplainEndpoint implements Endpoint {

    /** Path of the page. */
    public static final String PATH = "/explain";

    /** Parameter of a question that is not to be sent on: this instance answers for what it follows itself. */
    public static final String HERE = "here";

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

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
        String application = query.getOrDefault("app", "").strip();
        if (application.isEmpty()) {
            return new Page(400, TEXT, "name an application: " + PATH + "?app=ID\n");
        }
        if (now == null) {
            return unavailable();
        }
        try {
            Optional<HostInfo> instance = now.histories().instanceOf(application.toLowerCase(Locale.ROOT));
            if (instance.isEmpty()) {
                return unavailable();
            }
            boolean elsewhere = !instance.orElseThrow().equals(now.self());
            return elsewhere && isGuid(application) && !query.containsKey(HERE)
                    ? Page.redirect(url(instance.orElseThrow(), application))
                    : explain(now, application);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return unavailable();
        }
    }

    private Page explain(Running now, String application) {
        List<ExplainedSubject> found = now.histories().applications(application);
        List<HostInfo> others = now.histories().instancesBeside(now.self());
        if (found.isEmpty()) {
            return new Page(404, TEXT, unknown(application) + "\n" + others(others, application));
        }
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            new Explanation(out, new Blindness(now.counts().get().seen()), policy)
                    .print(found, now.histories()::alerts);
            if (found.stream().noneMatch(one -> one.subject().id().equals(application.toLowerCase(Locale.ROOT)))) {
                out.print(others(others, application));
            }
        }
        return new Page(200, TEXT, text.toString());
    }

    /** An application is followed by one instance, which only its App ID tells; the answer names the others, a line each. */
    private static String others(List<HostInfo> others, String application) {
        if (others.isEmpty()) {
            return "";
        }
        return others.stream()
                .map(instance -> "  " + url(instance, application) + "&" + HERE + "=true\n")
                .collect(Collectors.joining(
                        "", "Only the applications that this instance follows were searched. The others:\n", ""));
    }

    private static String unknown(String application) {
        return "nothing is known of '" + Printable.line(application)
                + "': it is no App ID, object id, service principal id or latest name of an application that was read of";
    }

    private static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private static String url(HostInfo instance, String application) {
        return "http://" + instance.host() + ":" + instance.port() + PATH + "?app="
                + URLEncoder.encode(application, StandardCharsets.UTF_8);
    }

    private static Page unavailable() {
        return new Page(503, TEXT, "the service is starting or its tasks are being assigned; ask again in a moment\n");
    }
}
