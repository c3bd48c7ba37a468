package io.rolecall.topology;

import io.rolecall.event.FirstConsents;
import io.rolecall.schema.AppEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which first consents of ten minutes a task has told tenants lately, so that of many consents few are told. It forgets the oldest:
 * telling again changes nothing.
 */
final class RecentConsents {

    private static final int MOST = 1 << 12;

    private final Map<String, AppEvent> told = new LinkedHashMap<>();

    /** What a tenant and ten minutes have in common. */
    static String key(AppEvent consent) {
        return consent.getTenantId() + "\n" + FirstConsents.slot(consent);
    }

    /** Whether no earlier one of its ten minutes has been told; it has been from now on. */
    boolean isNews(AppEvent consent) {
        String key = key(consent);
        AppEvent known = told.get(key);
        if (known != null && FirstConsents.ORDER.compare(consent, known) >= 0) {
            return false;
        }
        told.put(key, consent);
        if (told.size() > MOST) {
            told.remove(told.keySet().iterator().next());
        }
        return true;
    }

    /** A task that begins again may have told what its last transaction did not commit. */
    void forget() {
        told.clear();
    }
}
