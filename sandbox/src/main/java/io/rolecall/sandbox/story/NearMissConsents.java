package io.rolecall.sandbox.story;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.ConsentActs;
import io.rolecall.acts.ConsentActs.Click;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.Person;
import io.rolecall.acts.UserAgents;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Benign consents and assignments: each application is reported, none above informational. */
final class NearMissConsents {

    private NearMissConsents() {}

    static List<Scene> scenes() {
        return List.of(
                new NamedScene("near-miss-two-users", NearMissConsents::twoUsers),
                new NamedScene("near-miss-administrator-for-himself", NearMissConsents::forHimself),
                new NamedScene("near-miss-single-sign-on", NearMissConsents::singleSignOn));
    }

    /** Two users within a day, one of them twice: not three. Offline access, but neither mail nor files. */
    private static void twoUsers(Stage stage) {
        App app = stage.tenant().app("Trip Planner");
        Map<Api, String> scopes = Map.of(Api.GRAPH, "openid profile offline_access User.Read Calendars.Read");
        ConsentActs acts = new ConsentActs(stage.tenant());
        int[][] clicks = {{12, 9, 15, 9}, {12, 11, 40, 10}, {12, 16, 2, 9}};
        for (int i = 0; i < clicks.length; i++) {
            int[] click = clicks[i];
            Person user = stage.people().user(click[3]);
            Circumstances how = stage.how(
                    stage.at(click[0], click[1], click[2]),
                    Common.from(user, user.officeIp()),
                    UserAgents.CONSENT_PAGE);
            acts.granted(how, new Click(app, scopes, false, false, i == 0)).forEach(stage::both);
        }
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
    }

    /** {@code IsAdminConsent} is true, but the consent is for the administrator alone and harmless. */
    private static void forHimself(Stage stage) {
        App app = stage.tenant().app("Diagram Sketcher");
        Person administrator = stage.people().administrator();
        Circumstances how = stage.how(
                stage.at(14, 15, 20), Common.from(administrator, administrator.officeIp()), UserAgents.CONSENT_PAGE);
        new ConsentActs(stage.tenant())
                .granted(how, new Click(app, Map.of(Api.GRAPH, "openid profile User.Read"), true, false, true))
                .forEach(stage::both);
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
    }

    /** Five users are assigned to a cloud service's role within minutes: nobody was asked for consent. */
    private static void singleSignOn(Stage stage) {
        App app = stage.tenant().app("Travel Expenses (SAML)");
        Person administrator = stage.people().administrator();
        ConsentActs acts = new ConsentActs(stage.tenant());
        String role = stage.tenant().ids().guid("sso/role");
        for (int i = 0; i < 5; i++) {
            Circumstances how = stage.how(
                    stage.at(16, 14, 30 + i), Common.from(administrator, administrator.officeIp()), UserAgents.EDGE);
            stage.both(acts.roleToUser(how, app, stage.people().user(40 + i), role, "arn:role/traveller", "Traveller"));
        }
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
    }
}
