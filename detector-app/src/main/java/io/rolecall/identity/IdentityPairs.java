package io.rolecall.identity;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.IdentityLearned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairs of App ID and object id. An application has three identifiers: the App ID, the same in every tenant, and in each tenant
 * an application object id and a service principal id. Many events carry only one of the last two, so pairs are learned from
 * every event that shows them.
 */
public final class IdentityPairs {

    /**
     * A pair that an event shows.
     *
     * @param key {@code tenant/object id}
     * @param fact the pair as a fact: operation {@code identity-learned}, with the App ID and the object id
     */
    public record Pair(String key, AppEvent fact) {}

    private IdentityPairs() {}

    /** The pairs an event shows: those of the application it is about, and that of an application which acted. */
    public static List<Pair> of(AppEvent event) {
        List<Pair> pairs = new ArrayList<>(2);
        Actor actor = event.getActor();
        if (actor.getType().equals("application")) {
            actor.getAppId().ifPresent(appId -> actor.getServicePrincipalId()
                    .ifPresent(id -> pairs.add(pair(event, appId, id))));
        }
        event.getAppId().ifPresent(appId -> {
            event.getServicePrincipalId().ifPresent(id -> pairs.add(pair(event, appId, id)));
            event.getAppObjectId().ifPresent(id -> pairs.add(pair(event, appId, id)));
        });
        return pairs;
    }

    /** The key under which a pair and the facts that wait for it meet. */
    public static String key(String tenantId, String objectId) {
        return tenantId + "/" + objectId;
    }

    /** The App ID and object id of a pair; empty when the fact is no pair. */
    public static Optional<IdentityLearned> learned(AppEvent event) {
        return Details.of(event, IdentityLearned.class);
    }

    /** A pair as a fact, learned on the occasion of an event. */
    public static AppEvent learned(AppEvent occasion, String appId, String objectId) {
        return AppEvent.newBuilder()
                .setEventId(occasion.getEventId())
                .setSource(occasion.getSource())
                .setEnvelope(occasion.getEnvelope())
                .setOperation(Operations.IDENTITY_LEARNED)
                .setRawOperation(occasion.getRawOperation())
                .setEventTime(occasion.getEventTime())
                .setTenantId(occasion.getTenantId())
                .setOutcome("success")
                .setAppId(appId)
                .setActor(occasion.getActor())
                .setDetails(new IdentityLearned(objectId))
                .setPosition(occasion.getPosition())
                .build();
    }

    private static Pair pair(AppEvent event, String appId, String objectId) {
        return new Pair(key(event.getTenantId(), objectId), learned(event, appId, objectId));
    }
}
