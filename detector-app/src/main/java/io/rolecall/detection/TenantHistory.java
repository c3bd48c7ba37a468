package io.rolecall.detection;

import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;

/** The history of a whole tenant: changes of what holds for all of it, as far as a detection of tenants reads them. */
public interface TenantHistory extends SubjectHistory {

    /**
     * The first successful consent of each ten minutes of UTC by a person for that person alone, ascending; without its scopes.
     *
     * @param from start, inclusive; that of that whole hour is returned
     * @param to end, inclusive
     * @param limit most to read, at least 1; the earliest win
     */
    List<AppEvent> firstConsents(Instant from, Instant to, int limit);
}
