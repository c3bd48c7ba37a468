package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.util.Set;

/**
 * How a sign-in ended: with a token, with an interruption after the right password, or with a failure. An interruption shows that
 * the person was there, but is no success: nothing was given out.
 */
public final class SignIns {

    /**
     * Interactive sign-ins end with these codes only after the first factor was right: the user is then asked for a second factor,
     * another device or a consent, or is refused by a policy, which is asked after the first factor.
     *
     * <p>Source: Microsoft Entra authentication and authorization error codes,
     * https://learn.microsoft.com/entra/identity-platform/reference-error-codes. The reference names more interruptions that
     * follow a right password (an expired password 50055, a reset 50125 and 50135, "keep me signed in" 50140, a confirmation
     * 50199); they are no evidence here, since a success follows them or nobody got in.
     */
    private static final Set<Integer> AFTER_THE_PASSWORD = Set.of(
            50072, // UserStrongAuthEnrollmentRequiredInterrupt: the second factor has to be enrolled
            50074, // UserStrongAuthClientAuthNRequiredInterrupt: the second factor was not passed
            50076, // UserStrongAuthClientAuthNRequired: a second factor is required
            50079, // UserStrongAuthEnrollmentRequired: security information has to be registered
            50158, // ExternalSecurityChallenge: the second factor of another provider was not passed
            53000, // DeviceNotCompliant
            53001, // DeviceNotDomainJoined
            53002, // ApplicationUsedIsNotAnApprovedApp
            53003, // BlockedByConditionalAccess
            53004, // ProofUpBlockedDueToRisk: the second factor may not be registered from here
            65001, // DelegationDoesNotExist: nobody has consented yet
            65004, // UserDeclinedConsent
            90094, // AdminConsentRequired
            90095); // AdminConsentRequiredRequestAccess: the user is told to ask an administrator

    /** Of them those that end a consent: declined by the user, or not the user's to give. 65001 alone is the first prompt. */
    private static final Set<Integer> CONSENT_REFUSED = Set.of(65004, 90094, 90095);

    private SignIns() {}

    /** Whether the event is a sign-in, of whatever kind, that ended because consent was refused or is an administrator's to give. */
    public static boolean refusesConsent(AppEvent event) {
        return event.getOperation().equals(Operations.SIGN_IN)
                && !event.getOutcome().equals("success")
                && Details.of(event, SignIn.class)
                        .filter(SignIns::refusesConsent)
                        .isPresent();
    }

    /** The same of a sign-in that did not succeed. */
    public static boolean refusesConsent(SignIn signIn) {
        return signIn.getErrorCode().filter(CONSENT_REFUSED::contains).isPresent();
    }

    /** Whether the event is a sign-in of any kind that succeeded. */
    public static boolean succeeded(AppEvent event) {
        return event.getOperation().equals(Operations.SIGN_IN)
                && event.getOutcome().equals("success");
    }

    /**
     * Whether the event is a sign-in that was interrupted after the right password. Interruptions without the user (kind {@code
     * non-interactive}) are failures: they show the server that held the token.
     */
    public static boolean interrupted(AppEvent event) {
        return event.getOperation().equals(Operations.SIGN_IN)
                && !event.getOutcome().equals("success")
                && Details.of(event, SignIn.class).filter(SignIns::interrupted).isPresent();
    }

    /** The same of a sign-in that did not succeed. */
    public static boolean interrupted(SignIn signIn) {
        return signIn.getKind().equals("interactive")
                && signIn.getErrorCode().filter(AFTER_THE_PASSWORD::contains).isPresent();
    }
}
