package io.rolecall.alert;

import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.ExchangeApps;
import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.UseSummary;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was done in Microsoft 365 and Azure, and whether a permission that was seen granted covers it. */
final class UseReport {

    static final int MOST_HOURS = 96;

    private static final int MOST_LISTED = 20;

    private static final Duration COPIES_DIFFER = Duration.ofMinutes(1);

    /** Beginnings of permission names that let an application into mailboxes; Graph and Exchange Online. */
    private static final List<String> MAIL = List.of(
            "Mail.", "full_access_as_app", "EWS.AccessAsUser.All", "IMAP.AccessAs", "POP.AccessAs", "SMTP.Send");

    private static final List<String> FILES = List.of("Files.", "Sites.", "AllSites.", "MyFiles.");

    private long mailRead;
    private long mailSent;
    private long files;
    private final Set<String> mailboxes = new TreeSet<>();
    private final Set<String> mailFlow = new TreeSet<>();
    private final Set<String> azureActions = new TreeSet<>();

    private UseReport() {}

    /**
     * Summarises use.
     *
     * @param history the subject's history, for whether its permissions are known since its registration
     * @param acts successful acts around the finding
     * @param userActs acts of single users around it, which may have granted scopes
     * @param hours use of mail and files around it, rolled up
     * @param azure activity in Azure around it, rolled up
     */
    static Optional<UseSummary> of(
            SubjectHistory history,
            List<AppEvent> acts,
            List<AppEvent> userActs,
            List<UseHour> hours,
            List<AzureSlot> azure) {
        UseReport report = new UseReport();
        acts.forEach(report::add);
        hours.forEach(report::add);
        azure.stream()
                .filter(slot -> slot.getOutcome().equals("success"))
                .forEach(slot -> report.azureActions.add(slot.getAction()));
        if (report.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(UseSummary.newBuilder()
                .setMailRead(report.mailRead)
                .setMailSent(report.mailSent)
                .setMailboxes(report.mailboxes.stream().limit(MOST_LISTED).toList())
                .setFiles(report.files)
                .setMailFlow(report.mailFlow.stream().limit(MOST_LISTED).toList())
                .setAzureActions(report.azureActions.stream().limit(MOST_LISTED).toList())
                .setNotCovered(isKnownInFull(history) ? report.notCovered(granted(acts, userActs)) : List.of())
                .build());
    }

    private void add(AppEvent act) {
        @Nullable Object details = act.getDetails().orElse(null);
        if (details instanceof MailFlow flow) {
            // What an id of Exchange's own turned out to stand for is Exchange's work and nobody's.
            if (act.getAppId().filter(ExchangeApps::isOwn).isEmpty()) {
                mailFlow.add(flow.getCmdlet());
            }
        } else if (details instanceof Activity activity) {
            activity.getAction().ifPresent(azureActions::add);
        }
    }

    private void add(UseHour hour) {
        switch (hour.getAction()) {
            case "mail-read" -> mailRead += hour.getItems();
            case "mail-send" -> mailSent += hour.getItems();
            default -> files += hour.getEvents();
        }
        hour.getMailbox().ifPresent(mailboxes::add);
    }

    private boolean isEmpty() {
        return mailRead == 0
                && mailSent == 0
                && files == 0
                && mailboxes.isEmpty()
                && mailFlow.isEmpty()
                && azureActions.isEmpty();
    }

    /**
     * Only where every grant since the registration is in view can it be said that none covers a use. The profile knows the
     * registration by its earliest copy, the acts by the best, and copies in two logs differ by less than {@link #COPIES_DIFFER}.
     */
    private static boolean isKnownInFull(SubjectHistory history) {
        return history.profile()
                .getRegistration()
                .map(RegistrationSummary::getAt)
                .filter(at -> !history.actsCut())
                .filter(at -> history.acts().stream()
                        .anyMatch(act -> act.getOperation().equals(Operations.ADD_APPLICATION)
                                && Duration.between(at, act.getEventTime())
                                                .abs()
                                                .compareTo(COPIES_DIFFER)
                                        <= 0))
                .isPresent();
    }

    private static Set<String> granted(List<AppEvent> acts, List<AppEvent> userActs) {
        Set<String> granted = new TreeSet<>();
        Stream.concat(acts.stream(), userActs.stream())
                .filter(act -> act.getOutcome().equals("success"))
                .forEach(act -> {
                    @Nullable Object details = act.getDetails().orElse(null);
                    if (details instanceof AppRole role) {
                        role.getRoleValue().ifPresent(granted::add);
                    } else if (details instanceof DelegatedGrant grant) {
                        granted.addAll(grant.getScopes());
                        granted.addAll(grant.getAdded());
                    } else if (details instanceof Consent consent) {
                        granted.addAll(consent.getScopes());
                    }
                });
        return granted;
    }

    private List<String> notCovered(Set<String> granted) {
        List<String> uncovered = new ArrayList<>();
        if (mailRead + mailSent > 0 && !covers(granted, MAIL)) {
            uncovered.add("mail used, but no mail permission was granted since the registration");
        }
        if (files > 0 && !covers(granted, FILES)) {
            uncovered.add("files used, but no file permission was granted since the registration");
        }
        if (!mailFlow.isEmpty() && !covers(granted, List.of("Exchange.ManageAsApp", "Exchange.Manage"))) {
            uncovered.add("mail flow changed, but no Exchange administration permission was granted"
                    + " since the registration");
        }
        return uncovered;
    }

    private static boolean covers(Set<String> granted, List<String> beginnings) {
        return granted.stream().anyMatch(value -> beginnings.stream()
                .anyMatch(beginning -> value.regionMatches(true, 0, beginning, 0, beginning.length())));
    }
}
