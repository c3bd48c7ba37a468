package io.rolecall.event;

import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which subjects a fact is given to, and for which part: a fact that concerns two is written once for each. */
public final class Subjects {

    private Subjects() {}

    /**
     * The subjects of a fact, the main one first; empty when it concerns nobody who is followed. An application of which the event
     * carries only an object id is unresolved.
     */
    public static List<Ownership> owners(AppEvent event) {
        List<Ownership> owners = new ArrayList<>(targets(event));
        actingApplication(event)
                .map(subject -> new Ownership(subject, Involvement.INITIATOR))
                .ifPresent(owners::add);
        person(event)
                .map(subject -> new Ownership(subject, Involvement.INITIATOR))
                .ifPresent(owners::add);
        return owners;
    }

    /** Those of them that the fact is about, the main one first. */
    public static List<Ownership> targets(AppEvent event) {
        List<Ownership> owners = new ArrayList<>(2);
        application(event)
                .map(subject -> new Ownership(subject, Involvement.TARGET))
                .ifPresent(owners::add);
        // The record also tells of single users made or given another password.
        if (event.getDetails().orElse(null) instanceof ConsentPolicyChange
                && !Operations.USER_CHANGES.contains(event.getOperation())) {
            owners.add(new Ownership(Subject.tenant(event.getTenantId()), Involvement.TARGET));
        }
        return owners;
    }

    /**
     * The one subject whose alert an act is, where a detection evaluates applications and people alike: the application that has
     * this part in it, else the person who did it. What it gives may change with what becomes known of the act.
     */
    public static Optional<Subject> owner(AppEvent act, Involvement part) {
        Optional<Subject> application = part == Involvement.TARGET ? application(act) : actingApplication(act);
        return application.or(() -> person(act));
    }

    /**
     * The application a fact is about: by App ID, else the unresolved one of its service principal or registration. A change of mail
     * flow names none; it is about the application that made it, which is never Exchange itself.
     */
    public static Optional<Subject> application(AppEvent event) {
        Optional<String> appId = event.getAppId();
        if (Details.of(event, MailFlow.class).isPresent()) {
            appId = appId.or(() -> event.getActor().getAppId());
            if (appId.filter(ExchangeApps::isOwn).isPresent()) {
                return Optional.empty();
            }
        }
        return appId.map(id -> Subject.application(event.getTenantId(), id))
                .or(() -> objectId(event).map(id -> Subject.unresolved(event.getTenantId(), id)));
    }

    /**
     * The application that did an act in the directory, by App ID, else the unresolved one of its service principal; empty when a
     * person did it. What an application does elsewhere (signs in, uses mail and files, acts in Azure) is about itself anyway.
     */
    public static Optional<Subject> actingApplication(AppEvent event) {
        Actor actor = event.getActor();
        if (!actor.getType().equals("application") || !isOfDirectory(event)) {
            return Optional.empty();
        }
        return actor.getAppId()
                .map(id -> Subject.application(event.getTenantId(), id))
                .or(() -> actor.getServicePrincipalId().map(id -> Subject.unresolved(event.getTenantId(), id)));
    }

    /** The person who did it; empty for applications, for shared labels, and for what is too much to follow a person by. */
    public static Optional<Subject> person(AppEvent event) {
        return isUse(event)
                ? Optional.empty()
                : Actors.person(event.getActor()).map(name -> Subject.actor(event.getTenantId(), name));
    }

    /**
     * The object id by which an event without App ID names its application: service principal id, else registration; of a change of
     * mail flow the service principal that made it.
     */
    public static Optional<String> objectId(AppEvent event) {
        return event.getServicePrincipalId().or(event::getAppObjectId).or(() -> mailFlowCaller(event));
    }

    /** The object id by which a copy of a fact names the application for which it was written, where it lacks the App ID. */
    public static Optional<String> unresolvedId(AppEvent copy) {
        return Involvement.of(copy) == Involvement.INITIATOR ? copy.getActor().getServicePrincipalId() : objectId(copy);
    }

    /** The copy of a fact for the subject that has this part in it. */
    public static AppEvent copyFor(AppEvent event, Involvement part) {
        // A person has no other part, and a copy for one reads like the event.
        return part == Involvement.INITIATOR && event.getActor().getType().equals("application")
                ? AppEvent.newBuilder(event).setPart(part.label()).build()
                : event;
    }

    /** A copy of a fact once the App ID of the application is known for which it was written. */
    public static AppEvent resolved(AppEvent copy, String appId) {
        if (Involvement.of(copy) == Involvement.INITIATOR) {
            Actor actor = Actor.newBuilder(copy.getActor()).setAppId(appId).build();
            return AppEvent.newBuilder(copy).setActor(actor).build();
        }
        return AppEvent.newBuilder(copy).setAppId(appId).setAppIdResolved(true).build();
    }

    /** Whether an event is an act in the directory: neither a sign-in or use, nor of mail flow or Azure. */
    public static boolean isOfDirectory(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return !isUse(event) && !(details instanceof MailFlow || details instanceof Activity);
    }

    /** Whether an event is a sign-in, or use of mail or files, of which people do so much that it is not kept act by act. */
    public static boolean isUse(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return details instanceof SignIn || details instanceof MailboxUse || details instanceof FileUse;
    }

    private static Optional<String> mailFlowCaller(AppEvent event) {
        return Details.of(event, MailFlow.class).isPresent()
                        && event.getActor().getType().equals("application")
                ? event.getActor().getServicePrincipalId()
                : Optional.empty();
    }
}
