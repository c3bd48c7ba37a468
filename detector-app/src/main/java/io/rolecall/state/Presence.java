package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.Operations;
import io.rolecall.event.SignIns;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.List;

/**
 * Which events show where their actor was: successful sign-ins of every kind, interactive ones that were interrupted after the
 * right password, and acts (Entra audit, Exchange commands, Azure), also failed ones, which were still done by their actor.
 *
 * <p>A failed sign-in shows only that somebody knew a name: one password spray would make every act of its victims external. What
 * an application did under a person's name shows the application's server. The token service writes its own address.
 */
public final class Presence {

    private Presence() {}

    /** The addresses at which an event shows its actor; none when it shows none. */
    public static List<String> shownBy(AppEvent event) {
        return shows(event) ? Actors.addresses(event.getActor()) : List.of();
    }

    /** The addresses at which a sign-in shows its actor; none when it shows none. */
    public static List<String> shownBy(Actor actor, boolean succeeded, SignIn signIn) {
        boolean shows = !Actors.isOfTokenService(actor) && (succeeded || SignIns.interrupted(signIn));
        return shows ? Actors.addresses(actor) : List.of();
    }

    private static boolean shows(AppEvent event) {
        if (Actors.isOfTokenService(event.getActor())) {
            return false;
        }
        if (event.getOperation().equals(Operations.SIGN_IN)) {
            return SignIns.succeeded(event) || SignIns.interrupted(event);
        }
        return !isUseByApplication(event);
    }

    /** Use of mail and files, and requests to Graph, that were logged with the application that made them. */
    private static boolean isUseByApplication(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        boolean use = details instanceof MailboxUse
                || details instanceof FileUse
                || event.getOperation().equals(Operations.GRAPH_REQUEST);
        return use && event.getAppId().isPresent();
    }
}
