package io.rolecall.alert;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.ExchangeApps;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.UseSummary;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.UseHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was done in Microsoft 365, in Azure and in the directory around a finding. What was refused is told apart; a request that is
 * known only to have been made counts unless a like one was refused.
 */
final class UseReport {

    static final int MOST_HOURS = 96;

    private static final int MOST_LISTED = 20;

    private final Surroundings around;
    private final UseFit fit = new UseFit();
    private long mailRead;
    private long mailSent;
    private long files;
    private final Set<String> mailboxes = new TreeSet<>();
    private final Set<String> mailFlow = new TreeSet<>();
    private final AzureActions azure = new AzureActions();
    private final Map<String, Long> refused = new TreeMap<>();

    private UseReport(Surroundings around) {
        this.around = around;
    }

    /**
     * Summarises use.
     *
     * @param around the facts around the finding
     * @param decidedBy the deciding events, which are told as evidence
     */
    static Optional<UseSummary> of(Surroundings around, Collection<AppEvent> decidedBy) {
        UseReport report = new UseReport(around);
        around.acts().forEach(report::add);
        around.refused().forEach(report::add);
        around.uses().forEach(report::add);
        around.azure().forEach(report::add);
        around.personal().forEach(use -> report.add(use.first()));
        report.azure.leaveOut(report.refused.keySet());
        report.azure.firsts().forEach(at -> report.fit.used(UseFit.AZURE, at));
        Set<String> deciding = decidedBy.stream().map(AppEvent::getEventId).collect(Collectors.toSet());
        List<AppEvent> directory = DoneInDirectory.of(around, deciding);
        DoneInDirectory.refused(around).forEach(act -> report.refuse(act.getOperation(), 1));
        return report.isEmpty() && directory.isEmpty() ? Optional.empty() : Optional.of(report.summary(directory));
    }

    private UseSummary summary(List<AppEvent> directory) {
        return UseSummary.newBuilder()
                .setMailRead(mailRead)
                .setMailSent(mailSent)
                .setMailboxes(listed(mailboxes))
                .setFiles(files)
                .setMailFlow(listed(mailFlow))
                .setAzureActions(listed(azure.names()))
                .setNotCovered(fit.notCovered(around))
                .setRefused(refused.entrySet().stream()
                        .map(one -> one.getKey() + " x " + one.getValue())
                        .limit(MOST_LISTED)
                        .toList())
                .setDirectory(directory.stream()
                        .map(act -> Micros.text(act.getEventTime()) + " " + Sentences.of(act))
                        .toList())
                .setFirstUsedLate(fit.firstUsedLate(around))
                .setLimits(limits())
                .build();
    }

    private static List<String> listed(Collection<String> values) {
        return values.stream().limit(MOST_LISTED).toList();
    }

    /** An act that is not rolled up: a change of mail flow, and all use of an application whose App ID is not known yet. */
    private void add(AppEvent act) {
        @Nullable Object details = act.getDetails().orElse(null);
        boolean succeeded = Facts.succeeded(act);
        if (details instanceof MailFlow flow) {
            // What an id of Exchange's own turned out to stand for is Exchange's work and nobody's.
            if (act.getAppId().filter(ExchangeApps::isOwn).isEmpty()) {
                if (succeeded) {
                    mailFlow.add(flow.getCmdlet());
                    fit.used(UseFit.MAIL_FLOW, act.getEventTime());
                } else {
                    refuse(flow.getCmdlet(), 1);
                }
            }
        } else if (details instanceof Activity activity) {
            if (AzureActions.isOf(around.history(), act)) {
                azure(activity.getAction().orElse(act.getOperation()), act, 1);
            }
        } else if (details instanceof MailboxUse use) {
            String action = "mail-" + use.getAction();
            if (succeeded) {
                mail(
                        action,
                        use.getMailbox(),
                        act.getEventTime(),
                        use.getItems().orElse(1L));
            } else {
                refuse(action, 1);
            }
        } else if (details instanceof FileUse) {
            if (succeeded) {
                files(act.getEventTime(), 1);
            } else {
                refuse(act.getOperation(), 1);
            }
        }
    }

    private void add(UseHour hour) {
        AppEvent first = hour.getFirstEvent().orElse(null);
        if (first != null && !Facts.succeeded(first)) {
            refuse(hour.getAction(), hour.getEvents());
        } else if (hour.getAction().startsWith("mail-")) {
            mail(hour.getAction(), hour.getMailbox(), hour.getFirst(), hour.getItems());
        } else {
            files(hour.getFirst(), hour.getEvents());
        }
    }

    private void add(AzureSlot slot) {
        azure(slot.getAction(), slot.getFirst(), slot.getEvents());
    }

    private void mail(String action, Optional<String> mailbox, Instant first, long items) {
        if (action.equals("mail-send")) {
            mailSent += items;
        } else {
            mailRead += items;
        }
        mailbox.ifPresent(mailboxes::add);
        fit.used(UseFit.MAIL, first);
    }

    private void files(Instant first, long events) {
        files += events;
        fit.used(UseFit.FILES, first);
    }

    private void azure(String action, AppEvent act, long events) {
        if (!azure.take(action, act)) {
            refuse(action, events);
        }
    }

    private void refuse(String what, long events) {
        refused.merge(what, events, Long::sum);
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (around.usesCut()) {
            limits.add("there was more use of mail and files than is counted here, which is the earliest");
        }
        if (around.azureCut()) {
            limits.add("there was more activity in Azure than is told here, which is the earliest");
        }
        if (around.personal().stream()
                .anyMatch(use -> !(use.first().getDetails().orElse(null) instanceof SignIn))) {
            limits.add("of a person, only the first use from each network that was new to them is counted");
        }
        if (around.history().actsCut() && around.history().subject().kind() != SubjectKind.TENANT) {
            limits.add("there were very many acts, of which some stand for all");
        }
        return limits;
    }

    private boolean isEmpty() {
        return mailRead == 0
                && mailSent == 0
                && files == 0
                && mailboxes.isEmpty()
                && mailFlow.isEmpty()
                && azure.names().isEmpty()
                && refused.isEmpty();
    }
}
