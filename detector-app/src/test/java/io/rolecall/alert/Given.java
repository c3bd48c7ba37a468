package io.rolecall.alert;

import io.rolecall.detection.Confidence;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.DetectionPage;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.Participant;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.RiskReason;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.network.AddressClass;
import io.rolecall.network.AddressTable;
import io.rolecall.network.NetworkMatch;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyException;
import io.rolecall.policy.Settings;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A planted application as facts: alice registers Payroll Sync from the office, mallory grants it Mail.ReadWrite from outside. */
final class Given {

    static final String TENANT = "7a9c3f10-0000-4000-8000-00000000000a";
    static final String APP = "8a3f0000-0000-4000-8000-000000000001";
    static final String OBJECT = "8a3f0000-0000-4000-8000-000000000002";
    static final String SERVICE_PRINCIPAL = "8a3f0000-0000-4000-8000-000000000003";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String OUTSIDE = "198.51.100.7";
    static final Instant REGISTERED = Instant.parse("2026-03-01T10:00:00.1234567Z");
    static final Instant GRANTED = Instant.parse("2026-03-10T09:12:33Z");

    static final Permission MAIL = new Permission(GRAPH, "Mail.ReadWrite", Permission.Type.APPLICATION);
    static final Permission FILES = new Permission(GRAPH, "Files.Read.All", Permission.Type.APPLICATION);

    static final DetectionPage PAGE = new DetectionPage(
            "single-tenant-app-abuse",
            "Single-tenant application given far-reaching permissions from outside",
            Severity.CRITICAL,
            3,
            List.of(
                    new DetectionPage.AttackTechnique("persistence", "T1098.003"),
                    new DetectionPage.AttackTechnique("initial-access", "T1078.004")),
            "Fires on a planted application.",
            List.of("A developer onboards an application from home"),
            List.of("Others"),
            List.of("https://attack.mitre.org/techniques/T1098/003/"),
            "");

    private Given() {}

    static final class FixedNetworks implements AddressTable {
        @Override
        public NetworkMatch lookup(@Nullable String ip, Instant at) {
            return NetworkMatch.of(AddressClass.EXTERNAL);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public String version() {
            return "networks-1";
        }
    }

    static AppEvent.Builder event(String id, String operation, Instant at, String who) {
        return AppEvent.newBuilder()
                .setEventId(id)
                .setSource("entra-audit")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(at)
                .setTenantId(TENANT)
                .setOutcome("success")
                .setAppId(APP)
                .setAppDisplayName("Payroll Sync")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setId("id-of-" + who)
                        .setName(who + "@contoso.com")
                        .setIp(OUTSIDE)
                        .setUserAgent("Mozilla/5.0 (X11)")
                        .build())
                .setPosition("audit.json:1/0");
    }

    static AppEvent registration() {
        return event("e-registration", Operations.ADD_APPLICATION, REGISTERED, "alice")
                .setAppObjectId(OBJECT)
                .setDetails(Registration.newBuilder().setTenancy("single").build())
                .build();
    }

    static AppEvent grant(String value, Instant at) {
        return event("e-grant-" + value, Operations.ADD_APP_ROLE, at, "mallory")
                .setServicePrincipalId(SERVICE_PRINCIPAL)
                .setDetails(AppRole.newBuilder()
                        .setResourceAppId(GRAPH)
                        .setResourceName("Microsoft Graph")
                        .setRoleValue(value)
                        .build())
                .build();
    }

    static SubjectProfile profile() {
        return SubjectProfile.newBuilder()
                .setFirstSeen(REGISTERED)
                .setLastSeen(GRANTED)
                .setRegistration(RegistrationSummary.newBuilder()
                        .setAt(REGISTERED)
                        .setTenancy("single")
                        .build())
                .setAppObjectId(OBJECT)
                .setServicePrincipalId(SERVICE_PRINCIPAL)
                .build();
    }

    static FixedHistory.OfApplication history(AppEvent... more) {
        List<AppEvent> facts = new ArrayList<>(List.of(registration(), grant("Mail.ReadWrite", GRANTED)));
        facts.addAll(List.of(more));
        return new FixedHistory.OfApplication(Subject.application(TENANT, APP), profile(), facts);
    }

    static Policy policy(Optional<Severity> severity, PolicyException... exceptions) {
        return new Policy(
                Map.of(PAGE.id(), new Settings(true, severity, Map.of())),
                new Policy.Organization(List.of("contoso.com"), List.of()),
                new Policy.Applications(List.of(), List.of()),
                List.of(),
                new Policy.Federation(List.of()),
                new PermissionSets(Map.of("permissive", Set.of(MAIL, FILES), "mailbox-wide", Set.of(MAIL))),
                List.of(exceptions),
                Severity.LOW,
                "policy-1");
    }

    static DetectionInput input(FixedHistory history, Policy policy) {
        return new DetectionInput(
                history, policy.settings(PAGE.id()), policy, new FixedNetworks(), Duration.ofHours(1), Interval.ALL);
    }

    static Finding finding(boolean contained, List<Permission> permissions, AppEvent... decidedBy) {
        List<Participant> participants = new ArrayList<>();
        for (AppEvent act : decidedBy) {
            boolean registers = act.getOperation().equals(Operations.ADD_APPLICATION);
            participants.add(new Participant(registers ? "registered" : "granted", act, address(registers)));
        }
        return new Finding(
                List.of(),
                REGISTERED,
                Severity.CRITICAL,
                Confidence.HIGH,
                "'Payroll Sync' was registered and given Mail.ReadWrite from outside",
                "A single-tenant application was registered and given far-reaching permissions.",
                List.of(decidedBy),
                decidedBy.length,
                participants,
                permissions,
                List.of(
                        new RiskReason(RiskKind.FROM_OUTSIDE, "granted from outside"),
                        new RiskReason(RiskKind.OTHER, "nobody owns it")),
                contained);
    }

    private static ResolvedAddress address(boolean office) {
        return office
                ? new ResolvedAddress(
                        Optional.of("203.0.113.9"),
                        AddressClass.ORGANIZATION,
                        Optional.of("office"),
                        "sign-in",
                        List.of())
                : new ResolvedAddress(
                        Optional.of(OUTSIDE), AddressClass.EXTERNAL, Optional.empty(), "event", List.of());
    }

    static Finding finding() {
        return finding(false, List.of(MAIL), registration(), grant("Mail.ReadWrite", GRANTED));
    }

    static Alert alert() {
        return AlertAssembler.assemble(Given.PAGE, finding(), input(history(), policy(Optional.empty())), "scan");
    }
}
