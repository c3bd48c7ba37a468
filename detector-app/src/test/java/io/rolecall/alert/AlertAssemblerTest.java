package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.policy.PolicyException;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Containment;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertAssemblerTest {

    private static Alert assemble(Finding finding, DetectionInput input) {
        return AlertAssembler.assemble(Given.PAGE, finding, input, "scan");
    }

    private static PolicyException exception(Instant expires, Map<String, String> match) {
        return new PolicyException(
                "payroll", List.of("single-tenant-app-abuse"), match, "known vendor", "soc", expires);
    }

    @Test
    void an_alert_says_who_did_what_to_which_application() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));

        // When
        Alert alert = assemble(Given.finding(), input);

        // Then
        assertThat(alert.getAlertId())
                .isEqualTo(AlertIds.of("single-tenant-app-abuse", Given.TENANT, Given.APP, List.of()));
        assertThat(alert.getGroupKey()).isEqualTo(Given.TENANT + "/" + Given.APP);
        assertThat(alert.getSeverity()).isEqualTo("critical");
        assertThat(alert.getRiskScore()).isEqualTo(97);
        assertThat(alert.getStatus()).isEqualTo("open");
        assertThat(alert.getApplication().orElseThrow().getTenancy()).contains("single");
        assertThat(alert.getApplication().orElseThrow().getServicePrincipalId()).contains(Given.SERVICE_PRINCIPAL);
        assertThat(alert.getEvidence())
                .extracting(Evidence::getSummary)
                .containsExactly(
                        "alice@contoso.com registered the application 'Payroll Sync' (single tenant)",
                        "mallory@contoso.com granted the application permission Mail.ReadWrite on Microsoft Graph"
                                + " to 'Payroll Sync'");
        assertThat(alert.getActors())
                .extracting(AlertActor::getRole, AlertActor::getIpClass, AlertActor::getBasis)
                .containsExactly(tuple("granted", "external", "event"), tuple("registered", "organization", "sign-in"));
        assertThat(alert.getPermissions().get(0).getTier()).contains("mailbox-wide");
    }

    @Test
    void times_are_cut_to_microseconds() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));

        // When
        Alert alert = assemble(Given.finding(), input);

        // Then
        assertThat(alert.getFirstEventTime()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456Z"));
        assertThat(alert.getLastEventTime()).isEqualTo(Given.GRANTED);
    }

    @Test
    void the_order_of_participants_and_acts_does_not_show() {
        // Given
        Finding finding = Given.finding();
        List<AppEvent> acts = new ArrayList<>(finding.decidedBy());
        Collections.reverse(acts);
        Finding reversed = Given.finding(false, finding.permissions(), acts.toArray(AppEvent[]::new));
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));

        // When
        Alert alert = assemble(reversed, input);

        // Then
        assertThat(alert).isEqualTo(assemble(finding, input));
    }

    @Test
    void a_severity_in_the_policy_is_final() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.of(Severity.LOW)));

        // When
        Alert alert = assemble(Given.finding(), input);

        // Then
        assertThat(alert.getSeverity()).isEqualTo("low");
        assertThat(alert.getRiskScore()).isEqualTo(37);
    }

    @Test
    void an_exception_suppresses_until_it_expires() {
        // Given
        Map<String, String> match = Map.of("appId", Given.APP);
        var valid = Given.policy(Optional.empty(), exception(Given.GRANTED.plusSeconds(1), match));
        var expired = Given.policy(Optional.empty(), exception(Given.GRANTED, match));

        // When
        Alert suppressed = assemble(Given.finding(), Given.input(Given.history(), valid));
        Alert open = assemble(Given.finding(), Given.input(Given.history(), expired));

        // Then
        assertThat(suppressed.getStatus()).isEqualTo("suppressed");
        assertThat(suppressed.getSuppressedBy()).contains("payroll");
        assertThat(open.getStatus()).isEqualTo("open");
    }

    @Test
    void an_exception_for_one_actor_does_not_cover_another() {
        // Given
        var policy = Given.policy(
                Optional.empty(),
                exception(Instant.parse("2030-01-01T00:00:00Z"), Map.of("actor", "alice@contoso.com")));

        // When
        Alert alert = assemble(Given.finding(), Given.input(Given.history(), policy));

        // Then
        assertThat(alert.getStatus()).isEqualTo("open");
    }

    @Test
    void the_latest_name_and_tenancy_are_shown() {
        // Given
        AppEvent flip = Given.event("e-flip", Operations.UPDATE_APPLICATION, Given.GRANTED.plusSeconds(60), "mallory")
                .setAppDisplayName("Payroll")
                .setDetails(Registration.newBuilder().setTenancy("multi").build())
                .build();
        DetectionInput input = Given.input(Given.history(flip), Given.policy(Optional.empty()));

        // When
        Alert alert = assemble(Given.finding(), input);

        // Then
        assertThat(alert.getApplication().orElseThrow().getDisplayName()).contains("Payroll");
        assertThat(alert.getApplication().orElseThrow().getTenancy()).contains("multi");
    }

    @Test
    void the_investigation_tells_sign_ins_consents_and_what_came_afterwards() {
        // Given
        AppEvent deleted = Given.event(
                        "e-delete", Operations.DELETE_APPLICATION, Given.GRANTED.plusSeconds(3600), "alice")
                .build();
        AppEvent consent = Given.event("e-consent", Operations.CONSENT, Given.GRANTED, "bob")
                .build();
        FixedHistory.OfApplication history = Given.history(deleted);
        UserDay day = UserDay.newBuilder()
                .setUserKey("bob@contoso.com")
                .setActs(List.of(consent))
                .build();
        SignInHour hour = SignInHour.newBuilder()
                .setHour(Given.GRANTED)
                .setFirst(Given.GRANTED)
                .setLast(Given.GRANTED)
                .setIp(Given.OUTSIDE)
                .setCountry("NL")
                .setKind("service-principal")
                .setSuccesses(3)
                .setFailures(Map.of("7000215", 2L))
                .setInterrupted(4)
                .build();
        UseHour use = UseHour.newBuilder()
                .setHour(Given.GRANTED)
                .setFirst(Given.GRANTED)
                .setLast(Given.GRANTED)
                .setAction("file-downloaded")
                .setEvents(4)
                .setItems(4)
                .build();
        FixedHistory full = new FixedHistory.OfApplication(
                history.subject(),
                history.profile(),
                history.facts(),
                List.of(),
                List.of(day),
                List.of(hour),
                List.of(use),
                List.of());

        // When
        Alert alert = assemble(
                Given.finding(
                        true, List.of(Given.MAIL), Given.registration(), Given.grant("Mail.ReadWrite", Given.GRANTED)),
                Given.input(full, Given.policy(Optional.empty())));

        // Then
        Investigation found = alert.getInvestigation().orElseThrow();
        assertThat(alert.getStatus()).isEqualTo("contained");
        assertThat(found.getPermissionType()).contains("application");
        assertThat(found.getConsentingAdministrators()).containsExactly("mallory@contoso.com");
        assertThat(found.getExposedUsers().orElseThrow().getFirst()).containsExactly("bob@contoso.com");
        assertThat(found.getExposedUsers().orElseThrow().getCount()).isEqualTo(1);
        assertThat(found.getExposedUsers().orElseThrow().getEverybody()).isTrue();
        assertThat(alert.getExplanation()).endsWith(" Exposed: everybody, 1 user by their own consent.");
        assertThat(found.getSignIns().orElseThrow().getInterrupted()).isEqualTo(4);
        assertThat(found.getSignIns().orElseThrow().getFailures()).isEqualTo(2);
        assertThat(found.getSignIns().orElseThrow().getPlaces()).containsExactly("NL " + Given.OUTSIDE);
        assertThat(found.getSignIns().orElseThrow().getErrorCodes()).containsExactly("7000215 x 2");
        assertThat(found.getUse().orElseThrow().getFiles()).isEqualTo(4);
        assertThat(found.getUse().orElseThrow().getNotCovered())
                .containsExactly("files used, but no file permission was granted since the registration");
        assertThat(found.getAfterwards())
                .containsExactly("2026-03-10T10:12:33Z alice@contoso.com deleted the application 'Payroll Sync'");
    }

    @Test
    void use_without_a_permission_is_told_also_when_two_logs_tell_of_the_registration() {
        // Given
        SubjectProfile profile = Given.profile();
        profile.setRegistration(
                RegistrationSummary.newBuilder(profile.getRegistration().orElseThrow())
                        .setAt(Given.REGISTERED.truncatedTo(ChronoUnit.SECONDS))
                        .build());
        AppEvent connector = Given.event("e-connector", "new-inbound-connector", Given.GRANTED.plusSeconds(60), "alice")
                .setDetails(
                        MailFlow.newBuilder().setCmdlet("New-InboundConnector").build())
                .build();
        FixedHistory.OfApplication history = Given.history(connector);
        FixedHistory ofTwoLogs = new FixedHistory.OfApplication(history.subject(), profile, history.facts());

        // When
        Alert alert = assemble(Given.finding(), Given.input(ofTwoLogs, Given.policy(Optional.empty())));

        // Then
        assertThat(alert.getInvestigation().orElseThrow().getUse().orElseThrow().getNotCovered())
                .containsExactly("mail flow changed, but no Exchange administration permission was granted"
                        + " since the registration");
    }

    @Test
    void an_application_role_exposes_everybody_although_nobody_was_seen() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));

        // When
        Alert alert = assemble(Given.finding(), input);

        // Then
        ExposedUsers exposed =
                alert.getInvestigation().orElseThrow().getExposedUsers().orElseThrow();
        assertThat(exposed.getEverybody()).isTrue();
        assertThat(exposed.getCount()).isZero();
        assertThat(AlertJson.line(alert)).contains("\"exposedUsers\":{\"everybody\":true,\"count\":0}");
        assertThat(alert.getExplanation()).endsWith(" Exposed: everybody.");
    }

    @Test
    void containment_names_its_targets_and_documentation() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));

        // When
        List<Containment> steps = assemble(Given.finding(), input).getContainment();

        // Then
        assertThat(steps.get(0).getAction()).isEqualTo("Disable sign-in of the service principal");
        assertThat(steps.get(0).getTargetId()).contains(Given.SERVICE_PRINCIPAL);
        assertThat(steps.get(steps.size() - 1).getTargetId()).contains(Given.OBJECT);
        assertThat(steps).allMatch(step -> step.getLink().orElse("").startsWith("https://learn.microsoft.com/en-us/"));
    }

    @Test
    void containment_undoes_what_changed_how_mail_flows() {
        // Given
        AppEvent connector = Given.event("mf-1", "new-inbound-connector", Given.GRANTED, "mallory@contoso.com")
                .setDetails(MailFlow.newBuilder()
                        .setCmdlet("New-InboundConnector")
                        .setObject("EXAMPLE.PROD.OUTLOOK.COM/Exchange/contoso.onmicrosoft.com/Partner relay")
                        .build())
                .build();
        Finding finding = Given.finding(false, List.of(Given.MAIL), connector, connector);

        // When
        List<Containment> steps = assemble(finding, Given.input(Given.history(), Given.policy(Optional.empty())))
                .getContainment();

        // Then
        assertThat(steps)
                .extracting(Containment::getAction)
                .containsOnlyOnce("Undo the change of how mail flows: New-InboundConnector 'partner relay'");
    }

    @Test
    void evidence_stops_at_fifty_but_is_counted_on() {
        // Given
        AppEvent[] acts = new AppEvent[60];
        for (int i = 0; i < acts.length; i++) {
            acts[i] = Given.grant("Role" + i, Given.GRANTED.plus(Duration.ofMinutes(i)));
        }

        // When
        Alert alert = assemble(
                Given.finding(false, List.of(Given.MAIL), acts),
                Given.input(Given.history(), Given.policy(Optional.empty())));

        // Then
        assertThat(alert.getEvidence()).hasSize(50);
        assertThat(alert.getEvidenceCount()).isEqualTo(60);
    }

    @Test
    void a_withdrawal_does_not_depend_on_the_revisions_before_it() {
        // Given
        DetectionInput input = Given.input(Given.history(), Given.policy(Optional.empty()));
        Alert one = Given.alert();
        Alert other = Alert.newBuilder(one)
                .setSeverity("low")
                .setTitle("Something else")
                .setEvidence(List.of())
                .build();

        // When
        Alert first = AlertAssembler.withdrawn(one, Given.PAGE, input, "The registration failed");
        Alert second = AlertAssembler.withdrawn(other, Given.PAGE, input, "The registration failed");

        // Then
        assertThat(first).isEqualTo(second);
        assertThat(first.getAlertId()).isEqualTo(one.getAlertId());
        assertThat(first.getGroupKey()).isEqualTo(one.getGroupKey());
        assertThat(first.getStatus()).isEqualTo("withdrawn");
        assertThat(first.getWithdrawnBecause()).contains("The registration failed");
        assertThat(first.getEvidenceCount()).isZero();
    }

    @Test
    void a_stand_in_has_no_app_id_and_groups_by_itself() {
        // Given
        FixedHistory.OfApplication history = Given.history();
        FixedHistory unresolved = new FixedHistory.OfApplication(
                Subject.unresolved(Given.TENANT, Given.SERVICE_PRINCIPAL), history.profile(), history.facts());

        // When
        Alert alert = assemble(Given.finding(), Given.input(unresolved, Given.policy(Optional.empty())));

        // Then
        assertThat(alert.getApplication().orElseThrow().getAppId()).isEmpty();
        assertThat(alert.getGroupKey()).isEqualTo(Given.TENANT + "/sp:" + Given.TENANT + "/" + Given.SERVICE_PRINCIPAL);
    }
}
