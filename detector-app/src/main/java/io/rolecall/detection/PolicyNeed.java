package io.rolecall.detection;

import io.rolecall.policy.Policy;

/** What only the policy can tell of an organisation. Without it some condition of a detection is never known, while the others work. */
public enum PolicyNeed {
    /** Which domains are the organisation's. */
    DOMAINS("organization.domains") {
        @Override
        public boolean isMissing(Policy policy) {
            return policy.organization().domains().isEmpty();
        }
    },
    /** Which names of applications are the organisation's. */
    PROTECTED_NAMES("organization.protected-names") {
        @Override
        public boolean isMissing(Policy policy) {
            return policy.organization().protectedNames().isEmpty();
        }
    },
    /** From where tokens of an issuer are used. */
    FEDERATION_NETWORKS("federation.trusted[].networks") {
        @Override
        public boolean isMissing(Policy policy) {
            return policy.federation().trusted().stream()
                    .allMatch(entry -> entry.networks().isEmpty());
        }
    };

    private final String key;

    PolicyNeed(String key) {
        this.key = key;
    }

    /** Where the policy file states it. */
    public String key() {
        return key;
    }

    /** Whether a policy leaves it out. */
    public abstract boolean isMissing(Policy policy);
}
