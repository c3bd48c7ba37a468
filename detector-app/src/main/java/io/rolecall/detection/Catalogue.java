package io.rolecall.detection;

import io.rolecall.detection.rule.ApplicationConsent;
import io.rolecall.detection.rule.ConsentBurst;
import io.rolecall.detection.rule.CredentialOnPrivilegedApp;
import io.rolecall.detection.rule.IllicitConsent;
import io.rolecall.detection.rule.PrivilegedRoleGranted;
import io.rolecall.detection.rule.SingleTenantAppAbuse;
import io.rolecall.policy.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every detection of the product, in the order of the documentation. Adding a detection adds one line here. */
public final class Catalogue {

    private static final List<Detection> ALL = List.of(
            new SingleTenantAppAbuse(),
            new PrivilegedRoleGranted(),
            new IllicitConsent(),
            new CredentialOnPrivilegedApp(),
            new ConsentBurst(),
            new ApplicationConsent());

    private Catalogue() {}

    public static List<Detection> all() {
        return ALL;
    }

    public static Optional<Detection> byId(String id) {
        return ALL.stream()
                .filter(detection -> detection.card().id().equals(id))
                .findFirst();
    }

    /** The parameters of every detection by id: what a policy file may set. */
    public static Map<String, List<Parameter>> parameters() {
        Map<String, List<Parameter>> parameters = new LinkedHashMap<>();
        ALL.forEach(detection ->
                parameters.put(detection.card().id(), detection.card().parameters()));
        return parameters;
    }
}
