package io.rolecall.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the settings of one tenant that say what users may do with applications.
 *
 * @param tenantId tenant, lower case
 * @param settings the latest known change of each
 * @param alerts open alerts about the tenant
 * @param lastEvent time of the latest event about it; null when there is none
 */
public record KnownTenant(
        String tenantId,
        List<Setting> settings,
        List<KnownApplication.Raised> alerts,
        @Nullable Instant lastEvent) {

    /**
     * A setting as its latest change left it.
     *
     * @param name as logged
     * @param property its name in letters alone, lower case
     * @param value value after the change
     * @param was value before it
     * @param since when it was changed
     * @param by who changed it
     * @param way {@code wider}, {@code narrower} or {@code unknown}: what the change let users do
     */
    public record Setting(
            String name,
            String property,
            @Nullable String value,
            @Nullable String was,
            Instant since,
            @Nullable String by,
            String way) {

        boolean isWider() {
            return way.equals("wider");
        }
    }
}
