package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UserDay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * MITRE's analytic for stolen application access tokens: every consent and every app role grant to a user, counted in one finding
 * per application instead of an alert per log line.
 */
public final class ApplicationConsent implements Detection {

    /** Participants listed; who else consented is counted. */
    private static final int MOST_PARTICIPANTS = 10;

    private static final DetectionCard CARD = new DetectionCard(
            "application-consent",
            2,
            SubjectKind.APPLICATION,
            "Consent to an application",
            "Users or administrators consented to an application, or it was assigned to users; one finding per application"
                    + " with users and acts counted, single sign-on assignments apart.",
            Severity.INFORMATIONAL,
            List.of(Cards.STEAL_TOKEN),
            List.of("This is an inventory of consents; most are wanted"),
            List.of("Consents before the data begins", "Delegated grants made directly in Graph log no consent"),
            Cards.references(List.of(Cards.STEAL_TOKEN), Cards.CONSENT_PLAYBOOK, Cards.AUDIT_REFERENCE),
            List.of(),
            Cards.operations(
                    List.of(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER, Operations.ADD_DELEGATED_GRANT)),
            List.of(Set.of(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER)),
            Duration.ofDays(30));

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        List<AppEvent> tenantWide = input.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.CONSENT))
                .toList();
        List<AppEvent> acts = new ArrayList<>(tenantWide);
        acts.addAll(ofUsers(input));
        acts.sort(Facts.ORDER);
        String name = "Somebody consented, or a user was assigned";
        if (acts.isEmpty()) {
            return Evaluation.of(
                    List.of(),
                    List.of(Condition.notMet(
                            name,
                            "No consent-to-application and no add-app-role-assignment-grant-to-user.",
                            List.of())));
        }
        String counted = counted(input.history().profile(), tenantWide.size());
        return Evaluation.of(
                List.of(finding(input, acts, tenantWide.size(), counted)),
                List.of(Condition.met(name, counted + ".", Facts.evidence(acts))));
    }

    private static List<AppEvent> ofUsers(DetectionInput input) {
        SubjectProfile profile = input.history().profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return List.of();
        }
        List<UserDay> days = input.application()
                .userDays(
                        profile.getFirstUserActAt().get(),
                        profile.getLastUserActAt().get(),
                        Finding.MOST_EVIDENCE);
        Set<String> tenantWide = Clicks.tenantWide(input.history());
        return days.stream()
                .flatMap(day -> day.getActs().stream())
                .filter(act -> Facts.is(act, Operations.CONSENT) || Facts.is(act, Operations.ADD_APP_ROLE_TO_USER))
                .filter(act -> Acts.assignsUser(act) || !tenantWide.contains(Clicks.click(act)))
                .toList();
    }

    private static Finding finding(DetectionInput input, List<AppEvent> acts, int tenantWide, String counted) {
        SubjectProfile profile = input.history().profile();
        AppEvent first = acts.get(0);
        List<AppEvent> evidence = Facts.evidence(acts);
        List<Participant> participants = evidence.stream()
                .limit(MOST_PARTICIPANTS)
                .map(act -> new Participant(role(act), act, input.addressOf(act)))
                .toList();
        List<String> risks = new ArrayList<>();
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return new Finding(
                List.of(),
                first.getEventTime(),
                Severity.INFORMATIONAL,
                Addresses.identity(first),
                title(acts),
                counted + ", the first by " + Facts.actor(first) + " at " + Facts.time(first.getEventTime()) + "."
                        + AppLists.approval(input.policy(), input.history()),
                evidence,
                Math.max(evidence.size(), tenantWide + profile.getConsentActs() + profile.getAssignmentActs()),
                participants,
                List.<Permission>of(),
                risks,
                Lifecycle.ended(input.history().acts()).isPresent());
    }

    /** Says when consents were blocked, and whether one went through all the same. */
    private static String title(List<AppEvent> acts) {
        if (acts.stream().noneMatch(Click::blocked)) {
            return "Consent to an application";
        }
        boolean granted = acts.stream().anyMatch(act -> Facts.is(act, Operations.CONSENT) && Facts.succeeded(act));
        return granted ? "Consent to an application, blocked and granted" : "Consent to an application, blocked";
    }

    private static String counted(SubjectProfile profile, int tenantWide) {
        List<String> parts = new ArrayList<>();
        if (profile.getConsentActs() > 0) {
            parts.add(Facts.count(profile.getConsentUsers(), "user")
                    + (profile.getConsentUsers() == 1 ? " was" : " were") + " asked for consent in "
                    + Facts.count(profile.getConsentActs(), "act"));
        }
        if (tenantWide > 0) {
            parts.add(Facts.count(tenantWide, "consent") + " for the whole tenant");
        }
        if (profile.getAssignmentActs() > 0) {
            parts.add(Facts.count(profile.getAssignedUsers(), "user")
                    + (profile.getAssignedUsers() == 1 ? " was" : " were") + " assigned for single sign-on in "
                    + Facts.count(profile.getAssignmentActs(), "act"));
        }
        return parts.isEmpty() ? "Consents were seen" : String.join(", ", parts);
    }

    private static String role(AppEvent act) {
        return Acts.assignsUser(act) ? "assigned" : "consented";
    }
}
