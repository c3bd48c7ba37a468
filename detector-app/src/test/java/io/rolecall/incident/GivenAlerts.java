package io.rolecall.incident;

import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.AlertSubject;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.SignInSummary;
import io.rolecall.schema.Technique;
import io.rolecall.schema.UseSummary;
import io.rolecall.schema.state.AlertExtract;
import java.time.Instant;
import java.util.List;

/** Alerts on Payroll Sync: mallory gives it mail from outside, and it reads. */
public final class GivenAlerts {

    public static final String TENANT = "7a9c3f10-0000-4000-8000-00000000000a";
    public static final String APP = "8a3f0000-0000-4000-8000-000000000001";
    public static final String GROUP = TENANT + "/" + APP;
    public static final Instant GRANTED = Instant.parse("2026-03-10T09:12:33Z");

    private GivenAlerts() {}

    /** An alert of a detection of that name, under an id of its own. */
    public static Alert.Builder alert(String detection, String severity, String status) {
        return Alert.newBuilder()
                .setAlertId("rc-" + detection + "-" + severity + "-" + status)
                .setGroupKey(GROUP)
                .setRevision(1)
                .setStatus(status)
                .setDetection(detection)
                .setDetectionVersion(1)
                .setTitle(detection + ": Payroll Sync")
                .setExplanation("mallory@contoso.com granted Mail.ReadWrite.")
                .setSeverity(severity)
                .setConfidence("high")
                .setRiskScore(Severity.ofLabel(severity).baseScore())
                .setTenantId(TENANT)
                .setSubject(new AlertSubject("application", APP))
                .setApplication(AlertApplication.newBuilder()
                        .setAppId(APP)
                        .setDisplayName("Payroll Sync")
                        .setTenancy("single")
                        .build())
                .setActors(List.of(mallory("granted", "198.51.100.7")))
                .setPermissions(List.of(
                        new AlertPermission("microsoft-graph", "Mail.ReadWrite", "application", "mailbox-wide")))
                .setFirstEventTime(GRANTED)
                .setLastEventTime(GRANTED)
                .setEvidence(List.of(evidence(
                        "e-1",
                        GRANTED,
                        "mallory@contoso.com granted Mail.ReadWrite to 'Payroll Sync'",
                        "198.51.100.7")))
                .setEvidenceCount(1)
                .setInvestigation(investigation(0))
                .setContainment(List.of(
                        new Containment("Disable sign-in of the service principal", "sp-1", null),
                        new Containment("Revoke the sessions of mallory@contoso.com", "id-of-mallory", null)))
                .setFalsePositiveHints(List.of("A planned roll-out, under a change"))
                .setAttack(List.of(new Technique("persistence", "T1098.003")))
                .setPolicyVersion("policy-1")
                .setNetworksVersion("networks-1")
                .setOrigin("scan");
    }

    public static AlertExtract extract(String detection, String severity, String status) {
        return AlertExtracts.of(alert(detection, severity, status).build());
    }

    static AlertActor mallory(String role, String ip) {
        return AlertActor.newBuilder()
                .setType("user")
                .setId("id-of-mallory")
                .setName("mallory@contoso.com")
                .setRole(role)
                .setIp(ip)
                .setIpClass("external")
                .setBasis("event")
                .build();
    }

    static Evidence evidence(String id, Instant at, String summary, String ip) {
        return Evidence.newBuilder()
                .setEventId(id)
                .setSource("entra-audit")
                .setOperation("add-app-role-assignment-to-service-principal")
                .setEventTime(at)
                .setSummary(summary)
                .setIp(ip)
                .setPosition("audit.json:1/0")
                .build();
    }

    public static Investigation investigation(long mailRead) {
        return Investigation.newBuilder()
                .setExposedUsers(
                        ExposedUsers.newBuilder().setEverybody(true).setCount(0).build())
                .setSignIns(SignInSummary.newBuilder()
                        .setSuccesses(mailRead)
                        .setOwnSuccesses(mailRead)
                        .setFailures(0)
                        .setPlaces(List.of("PA 192.0.2.1"))
                        .build())
                .setUse(UseSummary.newBuilder()
                        .setMailRead(mailRead)
                        .setMailSent(0)
                        .setFiles(0)
                        .build())
                .setAfterwards(List.of("2026-03-11T00:00:00Z alice@contoso.com disabled the sign-in of 'Payroll Sync'"))
                .build();
    }
}
