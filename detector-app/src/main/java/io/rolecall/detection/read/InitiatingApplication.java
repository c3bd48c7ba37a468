package io.rolecall.detection.read;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.QuestionKind;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The application that did an act on another, with what it tells of itself.
 *
 * @param act the act, whose actor is an application
 * @param told what its own history tells; empty while nothing is known of it, and when the log names no id to ask by
 */
public record InitiatingApplication(AppEvent act, Optional<ActingApplication> told) {

    /**
     * What Microsoft's own initiators are called that log no id at all, lower case: of all others the name says nothing. Each stands
     * in public samples of the audit log, the last as {@code UserId} of the unified audit log.
     */
    private static final Set<String> MICROSOFT_LABELS =
            Set.of("microsoft azure ad internal - jit provisioning", "microsoft online services", "certificate");

    /** Whose application it is, by the tenant that owns it; learned at any time, it holds for all its acts. */
    public enum Owner {
        MICROSOFT,
        ANOTHER,
        UNKNOWN
    }

    /** Who did an act; a detection that asks this declares the question {@link QuestionKind#ACTING_APPLICATION}. */
    public static InitiatingApplication of(DetectionInput in, AppEvent act) {
        return new InitiatingApplication(act, ActingApplication.of(in.answers(act, QuestionKind.ACTING_APPLICATION)));
    }

    /** Service principal id, else display name, else App ID: what an alert about its acts hangs on. */
    public String key() {
        Actor actor = act.getActor();
        return actor.getServicePrincipalId()
                .or(actor::getName)
                .or(actor::getAppId)
                .orElse("-")
                .toLowerCase(Locale.ROOT);
    }

    public Owner owner() {
        Actor actor = act.getActor();
        if (actor.getAppId().filter(MicrosoftApps::isFirstParty).isPresent() || isLabelOfMicrosoft()) {
            return Owner.MICROSOFT;
        }
        return told.flatMap(ActingApplication::ownerTenant)
                .map(tenant -> MicrosoftApps.isOwner(tenant) ? Owner.MICROSOFT : Owner.ANOTHER)
                .orElse(Owner.UNKNOWN);
    }

    /** Why {@link #owner} is what it is. */
    public String because() {
        Actor actor = act.getActor();
        Optional<String> tenant = told.flatMap(ActingApplication::ownerTenant);
        if (isLabelOfMicrosoft()) {
            return "an initiator of Microsoft's that logs no id: " + Facts.actor(act);
        }
        if (actor.getAppId().filter(MicrosoftApps::isFirstParty).isPresent()) {
            return "App ID " + actor.getAppId().orElseThrow() + " is Microsoft's";
        }
        return Facts.actor(act)
                + tenant.map(id -> " is owned by tenant " + id)
                        .orElse(
                                namesAnId()
                                        ? ": no sign-in and no registration tells who owns it"
                                        : " logs no id, and is none of Microsoft's known initiators");
    }

    /** When it was registered or added here, if that was at most so long before the act. */
    public Optional<Instant> youngSince(Duration young) {
        return told.stream()
                .flatMap(one -> Stream.concat(one.registered().stream(), one.added().stream()))
                .filter(since -> isWithin(since, young))
                .max(Comparator.naturalOrder());
    }

    /**
     * The permissions of tier 0 that it was newly given at most so long before the act, by name, each once.
     *
     * @param ownAct whether the act gave it to the application itself: what it gave then was not there before
     */
    public List<String> newlyPrivileged(Duration within, boolean ownAct) {
        return told.stream()
                .flatMap(one -> one.tier0().stream())
                .filter(tenure -> isWithin(tenure.since(), within))
                .filter(tenure -> !ownAct || !tenure.since().equals(act.getEventTime()))
                .map(tenure -> tenure.permission().value())
                .distinct()
                .toList();
    }

    /** Whether it did the act on itself. */
    public boolean isItself() {
        Actor actor = act.getActor();
        return same(actor.getServicePrincipalId(), act.getServicePrincipalId())
                || same(actor.getAppId(), act.getAppId());
    }

    private boolean isWithin(Instant earlier, Duration atMost) {
        Instant time = act.getEventTime();
        return Facts.mayPrecede(earlier, time) && Facts.mayPrecede(time, earlier.plus(atMost));
    }

    private boolean namesAnId() {
        Actor actor = act.getActor();
        return actor.getServicePrincipalId()
                .or(actor::getAppId)
                .or(actor::getId)
                .isPresent();
    }

    private boolean isLabelOfMicrosoft() {
        return !namesAnId()
                && act.getActor()
                        .getName()
                        .filter(name -> MICROSOFT_LABELS.contains(name.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.isPresent()
                && other.filter(one.orElseThrow()::equalsIgnoreCase).isPresent();
    }
}
