package io.rolecall.policy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Domains below which anybody gets a host name of their own within minutes: free hosting, dynamic names, tunnels to a machine of
 * one's own, catchers of requests. Each row of the table names its source. Hosting that companies use as a matter of course
 * ({@code azurewebsites.net}, {@code web.core.windows.net}) is not among them.
 */
public final class FreeHosts {

    private static final Map<String, String> KINDS = ReferenceData.rows("reference/free-hosts.csv").stream()
            .collect(Collectors.toUnmodifiableMap(
                    row -> ReferenceData.column(row, "host"), row -> ReferenceData.column(row, "kind")));

    private FreeHosts() {}

    /**
     * The kind of a domain of the table.
     *
     * @param domain domain, lower case
     * @return {@code free} or {@code tunnel}; empty for any other, also for one below or above it
     */
    public static Optional<String> kind(String domain) {
        return Optional.ofNullable(KINDS.get(domain));
    }
}
