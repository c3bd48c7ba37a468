package io.rolecall.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where and with what an act was done.
 *
 * @param addresses in the order of the field they stand in, without doubles; the first is the actor's, the others count as seen
 * @param userAgent as logged; null when absent
 * @param tokenService whether Entra's token service wrote the event: the address is then its own and tells nothing of who acted
 */
record Origin(List<String> addresses, @Nullable String userAgent, boolean tokenService) {

    private static final String AGENT = "evosts";

    /** Display name and App ID of the token service, as in the shipped list of Microsoft's applications. */
    private static final String NAME = "azure ests service";

    private static final String APP_ID = "00000001-0000-0000-c000-000000000000";

    /**
     * An origin.
     *
     * @param labels every name and App ID by which the event calls its actor, whatever else it calls it
     */
    static Origin of(List<String> addresses, @Nullable String userAgent, @Nullable String... labels) {
        String agent = Values.present(userAgent);
        boolean tokenService = isAgent(agent);
        for (String label : labels) {
            tokenService |= label != null && isLabel(label);
        }
        return new Origin(addresses, agent, tokenService);
    }

    /** The agent as it is, or with a version after it. */
    private static boolean isAgent(@Nullable String agent) {
        if (agent == null || !agent.regionMatches(true, 0, AGENT, 0, AGENT.length())) {
            return false;
        }
        return agent.length() == AGENT.length() || !Character.isLetterOrDigit(agent.charAt(AGENT.length()));
    }

    private static boolean isLabel(String label) {
        return label.equalsIgnoreCase(NAME) || label.equalsIgnoreCase(APP_ID);
    }
}
