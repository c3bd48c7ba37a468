package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.read.DirectoryRoles;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.state.RegistrationSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether use fits what the application was given, and when it began: only where everything since the registration is in view can it
 * be said that no grant covers a use, and which use of a workload was the first.
 */
final class UseFit {

    static final String MAIL = "mail";
    static final String FILES = "files";
    static final String MAIL_FLOW = "mail flow";
    static final String AZURE = "Azure";

    /** So long after the rest a first use is late. */
    static final Duration LATE = Duration.ofDays(7);

    /** Beginnings of permission names that let an application into mailboxes; Graph and Exchange Online. */
    private static final List<String> OF_MAIL = List.of(
            "Mail.", "full_access_as_app", "EWS.AccessAsUser.All", "IMAP.AccessAs", "POP.AccessAs", "SMTP.Send");

    private static final List<String> OF_FILES = List.of("Files.", "Sites.", "AllSites.", "MyFiles.");

    private static final List<String> OF_EXCHANGE = List.of("Exchange.ManageAsApp", "Exchange.Manage");

    /**
     * Directory roles that administer Exchange: Global Administrator, Exchange Administrator, Exchange Recipient Administrator
     * (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).
     */
    private static final Set<String> EXCHANGE_ROLES = Set.of(
            "62e90394-69f5-4237-9190-012177145e10",
            "29232cdf-9323-42fd-ade2-1d097af3e4de",
            "31392ffb-586c-42d1-9346-e59415a2cc4e");

    private final Map<String, Instant> firsts = new TreeMap<>();

    /** Takes note of a use that succeeded. */
    void used(String workload, Instant at) {
        FirstTimes.note(firsts, workload, at);
    }

    /** Sentences about use that no grant covers. */
    List<String> notCovered(Surroundings around) {
        if (firsts.isEmpty() || !isKnownInFull(around) || around.daysCut()) {
            return List.of();
        }
        Set<String> granted = granted(around);
        List<String> uncovered = new ArrayList<>();
        if (firsts.containsKey(MAIL) && !covers(granted, OF_MAIL)) {
            uncovered.add("mail used, but no mail permission was granted since the registration");
        }
        if (firsts.containsKey(FILES) && !covers(granted, OF_FILES)) {
            uncovered.add("files used, but no file permission was granted since the registration");
        }
        if (firsts.containsKey(MAIL_FLOW)
                && !covers(granted, OF_EXCHANGE)
                && around.acts().stream().noneMatch(UseFit::administersExchange)) {
            uncovered.add("mail flow changed, but no Exchange administration permission was granted"
                    + " since the registration");
        }
        return uncovered;
    }

    /** Sentences about workloads that were first used long after the rest. */
    List<String> firstUsedLate(Surroundings around) {
        if (firsts.size() < 2 || !isKnownInFull(around) || around.usesCut() || around.azureCut()) {
            return List.of();
        }
        List<Map.Entry<String, Instant>> inOrder = FirstTimes.inOrder(firsts).toList();
        List<String> rest = new ArrayList<>();
        List<String> late = new ArrayList<>();
        Instant begun = inOrder.get(0).getValue();
        for (Map.Entry<String, Instant> use : inOrder) {
            Duration after = Duration.between(begun, use.getValue());
            if (late.isEmpty() && after.compareTo(LATE) < 0) {
                rest.add(use.getKey());
                begun = use.getValue();
            } else {
                late.add(use.getKey() + " first used at " + Micros.text(use.getValue()) + ", "
                        + DisplayNames.count(after.toDays(), "day", "days") + " after "
                        + DisplayNames.list(rest.stream().sorted().toList()));
            }
        }
        return late;
    }

    /**
     * The profile knows the registration by its earliest copy, the acts by the best, and copies in two logs differ by less than {@link
     * Facts#CLOCK_SKEW}.
     */
    private static boolean isKnownInFull(Surroundings around) {
        SubjectHistory history = around.history();
        return history instanceof ApplicationHistory
                && history.profile()
                        .getRegistration()
                        .map(RegistrationSummary::getAt)
                        .filter(at -> !history.actsCut() && !at.isBefore(around.earliest()))
                        .filter(at -> history.acts().stream()
                                .anyMatch(act -> act.getOperation().equals(Operations.ADD_APPLICATION)
                                        && Duration.between(at, act.getEventTime())
                                                        .abs()
                                                        .compareTo(Facts.CLOCK_SKEW)
                                                <= 0))
                        .isPresent();
    }

    private static Set<String> granted(Surroundings around) {
        Set<String> granted = new TreeSet<>();
        Stream.concat(around.acts().stream(), around.userActs().stream())
                .filter(Facts::succeeded)
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

    private static boolean administersExchange(AppEvent act) {
        return act.getDetails().orElse(null) instanceof DirectoryRole role
                && DirectoryRoles.GIVES.contains(act.getOperation())
                && role.getRoleTemplateId().filter(EXCHANGE_ROLES::contains).isPresent();
    }

    private static boolean covers(Set<String> granted, List<String> beginnings) {
        return granted.stream().anyMatch(value -> beginnings.stream()
                .anyMatch(beginning -> value.regionMatches(true, 0, beginning, 0, beginning.length())));
    }
}
