package io.rolecall.ops;

import io.rolecall.detection.Blindness;
import io.rolecall.event.SubjectKind;
import io.rolecall.explain.Explanation;
import io.rolecall.explain.Printable;
import io.rolecall.policy.Guids;
import io.rolecall.policy.Policy;
import io.rolecall.topology.Asked;
import io.rolecall.topology.ExplainedSubject;
import io.rolecall.topology.LiveHistories;
import io.rolecall.topology.ServiceCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * {@code /explain?app=ID}, {@code ?actor=ID} and {@code ?tenant=ID}: why each detection did or did not fire for an application, a person or
 * a tenant, from the histories of the running service. For a
 * GUID, the instance that would not follow it as an App ID sends on to the one that does. By another id or by name an instance finds
 * what it follows itself, and names the other instances.
 */
public final class ExplainEndpoint implements Endpoint {

    /** Path of the page. */
    public static final String PATH = "/explain";

    /** Parameter of a question that is not to be sent on: this instance answers for what it follows itself. */
    public static final String HERE = "here";

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Policy policy;
    private volatile @Nullable Running running;

    /** What exists once the service has started. */
    private record Running(LiveHistories histories, Supplier<ServiceCounts> counts, HostInfo self) {}

    /** @param policy by which the applications are evaluated */
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
        Optional<Asked> question = Asked.of(query);
        if (question.isEmpty()) {
            return new Page(
                    400,
                    TEXT,
                    "name an application: " + PATH + "?app=ID, or a person: " + PATH + "?actor=ID, or a tenant: " + PATH
                            + "?tenant=ID\n");
        }
        if (now == null) {
            return unavailable();
        }
        Asked asked = question.orElseThrow();
        try {
            if (asked.kind() != SubjectKind.APPLICATION) {
                return explain(now, now.histories().best(asked));
            }
            Optional<HostInfo> instance = now.histories().instanceOf(asked.id());
            if (instance.isEmpty()) {
                return unavailable();
            }
            boolean elsewhere = !instance.orElseThrow().equals(now.self());
            return elsewhere && Guids.isGuid(asked.text()) && !query.containsKey(HERE)
                    ? Page.redirect(url(instance.orElseThrow(), asked))
                    : explain(now, asked);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return unavailable();
        }
    }

    private Page explain(Running now, Asked asked) {
        if (!now.histories().keepsFactsOf(asked.kind())) {
            return new Page(404, TEXT, nothingIsKept(asked.kind()) + "\n");
        }
        List<ExplainedSubject> found = now.histories().explained(asked);
        List<HostInfo> others = now.histories().instancesBeside(now.self());
        if (found.isEmpty()) {
            return new Page(404, TEXT, unknown(asked) + "\n" + others(others, asked));
        }
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            new Explanation(out, new Blindness(now.counts().get().seen()), policy)
                    .print(found, now.histories()::alerts);
            if (found.stream().noneMatch(one -> one.subject().id().equals(asked.id()))) {
                out.print(others(others, asked));
            }
        }
        return new Page(200, TEXT, text.toString());
    }

    /** A subject is followed by one instance, which only an App ID tells; the answer names the others, a line each. */
    private static String others(List<HostInfo> others, Asked asked) {
        if (others.isEmpty()) {
            return "";
        }
        return others.stream()
                .map(instance -> "  " + url(instance, asked) + "&" + HERE + "=true\n")
                .collect(Collectors.joining(
                        "",
                        "Only " + followed(asked.kind()) + " that this instance follows were searched. The others:\n",
                        ""));
    }

    private static String followed(SubjectKind kind) {
        return switch (kind) {
            case APPLICATION -> "the applications";
            case ACTOR -> "the people";
            case TENANT -> "the tenants";
        };
    }

    private static String unknown(Asked asked) {
        return "nothing is known of '" + Printable.line(asked.text()) + "': it is no " + asked.names()
                + " that was read of";
    }

    /** Why there is nothing to explain, whoever is asked about. */
    private static String nothingIsKept(SubjectKind kind) {
        return "no facts of " + (kind == SubjectKind.ACTOR ? "people" : "tenants")
                + " are kept, because no detection reads any; 'rolecall explain --" + Asked.parameter(kind)
                + " ID FILE...' tells of them from files";
    }

    private static String url(HostInfo instance, Asked asked) {
        return "http://" + instance.host() + ":" + instance.port() + PATH + "?" + asked.parameter() + "="
                + URLEncoder.encode(asked.text(), StandardCharsets.UTF_8);
    }

    private static Page unavailable() {
        return new Page(503, TEXT, "the service is starting or its tasks are being assigned; ask again in a moment\n");
    }
}
