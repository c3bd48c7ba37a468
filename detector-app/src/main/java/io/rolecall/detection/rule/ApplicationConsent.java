package io.rolecall.detection.rule;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
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

    private static final Reads READS = Reads.of(Clicks.OPERATIONS)
            .needing(Operations.CONSENT, Operations.ADD_APP_ROLE_TO_USER)
            .within(Duration.ofDays(30));

    @Override
    public String id() {
        return "application-consent";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        List<AppEvent> tenantWide = in.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.CONSENT))
                .toList();
        List<AppEvent> acts = new ArrayList<>(tenantWide);
        acts.addAll(ofUsers(in));
        acts.sort(Facts.ORDER);
        String counted = counted(in.history().profile(), tenantWide.size());
        return in.candidates(
                        "Somebody consented, or a user was assigned",
                        acts,
                        act -> act,
                        act -> counted,
                        "No consent-to-application and no add-app-role-assignment-grant-to-user")
                .findOne(all -> finding(in, all, tenantWide.size(), counted));
    }

    private static List<AppEvent> ofUsers(DetectionInput in) {
        SubjectProfile profile = in.history().profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return List.of();
        }
        List<UserDay> days = in.application()
                .userDays(
                        profile.getFirstUserActAt().get(),
                        profile.getLastUserActAt().get(),
                        Finding.MOST_EVIDENCE);
        Set<String> tenantWide = Clicks.tenantWide(in.history());
        return days.stream()
                .flatMap(day -> day.getActs().stream())
                .filter(act -> Facts.is(act, Operations.CONSENT) || Facts.is(act, Operations.ADD_APP_ROLE_TO_USER))
                .filter(act -> Acts.assignsUser(act) || !tenantWide.contains(Clicks.click(act)))
                .toList();
    }

    private static Finding finding(DetectionInput in, List<AppEvent> acts, int tenantWide, String counted) {
        SubjectProfile profile = in.history().profile();
        AppEvent first = acts.get(0);
        FindingBuilder finding = in.finding(first)
                .severity(Severity.INFORMATIONAL)
                .confidence(Addresses.identity(first))
                .title(title(acts))
                .says(counted + ", the first by " + Facts.actor(first) + " at " + Facts.time(first.getEventTime())
                        + ".")
                .only(acts)
                .counted(tenantWide + profile.getConsentActs() + profile.getAssignmentActs());
        Facts.evidence(acts).stream()
                .limit(MOST_PARTICIPANTS)
                .forEach(act -> finding.by(Acts.assignsUser(act) ? "assigned" : "consented", act));
        return finding.build();
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
            parts.add(asked(profile.getConsentUsers(), profile.getConsentActs(), " asked for consent in "));
        }
        if (tenantWide > 0) {
            parts.add(Facts.count(tenantWide, "consent") + " for the whole tenant");
        }
        if (profile.getAssignmentActs() > 0) {
            parts.add(
                    asked(profile.getAssignedUsers(), profile.getAssignmentActs(), " assigned for single sign-on in "));
        }
        return parts.isEmpty() ? "Consents were seen" : String.join(", ", parts);
    }

    private static String asked(long users, long acts, String what) {
        return Facts.count(users, "user") + (users == 1 ? " was" : " were") + what + Facts.count(acts, "act");
    }
}
