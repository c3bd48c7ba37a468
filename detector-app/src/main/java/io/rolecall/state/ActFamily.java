package io.rolecall.state;

/**
 * Kinds of acts that are bounded apart from each other, so that a great number of one kind hides nothing of another. Of each, so
 * many are shown; which, {@link ActSelection} says.
 */
enum ActFamily {
    /** Registrations, service principals added, changes of tenancy. */
    REGISTRATION('r', 64),
    /** Deleted, restored, disabled, enabled. */
    STATE('s', 64),
    /** Successful grants of permissions that stand in a set of the policy. */
    GRANT('G', 128),
    /** Their removals. */
    REMOVED_GRANT('R', 64),
    /** Grants and removals of other permissions, and refused ones. */
    OTHER_GRANT('g', 64),
    /** Consents for the whole tenant. */
    CONSENT('c', 128),
    CREDENTIAL('k', 128),
    FEDERATED_CREDENTIAL('f', 64),
    OWNER('o', 64),
    REDIRECT('u', 64),
    DIRECTORY_ROLE('d', 64),
    /** Azure role assignments and elevated access; other Azure acts are rolled up. */
    AZURE_ROLE('z', 128),
    MAIL_FLOW('m', 64),
    POLICY('p', 64),
    OTHER('x', 64);

    private final char code;
    private final int most;

    ActFamily(char code, int most) {
        this.code = code;
        this.most = most;
    }

    /** How it is written in keys of the history store; never changes. */
    char code() {
        return code;
    }

    /** Most acts of it that are shown of one subject. */
    int most() {
        return most;
    }

    /** The family of a code. */
    static ActFamily of(char code) {
        for (ActFamily family : values()) {
            if (family.code == code) {
                return family;
            }
        }
        throw new IllegalArgumentException("No family of acts has the code " + code);
    }
}
