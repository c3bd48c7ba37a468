package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;

/**
 * That a person used an application from a network: a derived fact of the application, which of Microsoft's own is told nothing else
 * of its many users.
 */
public final class NetworkUses {

    private NetworkUses() {}

    /** Whether an event shows a person at a network with an application: a sign-in, or mail and files used with its id. */
    public static boolean shows(AppEvent event) {
        return event.getAppId().isPresent()
                && Actors.key(event.getActor()).isPresent()
                && event.getOutcome().equals("success")
                && !event.getActor().getType().equals("application")
                && !Actors.isOfTokenService(event.getActor())
                && !Actors.addresses(event.getActor()).isEmpty()
                && (SignIns.isOfPerson(event) || isUse(event));
    }

    /** The fact of the application that an event shows. */
    public static AppEvent of(AppEvent event) {
        return DerivedFacts.of(event, Operations.NETWORK_USE)
                .setAppId(event.getAppId().orElseThrow())
                .setDetails(SignIn.newBuilder()
                        .setKind("non-interactive")
                        .setAsn(Details.of(event, SignIn.class)
                                .flatMap(SignIn::getAsn)
                                .orElse(null))
                        .build())
                .build();
    }

    /** Whether a fact is one. */
    public static boolean isOne(AppEvent fact) {
        return fact.getOperation().equals(Operations.NETWORK_USE);
    }

    private static boolean isUse(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return details instanceof MailboxUse || details instanceof FileUse;
    }
}
