package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which subjects a fact is given to: a fact that concerns two is written once for each. */
public final class Subjects {

    private Subjects() {}

    /**
     * The subjects of a fact, the main one first; empty when it concerns nobody who is followed. The application is unresolved
     * when the event carries only an object id.
     */
    public static List<Subject> of(AppEvent event) {
        List<Subject> subjects = new ArrayList<>(2);
        application(event).ifPresent(subjects::add);
        Object details = event.getDetails().orElse(null);
        // The record also tells of single users made or given another password.
        if (details instanceof ConsentPolicyChange && !Operations.USER_CHANGES.contains(event.getOperation())) {
            subjects.add(Subject.tenant(event.getTenantId()));
        }
        boolean bulk = details instanceof SignIn || details instanceof MailboxUse || details instanceof FileUse;
        if (!bulk) {
            Actors.key(event.getActor())
                    .map(key -> Subject.actor(event.getTenantId(), key))
                    .ifPresent(subjects::add);
        }
        return subjects;
    }

    /**
     * The application a fact is about: by App ID, else unresolved, by its service principal or registration. A change of mail flow
     * names none; it is about the application that made it, which is never Exchange itself.
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
     * The object id by which an event without App ID names its application: service principal id, else registration; of a change of
     * mail flow the service principal that made it.
     */
    public static Optional<String> objectId(AppEvent event) {
        return event.getServicePrincipalId().or(event::getAppObjectId).or(() -> mailFlowCaller(event));
    }

    private static Optional<String> mailFlowCaller(AppEvent event) {
        return Details.of(event, MailFlow.class).isPresent()
                        && event.getActor().getType().equals("application")
                ? event.getActor().getServicePrincipalId()
                : Optional.empty();
    }
}
