package io.rolecall.ops;

import io.rolecall.audit.ApplicationReader;
import io.rolecall.audit.ApplicationReader.Read;
import io.rolecall.audit.AuditWire;
import io.rolecall.audit.Imported;
import io.rolecall.audit.KnownTenant;
import io.rolecall.audit.TenantReader;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.policy.Policy;
import io.rolecall.topology.ExplainedSubject;
import io.rolecall.topology.LiveHistories;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is known of the applications and tenants that this instance follows, a slice at a time, as {@link AuditWire} writes it; each
 * slice names the other instances.
 */
public final class AuditEndpoint implements Endpoint {

    /** Path of the page. */
    public static final String PATH = "/audit";

    /** Parameter that a slice gives for the next one. */
    public static final String AFTER = "after";

    /** Parameter of the time after which acts are left out, ISO-8601. */
    public static final String AS_OF = "as-of";

    /** Subjects of a slice: each is a few reads, and an answer must not take long. */
    private static final int MOST = 50;

    private static final String TEXT = "text/plain; charset=utf-8";

    private final Policy policy;
    private volatile @Nullable Running running;

    /** What exists once the service has started. */
    private record Running(LiveHistories histories, HostInfo self) {}

    /** @param policy by which permissions and addresses are called far-reaching or unsafe */
    public AuditEndpoint(Policy policy) {
        this.policy = policy;
    }

    /**
     * The service has started.
     *
     * @param self the address under which this instance is known to the others
     */
    public void answerFrom(LiveHistories histories, HostInfo self) {
        running = new Running(histories, self);
    }

    @Override
    public Page answer(Map<String, String> query) {
        Running now = running;
        if (now == null) {
            return unavailable();
        }
        try {
            Instant until =
                    Optional.ofNullable(query.get(AS_OF)).map(Instant::parse).orElse(Instant.MAX);
            return slice(now, until, query.getOrDefault(AFTER, ""));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return new Page(400, TEXT, "ask for " + PATH + ", with " + AFTER + " as the slice before gives it\n");
        } catch (InvalidStateStoreException e) {
            return unavailable();
        }
    }

    private Page slice(Running now, Instant until, String after) {
        LiveHistories.Slice slice = now.histories().slice(after, MOST);
        ApplicationReader reader = new ApplicationReader(policy, until, Map.of());
        TenantReader ofTenants = new TenantReader(until);
        List<Read> applications = new ArrayList<>();
        List<KnownTenant> tenants = new ArrayList<>();
        for (ExplainedSubject one : slice.found()) {
            if (isLater(one, until)) {
                continue;
            }
            if (one.history() instanceof ApplicationHistory application) {
                applications.add(
                        reader.read(application, Imported.NONE, now.histories().alerts(one)));
            } else {
                tenants.add(ofTenants.read(one.history(), now.histories().alerts(one)));
            }
        }
        List<String> others = now.histories().instancesBeside(now.self()).stream()
                .map(instance -> "http://" + instance.host() + ":" + instance.port())
                .toList();
        return new Page(
                200,
                "application/json",
                AuditWire.write(
                        new AuditWire.Slice(applications, tenants, slice.next().orElse(null), others)));
    }

    /** Whether nothing was known of it yet; of what only an import tells, the profile has no first event. */
    private static boolean isLater(ExplainedSubject one, Instant until) {
        Instant first = one.history().profile().getFirstSeen();
        return first.isAfter(until) && !first.isAfter(one.history().profile().getLastSeen());
    }

    private static Page unavailable() {
        return new Page(503, TEXT, "the service is starting or its tasks are being assigned; ask again in a moment\n");
    }
}
