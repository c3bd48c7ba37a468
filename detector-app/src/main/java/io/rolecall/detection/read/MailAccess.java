package io.rolecall.detection.read;

import io.rolecall.detection.Answer;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.FirstMailUses.Use;
import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.event.Acts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.Consent;
import io.rolecall.schema.state.RegistrationSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What lets an application into mailboxes without their owners: application roles, and grants for everybody. */
public final class MailAccess {

    /** Sets whose application roles are roles for mail. */
    private static final List<String> SETS = List.of("mailbox-wide", "mailbox-read-basic", "mail");

    private static final List<String> SENDS = List.of("mail.send", "smtp.", "full_access_as_app", "ews.", "eas.");
    private static final List<String> NEITHER = List.of("mailboxsettings.", "exchange.manage");
    private static final List<String> SENDS_ONLY = List.of("mail.send", "smtp.");

    private MailAccess() {}

    /**
     * A grant that covers a use.
     *
     * @param at when it was given
     * @param act the act, while the history holds it
     */
    public record Covering(Permission permission, Instant at, Optional<AppEvent> act, boolean gone) {

        public String label() {
            return Grant.label(permission) + " at " + Facts.time(at);
        }
    }

    /** Whether its registration or service principal was seen before a use; nothing is known of how older ones got in. */
    public static Answer isSeenFromTheStart(DetectionInput in, Use use) {
        List<AppEvent> added = in.history().acts().stream()
                .filter(act -> Facts.succeeded(act)
                        && Set.of(Operations.ADD_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL)
                                .contains(act.getOperation()))
                .filter(act -> Facts.mayPrecede(act.getEventTime(), use.at()))
                .limit(1)
                .toList();
        boolean remembered = Stream.concat(
                        in.history().profile().getRegistration().map(RegistrationSummary::getAt).stream(),
                        in.history().profile().getServicePrincipalAddedAt().stream())
                .anyMatch(at -> isOfLogs(in, at) && !at.isAfter(use.at()));
        return !added.isEmpty() || remembered
                ? Answer.yes("it was added before").by(added)
                : Answer.cannotTell("its addition was not seen: it may hold what no log here tells of");
    }

    /** Whether it held no application role for mail when it was used. */
    public static Answer hasNoRole(DetectionInput in, Use use) {
        HeldRoles roles = HeldRoles.at(in, in.history().grants(), SETS, use.at());
        if (roles.any()) {
            return Answer.no(Permission.values(roles.permissions())).by(roles.acts());
        }
        boolean unnamed = in.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.ADD_APP_ROLE) && Facts.succeeded(act))
                .filter(act -> Facts.mayPrecede(act.getEventTime(), use.at()))
                .anyMatch(act -> Details.of(act, AppRole.class)
                        .filter(role -> role.getRoleId().isEmpty()
                                && role.getRoleValue().isEmpty())
                        .isPresent());
        return unnamed
                ? Answer.cannotTell("a role was given of which the log does not tell the name")
                : Answer.yes("it held none");
    }

    /** Whether no grant for everybody held when it was used. */
    public static Answer hasNoGrantForAll(DetectionInput in, Use use) {
        Optional<Grant> forAll = in.history().grants().stream()
                .filter(grant -> !grant.isOfApplication() && grant.heldAt(use.at()))
                .findFirst();
        boolean older = held(in).anyMatch(held -> held.permission().type() == Permission.Type.DELEGATED
                && held.at(use.at())
                && in.history().grants().stream()
                        .noneMatch(grant -> grant.permission().equals(held.permission())));
        boolean unnamed = in.history().acts().stream()
                .filter(act -> Facts.succeeded(act) && Facts.mayPrecede(act.getEventTime(), use.at()))
                .anyMatch(act -> Acts.isTenantWide(act)
                        && Details.of(act, Consent.class)
                                .filter(consent -> consent.getScopes().isEmpty())
                                .isPresent());
        return forAll.isPresent() || older || unnamed
                ? Answer.no("everybody's mailbox was opened by an administrator")
                        .by(forAll.map(Grant::act).stream().toList())
                : Answer.yes("there was none");
    }

    /** The earliest grant of those that were held at a use and cover it, if the logs showed it being given. */
    public static Optional<Covering> covering(DetectionInput in, Use use) {
        Stream<Covering> inHistory = in.history().grants().stream()
                .filter(grant -> grant.heldAt(use.at()) && covers(in, grant.permission(), use))
                .map(grant -> new Covering(grant.permission(), grant.time(), Optional.of(grant.act()), grant.undone()));
        Stream<Covering> older = held(in).filter(
                        held -> isOfLogs(in, held.since()) && held.at(use.at()) && covers(in, held.permission(), use))
                .filter(held -> in.history().grants().stream()
                        .noneMatch(grant -> grant.permission().equals(held.permission())))
                .map(held -> new Covering(
                        held.permission(),
                        held.since(),
                        Optional.empty(),
                        held.taken().isPresent()));
        return Stream.concat(inHistory, older)
                .min(Comparator.comparing(Covering::at).thenComparing(Covering::label));
    }

    /** Whether a grant lies so long before a use that nobody expects it any more. */
    public static boolean isLate(Covering grant, Use use, Duration after) {
        return Facts.mayPrecede(grant.at().plus(after), use.at());
    }

    private static Stream<Held> held(DetectionInput in) {
        return HeldPermissions.of(in.history().profile(), in.policy().permissionSets(), SETS).stream();
    }

    /** An import tells of times before the data begins; what the profile has from a log is no older than its first fact. */
    private static boolean isOfLogs(DetectionInput in, Instant at) {
        return !at.isBefore(in.history().profile().getFirstSeen().truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean covers(DetectionInput in, Permission permission, Use use) {
        String value = permission.value().toLowerCase(Locale.ROOT);
        return in.policy().permissionSets().contains(SETS, permission)
                && !begins(value, NEITHER)
                && (use.isSend() ? begins(value, SENDS) : !begins(value, SENDS_ONLY));
    }

    private static boolean begins(String value, List<String> beginnings) {
        return beginnings.stream().anyMatch(value::startsWith);
    }
}
