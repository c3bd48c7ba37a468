package io.rolecall.detection;

import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.policy.Param;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Policy;
import io.rolecall.policy.Resources;
import io.rolecall.policy.Settings;
import io.rolecall.policy.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a detection over facts with a small policy and an office network 203.0.113.0/24. */
public final class Evaluations {

    public static final PermissionSets SETS = new PermissionSets(Map.of(
            "permissive",
            permissions(Permission.Type.APPLICATION, "Mail.Read", "Mail.ReadWrite", "Directory.ReadWrite.All")
                    .with(Permission.Type.DELEGATED, "Mail.ReadWrite", "Files.ReadWrite"),
            "tier-0",
            permissions(Permission.Type.APPLICATION, "RoleManagement.ReadWrite.Directory", "Directory.ReadWrite.All"),
            "mailbox-wide",
            Set.of(new Permission(Resources.EXCHANGE_ONLINE, "full_access_as_app", Permission.Type.APPLICATION)),
            "mail",
            permissions(Permission.Type.DELEGATED, "Mail.Read", "Mail.ReadWrite", "Mail.Send"),
            "files",
            permissions(Permission.Type.DELEGATED, "Files.ReadWrite"),
            "risky-scopes",
            permissions(Permission.Type.DELEGATED, "Mail.Read", "Mail.ReadWrite", "Mail.Send", "Files.ReadWrite")));

    private final Detection detection;
    private final Map<String, Object> changed = new HashMap<>();
    private List<Policy.TrustedAutomation> trusted = List.of();
    private List<String> banned = List.of();
    private boolean networksLoaded = true;
    private Interval focus = Interval.ALL;

    private Evaluations(Detection detection) {
        this.detection = detection;
    }

    public static Evaluations of(String id) {
        return new Evaluations(Catalogue.shipped().byId(id).orElseThrow());
    }

    public Evaluations with(String parameter, Object value) {
        changed.put(parameter, value);
        return this;
    }

    public Evaluations trusting(String servicePrincipalId, String network, String may) {
        trusted = List.of(new Policy.TrustedAutomation(servicePrincipalId, List.of(network), List.of(may)));
        return this;
    }

    Evaluations banning(String appId) {
        banned = List.of(appId);
        return this;
    }

    public Evaluations withoutNetworks() {
        networksLoaded = false;
        return this;
    }

    public Evaluations focusedOn(Instant at) {
        focus = new Interval(at, at);
        return this;
    }

    public Evaluation on(Collection<io.rolecall.schema.AppEvent> facts) {
        return on(new MemoryHistory(facts));
    }

    public Evaluation on(io.rolecall.schema.AppEvent... facts) {
        return on(Arrays.asList(facts));
    }

    public Evaluation on(MemoryHistory history) {
        Map<String, Object> values = new HashMap<>();
        for (Param<?> parameter : detection.parameters()) {
            values.put(parameter.name(), parameter.defaultValue());
        }
        values.putAll(changed);
        Settings settings = new Settings(true, Optional.empty(), values);
        Policy policy = new Policy(
                Map.of(detection.id(), settings),
                new Policy.Organization(List.of("contoso.com"), List.of()),
                new Policy.Applications(List.of(), banned),
                trusted,
                new Policy.Federation(List.of()),
                SETS,
                List.of(),
                Severity.LOW,
                "test");
        return detection.evaluate(
                new DetectionInput(history, settings, policy, networks(), Duration.ofHours(1), focus));
    }

    private AddressTable networks() {
        return new AddressTable() {
            @Override
            public NetworkMatch lookup(@Nullable String ip, Instant at) {
                if (ip == null || !networksLoaded) {
                    return NetworkMatch.of(AddressClass.UNKNOWN);
                }
                if (ip.startsWith("20.190.")) {
                    return NetworkMatch.of(AddressClass.MICROSOFT_SERVICE);
                }
                return ip.startsWith("203.0.113.")
                        ? new NetworkMatch(AddressClass.ORGANIZATION, Optional.of("office"))
                        : NetworkMatch.of(AddressClass.EXTERNAL);
            }

            @Override
            public boolean isEmpty() {
                return !networksLoaded;
            }

            @Override
            public String version() {
                return "test";
            }
        };
    }

    private static Permissions permissions(Permission.Type type, String... values) {
        return new Permissions().with(type, values);
    }

    /** Permissions of Microsoft Graph. */
    private static final class Permissions extends HashSet<Permission> {

        private static final long serialVersionUID = 1L;

        Permissions with(Permission.Type type, String... values) {
            Set<Permission> added = new HashSet<>();
            for (String value : values) {
                added.add(new Permission(Resources.MICROSOFT_GRAPH, value, type));
            }
            addAll(added);
            return this;
        }
    }
}
