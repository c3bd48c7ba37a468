package io.rolecall.inventory;

import io.rolecall.policy.Guids;
import io.rolecall.schema.AppEvent;
import java.util.Locale;

/** What sets imported facts apart: they say what was there, and no log told who did it when. */
public final class ImportedFacts {

    /** Their source. */
    public static final String SOURCE = "inventory";

    private ImportedFacts() {}

    /** Whether a fact was imported. */
    public static boolean isImported(AppEvent fact) {
        return fact.getSource().equals(SOURCE);
    }

    /**
     * A fact as the topic of imported facts may have it.
     *
     * @throws IllegalArgumentException when it is none: a log's fact would count as an act, beside the logs
     */
    public static AppEvent valid(AppEvent fact) {
        if (!isImported(fact)) {
            throw new IllegalArgumentException("the source of an imported fact is " + SOURCE);
        }
        if (fact.getAppId()
                .filter(id -> Guids.isGuid(id) && id.equals(id.toLowerCase(Locale.ROOT)))
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "an imported fact needs the App ID of its application, a lower-case GUID");
        }
        return fact;
    }

    /** Event id of the fact that an object is. */
    static String eventId(String objectId) {
        return SOURCE + ":" + objectId;
    }

    /** Id of the object that a fact is made of. */
    static String objectId(AppEvent fact) {
        return fact.getEventId().substring(SOURCE.length() + 1);
    }

    /** Key on the topic of imported facts: an object of a tenant, whose facts of a later import replace those of an earlier one. */
    public static String key(String tenantId, String objectId) {
        return tenantId + "/" + objectId;
    }
}
