package io.rolecall.sandbox.story;

import io.rolecall.acts.App;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.Person;
import io.rolecall.acts.Place;
import io.rolecall.acts.SignInShape;
import java.time.Instant;
import java.util.Optional;

/** What several scenes have in common. */
final class Common {

    private Common() {}

    /** A user who acts from an address that Entra audit shows. */
    static ByUser from(Person person, String ip) {
        return new ByUser(person, Optional.of(ip));
    }

    /** A user whose address no log of the act shows. */
    static ByUser unseen(Person person) {
        return new ByUser(person, Optional.empty());
    }

    /**
     * A registration in the portal: the application with its automatic owner in one transaction, the service principal in
     * another, within the same second.
     */
    static void register(Stage stage, App app, Instant time, ByUser by, String userAgent) {
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        Circumstances registration = stage.how(time, by, userAgent);
        stage.both(acts.addApplication(registration, app));
        stage.both(acts.addOwner(
                new Circumstances(time.plusMillis(110), registration.correlationId(), by, userAgent),
                app,
                by.person()));
        stage.both(acts.addServicePrincipal(stage.how(time.plusMillis(420), by, userAgent), app));
    }

    /** A sign-in to the portal, in the sign-in log. */
    static void portal(Stage stage, Instant time, Person person, String ip, Place place) {
        stage.signIn(
                new SignInShape(stage.tenant())
                        .user(
                                time,
                                person,
                                ip,
                                place,
                                SignInShape.Client.PORTAL,
                                true,
                                0,
                                stage.random("portal/" + time)),
                time);
    }
}
