package io.rolecall.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Interval;
import io.rolecall.detection.PersonalUse;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.RoleAssignment;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.SignInSummary;
import io.rolecall.schema.UseSummary;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the investigation tells of applications, of people and of a tenant. */
class InvestigatorTest {

    private static final String PERSON = "mallory@contoso.com";
    private static final String KEY = "8a3f0000-0000-4000-8000-00000000000c";
    private static final String LIST_KEYS = "microsoft.storage/storageaccounts/listkeys/action";
    private static final Policy POLICY = Given.policy(Optional.empty());

    private List<AppEvent> facts = new ArrayList<>(List.of(Given.registration(), grant()));
    private final List<AppEvent> itself = new ArrayList<>();
    private final List<UserDay> days = new ArrayList<>();
    private final List<SignInHour> hours = new ArrayList<>();
    private final List<UseHour> used = new ArrayList<>();
    private final List<AzureSlot> slots = new ArrayList<>();
    private final List<PersonalUse> noticed = new ArrayList<>();
    private final List<String> known = new ArrayList<>();
    private SubjectProfile profile = Given.profile();

    private static AppEvent grant() {
        return Given.grant("Mail.ReadWrite", Given.GRANTED);
    }

    private static Instant after(long minutes) {
        return Given.GRANTED.plus(Duration.ofMinutes(minutes));
    }

    private static AppEvent.Builder byItself(String id, String operation, Instant at) {
        return Given.event(id, operation, at, "nobody")
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setAppId(Given.APP)
                        .setServicePrincipalId(Given.SERVICE_PRINCIPAL)
                        .setName("Payroll Sync")
                        .build());
    }

    private Investigation investigate(SubjectHistory history, AppEvent... decidedBy) {
        DetectionInput input = new DetectionInput(
                history,
                POLICY.settings(Given.PAGE.id()),
                POLICY,
                new Given.FixedNetworks(),
                Duration.ofHours(1),
                Interval.ALL);
        Finding finding = Given.finding(false, List.of(), decidedBy);
        return Investigator.investigate(finding, input).investigation().orElseThrow();
    }

    private Investigation ofApplication(AppEvent... decidedBy) {
        return investigate(
                new FixedHistory.OfApplication(
                        Subject.application(Given.TENANT, Given.APP), profile, facts, itself, days, hours, used, slots),
                decidedBy);
    }

    private Investigation ofApplication() {
        return ofApplication(Given.registration(), grant());
    }

    private Investigation ofPerson(AppEvent... decidedBy) {
        return investigate(
                new FixedHistory.OfPerson(Subject.actor(Given.TENANT, PERSON), profile, facts, noticed, known),
                decidedBy);
    }

    private static UseSummary use(Investigation found) {
        return found.getUse().orElseThrow();
    }

    private static UseHour.Builder mail(Instant at, String outcome) {
        AppEvent first = byItself("mail-" + at + outcome, Operations.MAIL_ITEMS_ACCESSED, at)
                .setOutcome(outcome)
                .build();
        return UseHour.newBuilder()
                .setHour(at)
                .setFirst(at)
                .setLast(at)
                .setAction("mail-read")
                .setMailbox("bob@contoso.com")
                .setEvents(2)
                .setItems(7)
                .setFirstEvent(first);
    }

    private static AzureSlot azure(String action, String outcome, @Nullable String reason, Instant at) {
        AppEvent first = byItself("azure-" + action + outcome, "azure", at)
                .setOutcome(outcome)
                .setOutcomeReason(reason)
                .setDetails(Activity.newBuilder().setAction(action).build())
                .build();
        return AzureSlot.newBuilder()
                .setSlot(at)
                .setAction(action)
                .setOutcome(outcome)
                .setEvents(3)
                .setFirst(first)
                .setLast(at)
                .build();
    }

    private static SignInHour.Builder signIns(Instant at, String kind) {
        return SignInHour.newBuilder().setHour(at).setFirst(at).setLast(at).setKind(kind);
    }

    private static AppEvent personal(String id, String ip, Object details, Instant at) {
        return Given.event(
                        id,
                        details instanceof SignIn ? Operations.SIGN_IN : Operations.MAIL_ITEMS_ACCESSED,
                        at,
                        "mallory")
                .setActor(Actor.newBuilder()
                        .setType("user")
                        .setName(PERSON)
                        .setIp(ip)
                        .build())
                .setDetails(details)
                .build();
    }

    private static SignIn fromNl() {
        return SignIn.newBuilder().setKind("interactive").setCountry("NL").build();
    }

    private static Credential secret() {
        return Credential.newBuilder().setKeyId(KEY).setType("Password").build();
    }

    private static AppEvent keyAdded() {
        return Given.event("e-key", Operations.UPDATE_APPLICATION_CREDENTIALS, after(1), "mallory")
                .setDetails(CredentialChange.newBuilder()
                        .setAdded(List.of(secret()))
                        .build())
                .build();
    }

    private static MailboxUse.Builder readOf(String mailbox) {
        return MailboxUse.newBuilder().setAction("read").setMailbox(mailbox);
    }

    @Test
    void use_that_was_refused_is_told_apart_and_no_use() {
        // Given
        used.add(mail(after(1), "success").build());
        used.add(mail(after(2), "failure").setMailbox("carol@contoso.com").build());
        slots.add(azure(LIST_KEYS, "failure", "Forbidden", after(3)));

        // When
        UseSummary use = use(ofApplication());

        // Then
        assertThat(use.getMailRead()).isEqualTo(7);
        assertThat(use.getMailboxes()).containsExactly("bob@contoso.com");
        assertThat(use.getAzureActions()).isEmpty();
        assertThat(use.getRefused()).containsExactly("mail-read x 2", LIST_KEYS + " x 3");
    }

    @Test
    void a_request_to_azure_that_only_began_and_was_refused_is_no_use() {
        // Given
        slots.add(azure(LIST_KEYS, "success", "Started", after(1)));
        slots.add(azure("microsoft.compute/virtualmachines/delete", "success", "Accepted", after(1)));
        slots.add(azure(LIST_KEYS, "failure", "Forbidden", after(2)));

        // When
        UseSummary use = use(ofApplication());

        // Then
        assertThat(use.getAzureActions()).containsExactly("microsoft.compute/virtualmachines/delete");
    }

    @Test
    void a_role_in_azure_that_the_application_was_given_is_no_use_by_it() {
        // Given
        Activity assignment = Activity.newBuilder()
                .setAction("microsoft.authorization/roleassignments/write")
                .setAssignment(RoleAssignment.newBuilder()
                        .setPrincipalId(Given.SERVICE_PRINCIPAL)
                        .build())
                .build();
        facts.add(Given.event("e-given", Operations.AZURE_ROLE_ASSIGNMENT, after(1), "alice")
                .setDetails(assignment)
                .build());

        // When, Then
        assertThat(ofApplication().getUse()).isEmpty();

        // Given
        facts.add(byItself("e-gave", Operations.AZURE_ROLE_ASSIGNMENT, after(2))
                .setDetails(assignment)
                .build());

        // When, Then
        assertThat(use(ofApplication()).getAzureActions())
                .containsExactly("microsoft.authorization/roleassignments/write");
    }

    @Test
    void what_the_application_did_itself_in_the_directory_is_told_without_the_deciding_events() {
        // Given
        DirectoryRole role = DirectoryRole.newBuilder()
                .setRoleName("Global Administrator")
                .setMemberId("somebody")
                .build();
        AppEvent deciding = byItself("e-decides", Operations.ADD_MEMBER_TO_ROLE, after(1))
                .setDetails(role)
                .build();
        itself.add(deciding);
        itself.add(byItself("e-user", "add-user", after(2))
                .setRawOperation("Add user")
                .build());
        itself.add(byItself("e-refused", Operations.ADD_MEMBER_TO_ROLE, after(3))
                .setOutcome("failure")
                .setDetails(role)
                .build());

        // When
        UseSummary use = use(ofApplication(deciding));

        // Then
        assertThat(use.getDirectory())
                .containsExactly("2026-03-10T09:14:33Z The application 'Payroll Sync' performed 'Add user' on"
                        + " 'Payroll Sync'");
        assertThat(use.getRefused()).containsExactly("add-member-to-role x 1");
    }

    @Test
    void of_very_many_acts_in_the_directory_those_from_the_finding_on_are_told() {
        // Given
        IntStream.range(0, 30)
                .mapToObj(i ->
                        byItself("e-before-" + i, "add-user", after(-100 + i)).build())
                .forEach(itself::add);
        itself.add(byItself("e-after", "add-user", after(5)).build());

        // When
        List<String> directory = use(ofApplication(grant())).getDirectory();

        // Then
        assertThat(directory).hasSize(20);
        assertThat(directory.get(19)).startsWith("2026-03-10T09:17:33Z");
    }

    @Test
    void a_workload_that_is_first_used_long_after_the_rest_is_named() {
        // Given
        used.add(mail(Given.REGISTERED.plus(Duration.ofHours(1)), "success").build());
        slots.add(azure(
                LIST_KEYS,
                "success",
                null,
                Given.REGISTERED.plus(Duration.ofDays(7)).plusSeconds(3600)));

        // When, Then
        assertThat(use(ofApplication()).getFirstUsedLate())
                .containsExactly("Azure first used at 2026-03-08T11:00:00.123456Z, 7 days after mail");

        // Given
        slots.clear();
        slots.add(azure(
                LIST_KEYS,
                "success",
                null,
                Given.REGISTERED.plus(Duration.ofDays(7)).plusSeconds(3599)));

        // When, Then
        assertThat(use(ofApplication()).getFirstUsedLate()).isEmpty();
    }

    @Test
    void which_use_was_the_first_is_not_said_where_the_registration_is_out_of_view() {
        // Given
        Instant longAgo = Given.GRANTED.minus(Duration.ofDays(31));
        profile.setRegistration(RegistrationSummary.newBuilder().setAt(longAgo).build());
        facts = new ArrayList<>(List.of(
                Given.event("e-registration", Operations.ADD_APPLICATION, longAgo, "alice")
                        .setDetails(Registration.newBuilder().build())
                        .build(),
                grant()));
        used.add(mail(Given.GRANTED.minus(Duration.ofDays(20)), "success").build());
        used.add(mail(after(1), "success").setAction("file-downloaded").build());

        // When
        UseSummary use = use(ofApplication(grant()));

        // Then
        assertThat(use.getFirstUsedLate()).isEmpty();
        assertThat(use.getNotCovered()).isEmpty();
    }

    @Test
    void an_exchange_administrator_may_change_mail_flow() {
        // Given
        facts.add(byItself("e-connector", "new-inbound-connector", after(1))
                .setDetails(
                        MailFlow.newBuilder().setCmdlet("New-InboundConnector").build())
                .build());
        facts.add(Given.event("e-role", Operations.ADD_MEMBER_TO_ROLE, after(0), "alice")
                .setDetails(DirectoryRole.newBuilder()
                        .setRoleTemplateId("29232cdf-9323-42fd-ade2-1d097af3e4de")
                        .build())
                .build());

        // When, Then
        assertThat(use(ofApplication()).getNotCovered()).isEmpty();
    }

    @Test
    void use_of_an_application_whose_app_id_is_not_known_yet_is_counted_too() {
        // Given
        facts.add(byItself("e-read", Operations.MAIL_ITEMS_ACCESSED, after(1))
                .setDetails(readOf("bob@contoso.com").setItems(4L).build())
                .build());

        // When
        UseSummary use = use(ofApplication());

        // Then
        assertThat(use.getMailRead()).isEqualTo(4);
        assertThat(use.getMailboxes()).containsExactly("bob@contoso.com");
    }

    @Test
    void sign_ins_of_users_do_not_hide_the_applications_own() {
        // Given
        for (int i = 0; i < 300; i++) {
            hours.add(signIns(Given.REGISTERED.plusSeconds(i), "interactive")
                    .setUserKey("u" + i)
                    .setSuccesses(1)
                    .build());
        }
        hours.add(signIns(after(60), "service-principal")
                .setIp(Given.OUTSIDE)
                .setCredentialKeyId(KEY)
                .setSuccesses(5)
                .setFailures(Map.of("7000215", 2L))
                .build());

        // When
        SignInSummary signIns = ofApplication().getSignIns().orElseThrow();

        // Then
        assertThat(signIns.getOwnSuccesses()).isEqualTo(5);
        assertThat(signIns.getOwnFailures()).isEqualTo(2);
        assertThat(signIns.getBusiestHour()).isEqualTo(5);
        assertThat(signIns.getCredentials()).containsExactly(KEY);
        assertThat(signIns.getLimits()).singleElement().asString().startsWith("there were more sign-ins");
    }

    @Test
    void the_key_with_which_the_application_signed_in_is_told_among_its_credentials() {
        // Given
        facts.add(keyAdded());
        hours.add(signIns(after(60), "service-principal")
                .setIp(Given.OUTSIDE)
                .setCountry("NL")
                .setCredentialKeyId(KEY)
                .setSuccesses(1)
                .build());
        hours.add(signIns(after(70), "service-principal")
                .setCredentialKeyId("other")
                .setSuccesses(1)
                .build());

        // When, Then
        assertThat(ofApplication().getCredentials())
                .containsExactly(
                        "secret " + KEY + " added by mallory@contoso.com at 2026-03-10T09:13:33Z",
                        "secret " + KEY + " used to sign in from NL " + Given.OUTSIDE + " at 2026-03-10T10:12:33Z",
                        "credential other, not seen added, used to sign in at 2026-03-10T10:22:33Z");
    }

    @Test
    void the_owner_of_a_mailbox_whose_use_decided_is_exposed_once() {
        // Given
        facts = new ArrayList<>(List.of(Given.registration()));
        AppEvent consent =
                Given.event("e-consent", Operations.CONSENT, after(-5), "bob").build();
        days.add(UserDay.newBuilder()
                .setUserKey("id-of-bob")
                .setActs(List.of(consent))
                .build());
        List<AppEvent> reads = new ArrayList<>();
        for (String owner : List.of("bob@contoso.com", "carol@contoso.com")) {
            reads.add(byItself("e-read-" + owner, Operations.MAIL_ITEMS_ACCESSED, after(1))
                    .setDetails(readOf(owner).build())
                    .build());
        }

        // When
        ExposedUsers exposed =
                ofApplication(reads.toArray(AppEvent[]::new)).getExposedUsers().orElseThrow();

        // Then
        assertThat(exposed.getCount()).isEqualTo(2);
        assertThat(exposed.getFirst()).containsExactly("bob@contoso.com", "carol@contoso.com");
        assertThat(exposed.getEverybody()).isFalse();
    }

    @Test
    void the_person_whose_token_was_used_is_exposed() {
        // Given
        AppEvent read = personal("e-read", Given.OUTSIDE, readOf(PERSON).build(), after(1));

        // When
        ExposedUsers exposed = ofPerson(read).getExposedUsers().orElseThrow();

        // Then
        assertThat(exposed.getCount()).isEqualTo(1);
        assertThat(exposed.getFirst()).containsExactly(PERSON);
    }

    @Test
    void nobody_is_exposed_by_what_a_person_only_did() {
        // When, Then
        assertThat(ofPerson(grant()).getExposedUsers()).isEmpty();
    }

    @Test
    void of_a_person_the_sign_ins_from_new_networks_are_told() {
        // Given
        known.add("192.0.2.0/24");
        noticed.add(new PersonalUse(personal("s-1", "198.51.100.7", fromNl(), after(-10)), after(-10)));
        noticed.add(new PersonalUse(personal("s-2", "198.51.100.8", fromNl(), after(-9)), after(-9)));
        noticed.add(new PersonalUse(personal("s-3", "192.0.2.9", fromNl(), after(-8)), after(-8)));
        noticed.add(
                new PersonalUse(personal("r-1", "203.0.113.9", readOf(PERSON).build(), after(2)), after(2)));

        // When
        Investigation found = ofPerson(grant());

        // Then
        SignInSummary signIns = found.getSignIns().orElseThrow();
        assertThat(signIns.getSuccesses()).isEqualTo(1);
        assertThat(signIns.getPlaces()).containsExactly("NL 198.51.100.7");
        assertThat(signIns.getLimits()).singleElement().asString().contains("new to them");
        assertThat(use(found).getMailRead()).isEqualTo(1);
        assertThat(use(found).getLimits()).singleElement().asString().contains("new to them");
    }

    @Test
    void of_a_person_what_they_did_besides_is_told_with_the_application_it_was_done_to() {
        // Given
        facts.add(keyAdded());
        facts.add(Given.event("e-owner-1", Operations.ADD_OWNER_TO_APPLICATION, after(2), "mallory")
                .setDetails(
                        OwnerChange.newBuilder().setOwnerName("eve@contoso.com").build())
                .build());
        facts.add(Given.event("e-owner-2", Operations.REMOVE_OWNER_FROM_APPLICATION, after(3), "mallory")
                .setAppId("another")
                .setAppDisplayName("Another")
                .setDetails(
                        OwnerChange.newBuilder().setOwnerName("eve@contoso.com").build())
                .build());

        // When
        Investigation found = ofPerson(grant());

        // Then
        assertThat(found.getCredentials())
                .containsExactly(
                        "secret " + KEY + " of 'Payroll Sync' added by mallory@contoso.com at 2026-03-10T09:13:33Z");
        assertThat(found.getOwners()).containsExactly("eve@contoso.com of 'Payroll Sync'");
        assertThat(use(found).getDirectory()).hasSize(4);
        assertThat(found.getAfterwards()).singleElement().asString().startsWith("2026-03-10T09:15:33Z");
    }

    @Test
    void a_credential_or_trust_that_was_taken_away_afterwards_is_told() {
        // Given
        facts.add(Given.event("e-key", Operations.UPDATE_APPLICATION_CREDENTIALS, after(9), "alice")
                .setDetails(CredentialChange.newBuilder()
                        .setRemoved(List.of(secret()))
                        .build())
                .build());
        days.add(UserDay.newBuilder()
                .setUserKey("bob@contoso.com")
                .setActs(List.of(Given.event("e-revoked", Operations.REVOKE_CONSENT, after(5), "bob")
                        .build()))
                .build());

        // When
        List<String> afterwards = ofApplication().getAfterwards();

        // Then
        assertThat(afterwards).hasSize(2);
        assertThat(afterwards.get(0)).startsWith("2026-03-10T09:17:33Z bob@contoso.com");
        assertThat(afterwards.get(1)).startsWith("2026-03-10T09:21:33Z alice@contoso.com");
    }

    @Test
    void of_a_tenant_later_changes_of_its_policies_are_told() {
        // Given
        ConsentPolicyChange change = ConsentPolicyChange.newBuilder().build();
        AppEvent deciding = Given.event("e-1", Operations.UPDATE_AUTHORIZATION_POLICY, after(0), "mallory")
                .setDetails(change)
                .build();
        AppEvent back = Given.event("e-2", Operations.UPDATE_AUTHORIZATION_POLICY, after(7), "alice")
                .setDetails(change)
                .build();

        // When
        Investigation found = investigate(
                new FixedHistory.OfTenant(Subject.tenant(Given.TENANT), profile, List.of(deciding, back)), deciding);

        // Then
        assertThat(found.getAfterwards())
                .singleElement()
                .asString()
                .startsWith("2026-03-10T09:19:33Z alice@contoso.com");
        assertThat(found.getUse()).isEmpty();
    }
}
