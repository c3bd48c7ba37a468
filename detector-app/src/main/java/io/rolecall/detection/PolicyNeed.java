package io.rolecall.detection;

import io.rolecall.policy.Policy;
import java.util.List;
import java.util.function.Function;

/** What only the policy can tell of an organisation. Without it some condition of a detection is never known, while the others work. */
public enum PolicyNeed {
    /** Which domains are the organisation's. */
    DOMAINS("organization.domains", policy -> policy.organization().domains()),
    /** Which names of applications are the organisation's. */
    PROTECTED_NAMES(
            "organization.protected-names", policy -> policy.organization().protectedNames());

    private final String key;
    private final Function<Policy, List<String>> stated;

    PolicyNeed(String key, Function<Policy, List<String>> stated) {
        this.key = key;
        this.stated = stated;
    }

    /** Where the policy file states it. */
    public String key() {
        return key;
    }

    /** Whether a policy leaves it out. */
    public boolean isMissing(Policy policy) {
        return stated.apply(policy).isEmpty();
    }
}
