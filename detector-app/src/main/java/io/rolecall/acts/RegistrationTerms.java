package io.rolecall.acts;

import java.util.List;

/**
 * What a registration states.
 *
 * @param tenancy {@code single}, {@code multi}, {@code multi-and-personal} or {@code personal}
 * @param publisherDomain domain of the publisher
 * @param requested declared permissions
 * @param redirects redirect addresses
 */
record RegistrationTerms(String tenancy, String publisherDomain, List<Requested> requested, List<String> redirects) {

    RegistrationTerms {
        requested = List.copyOf(requested);
        redirects = List.copyOf(redirects);
    }

    /** What the portal writes when only a name is given: for this tenant alone, with {@code User.Read}. */
    static RegistrationTerms usual() {
        return new RegistrationTerms("single", "contoso.com", List.of(Requested.USER_READ), List.of());
    }
}
