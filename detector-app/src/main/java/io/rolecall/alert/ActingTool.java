package io.rolecall.alert;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** With what tool an act was done, as far as the log tells: by the client's App ID, else by the user agent. */
final class ActingTool {

    private static final String CONSENT_PROMPT = "consent-prompt";
    private static final String PORTAL = "portal";
    private static final String GRAPH = "graph";
    private static final String AZURE_CLI = "azure-cli";
    private static final String POWERSHELL = "powershell";

    /** Clients of Microsoft, listed in its page on verifying first-party applications. */
    private static final Map<String, String> BY_CLIENT = Map.of(
            "74658136-14ec-4630-ad9b-26e160ff0fc6", PORTAL, // ADIbizaUX
            "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", PORTAL, // Azure Portal
            "18ed3507-a475-4ccb-b669-d66bc9f2a36e", PORTAL, // Microsoft_AAD_RegisteredApps
            "497effe9-df71-4043-a8bb-14cf78c4b63b", PORTAL, // Exchange Admin Center
            "de8bc8b5-d9f9-48b1-a8ad-b748da725064", GRAPH, // Graph Explorer
            "14d82eec-204b-4c2f-b7e8-296a70dab67e", GRAPH, // Microsoft Graph Command Line Tools
            "04b07795-8ddb-461a-bbee-02f9e1bf7b46", AZURE_CLI,
            "1950a258-227b-4e31-a9cf-717495945fc2", POWERSHELL, // Azure PowerShell
            "1b730954-1685-4b74-9bfd-dac224a7b894", POWERSHELL, // Azure AD PowerShell
            "fb78d390-0c51-40cd-8e17-fdbfab77341b", POWERSHELL); // Exchange PowerShell

    private ActingTool() {}

    /** The tool's name in alerts; empty when the log holds neither client nor user agent. */
    static Optional<String> of(AppEvent act) {
        Actor actor = act.getActor();
        Optional<String> agent = actor.getUserAgent().map(text -> text.toLowerCase(Locale.ROOT));
        if (agent.filter(text -> text.contains("evosts")).isPresent() || isTokenService(actor)) {
            return Optional.of(CONSENT_PROMPT);
        }
        Optional<String> client = client(act).map(BY_CLIENT::get);
        if (client.isPresent()) {
            return client;
        }
        return act.getOperation().equals(Operations.GRAPH_REQUEST)
                ? Optional.of(GRAPH)
                : agent.map(ActingTool::byAgent);
    }

    /** In Azure the token's, which of a user is not the actor. */
    private static Optional<String> client(AppEvent act) {
        return act.getActor()
                .getAppId()
                .or(() -> Details.of(act, Activity.class).flatMap(Activity::getClientAppId))
                .map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Consents are carried out by Entra's token service, which then stands as the actor's name. */
    private static boolean isTokenService(Actor actor) {
        return actor.getName().filter("Azure ESTS Service"::equalsIgnoreCase).isPresent();
    }

    /** PowerShell's agent begins like a browser's, so browsers come last. */
    private static String byAgent(String agent) {
        if (agent.contains("azurecli") || agent.contains("azure-cli")) {
            return AZURE_CLI;
        }
        if (agent.contains("powershell")) {
            return POWERSHELL;
        }
        if (agent.contains("graph")) {
            return GRAPH;
        }
        return agent.contains("mozilla/") ? "browser" : "other";
    }
}
