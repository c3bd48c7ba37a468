package io.rolecall.inventory;

import io.rolecall.schema.AppEvent;

/** What sets imported facts apart: they say what was there, and no log told who did it when. */
public final class ImportedFacts {

    /** Their source. */
    public static final String SOURCE = "inventory";

    private ImportedFacts() {}

    /** Whether a fact was imported. */
    public static boolean isImported(AppEvent fact) {
        return fact.getSource().equals(SOURCE);
    }

    /** Key on the topic of imported facts: an object of a tenant, whose facts of a later import replace those of an earlier one. */
    public static String key(String tenantId, String objectId) {
        return tenantId + "/" + objectId;
    }
}
