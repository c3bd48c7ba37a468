package io.rolecall.identity;

import io.rolecall.event.Actors;
import io.rolecall.event.DerivedFacts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.IdentityLearned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * The names that an event shows to be one person's: each of them beside the best, under which the person is followed. A person has
     * an object id, a user principal name, which may change, and a PUID.
     *
     * @return pairs whose key is that of the subject of the lesser name; none of an application
     */
    public static List<Pair> ofPerson(AppEvent event) {
        List<String> names = Actors.names(event.getActor());
        return names.stream()
                .skip(1)
                .map(name -> ofPerson(event, name, names.get(0)))
                .toList();
    }

    /**
     * A pair of two names of one person, learned on the occasion of an event.
     *
     * @param name the lesser name
     * @param better the one to follow the person by
     */
    public static Pair ofPerson(AppEvent occasion, String name, String better) {
        Subject subject = Subject.actor(occasion.getTenantId(), name);
        Actor person = Actors.named(better);
        return new Pair(
                subject.key(),
                AppEvent.newBuilder(learned(occasion, null, name))
                        .setActor(person)
                        .build());
    }

    /** The better name in a pair of names of one person. */
    public static Optional<String> betterName(AppEvent learned) {
        return Actors.person(learned.getActor());
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
    public static AppEvent learned(AppEvent occasion, @Nullable String appId, String objectId) {
        return DerivedFacts.of(occasion, Operations.IDENTITY_LEARNED)
                .setAppId(appId)
                .setDetails(new IdentityLearned(objectId))
                .build();
    }

    private static Pair pair(AppEvent event, String appId, String objectId) {
        return new Pair(key(event.getTenantId(), objectId), learned(event, appId, objectId));
    }
}
