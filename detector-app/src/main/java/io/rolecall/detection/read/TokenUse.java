package io.rolecall.detection.read;

import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.SignIns;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application used a token that it has for a person, or was given one.
 *
 * @param event a sign-in, or a read of mail or files, with the application's id
 */
public record TokenUse(AppEvent event) {

    private static final String DEVICE_CODE = "device-code";
    private static final String PASSWORD = "password";

    Instant at() {
        return event.getEventTime();
    }

    String appId() {
        return event.getAppId().orElse("-");
    }

    /** The /24 or /48; empty where no address is logged, or that of a front-end. */
    Optional<String> network() {
        return Dimension.NETWORK.of(event).stream().findFirst();
    }

    /** Country of a sign-in, upper case; reads log none. */
    Optional<String> country() {
        return Dimension.COUNTRY.of(event).stream().findFirst();
    }

    boolean isRead() {
        return OperationGroups.MAIL_READ.contains(event.getOperation())
                || OperationGroups.FILES_READ.contains(event.getOperation());
    }

    /** Whether it went without the person: a token was refreshed, or used to read. */
    boolean isSilent() {
        return isRead() || (SignIns.isOfPerson(event) && !SignIns.isInteractive(event));
    }

    boolean isGrant() {
        return SignIns.isOfPerson(event) && SignIns.isWithoutBrowser(event);
    }

    /** What a finding about its network hangs on. */
    public List<String> place() {
        return List.of(appId(), network().orElse("-"));
    }

    /** What a finding about its protocol hangs on. */
    public List<String> grant() {
        return List.of(appId(), isByDeviceCode() ? DEVICE_CODE : PASSWORD);
    }

    /** The protocol, for sentences. */
    public String grantWords() {
        return isByDeviceCode() ? "a device code" : "a password grant";
    }

    /** The application, for sentences. */
    public String application() {
        return event.getAppDisplayName().orElse(appId());
    }

    /** What was done, for sentences. */
    public String words() {
        if (isRead()) {
            return (OperationGroups.MAIL_READ.contains(event.getOperation()) ? "mail" : "files") + " were read with "
                    + application();
        }
        return "a token of " + application() + " was refreshed";
    }

    /** For {@code explain}. */
    public String label() {
        return (isGrant() ? grantWords() + " to " + application() : words())
                + network().map(network -> " from " + network).orElse("");
    }

    private boolean isByDeviceCode() {
        return SignIns.protocol(event).filter(SignIns.DEVICE_CODE::equals).isPresent();
    }
}
