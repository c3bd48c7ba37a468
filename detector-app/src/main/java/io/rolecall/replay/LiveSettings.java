package io.rolecall.replay;

import io.rolecall.policy.Policy;
import io.rolecall.schema.OrgNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With what live decided, as far as it is known.
 *
 * @param policy its policy, or what may be it
 * @param networks its networks, or what may be them
 * @param decided what its version of the detections decides over this history; empty when nobody tells
 */
public record LiveSettings(Policy policy, List<OrgNetwork> networks, Optional<Map<String, AlertContent>> decided) {

    public LiveSettings {
        networks = List.copyOf(networks);
    }
}
