package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.util.Locale;
import java.util.Optional;
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

    /** The log that holds sign-ins of applications themselves, as events name it. */
    public static final String LOG = "entra-sign-in";

    private static final Set<String> OF_APPLICATIONS = Set.of("service-principal", "managed-identity");

    /** Protocol of a sign-in that is approved on another device by a code. */
    public static final String DEVICE_CODE = "devicecode";

    /** Protocol of a sign-in in which the application is given the password. */
    private static final String PASSWORD_GRANT = "ropc";

    private static final String INTERACTIVE = "interactive";

    private SignIns() {}

    /** Whether a sign-in is an application's own, of its service principal or as a managed identity, and no user's to it. */
    public static boolean isOfApplication(SignIn signIn) {
        return isOfApplication(signIn.getKind());
    }

    /** The same by the kind of a sign-in. */
    public static boolean isOfApplication(String kind) {
        return OF_APPLICATIONS.contains(kind);
    }

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

    /** Whether the event is a successful sign-in of a person, with a prompt or without. */
    public static boolean isOfPerson(AppEvent event) {
        return succeeded(event)
                && !event.getActor().getType().equals("application")
                && kind(event)
                        .filter(kind -> kind.equals(INTERACTIVE) || kind.equals("non-interactive"))
                        .isPresent();
    }

    /** Whether the event is a successful sign-in of a person who was prompted. */
    public static boolean isInteractive(AppEvent event) {
        return isOfPerson(event) && kind(event).filter(INTERACTIVE::equals).isPresent();
    }

    /**
     * Whether the event is a sign-in by a device code or a password grant, which an attacker can begin on another machine.
     *
     * <p>Source: {@code authenticationProtocol} of the signIn resource type,
     * https://learn.microsoft.com/graph/api/resources/signin: {@code deviceCode} and {@code ropc}.
     */
    public static boolean isWithoutBrowser(AppEvent event) {
        return protocol(event)
                .filter(name -> name.equals(DEVICE_CODE) || name.equals(PASSWORD_GRANT))
                .isPresent();
    }

    /** The protocol of a sign-in, lower case. */
    public static Optional<String> protocol(AppEvent event) {
        return Details.of(event, SignIn.class).flatMap(SignIn::getProtocol).map(name -> name.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> kind(AppEvent event) {
        return Details.of(event, SignIn.class).map(SignIn::getKind);
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
        return signIn.getKind().equals(INTERACTIVE)
                && signIn.getErrorCode().filter(AFTER_THE_PASSWORD::contains).isPresent();
    }
}
