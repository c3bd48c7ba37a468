package io.rolecall.sandbox.story;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.ConsentActs;
import io.rolecall.acts.CredentialActs;
import io.rolecall.acts.CredentialActs.Credential;
import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Person;
import io.rolecall.acts.Place;
import io.rolecall.acts.Role;
import io.rolecall.acts.SignInShape;
import io.rolecall.acts.UserAgents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Benign administration that comes near the attacks on applications: of it may come only what is always said of a role that opens
 * every mailbox, and that a role was not declared.
 */
final class NearMissGrants {

    /** Address of a hotel: not the organisation's. */
    private static final String HOTEL = "192.0.2.180";

    /** Address of a front-end of Entra ID, shown instead of the administrator's. */
    private static final String FRONT_END = "40.126.31.7";

    private NearMissGrants() {}

    static List<Scene> scenes() {
        return List.of(
                new NamedScene("near-miss-office-grant", NearMissGrants::officeGrant),
                new NamedScene("near-miss-new-branch-grant", NearMissGrants::newBranchGrant),
                new NamedScene("near-miss-mail-read-basic", NearMissGrants::mailReadBasic),
                new NamedScene("near-miss-exchange-mail-read", NearMissGrants::exchangeMailRead),
                new NamedScene("near-miss-failed-registration", NearMissGrants::failedRegistration),
                new NamedScene("near-miss-unprivileged-secret", NearMissGrants::unprivilegedSecret),
                new NamedScene("near-miss-jit-provisioning", NearMissGrants::jitProvisioning));
    }

    /** The acts of the first attack, from headquarters: one with the address, one with a front-end's, one with none. */
    private static void officeGrant(Stage stage) {
        App app = stage.tenant().app("Expense Archive");
        Person administrator = stage.people().administrator();
        String office = administrator.officeIp();
        Common.portal(stage, stage.at(3, 9, 21), administrator, office, Place.HEADQUARTERS);
        Common.register(stage, app, stage.at(3, 9, 30), Common.from(administrator, office), UserAgents.EDGE);
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        stage.both(acts.addAppRole(
                stage.how(stage.at(5, 10, 2), Common.from(administrator, office), UserAgents.EDGE),
                app,
                Role.MAIL_READ));
        Instant click = stage.at(5, 10, 15);
        Common.portal(stage, click.minusSeconds(600), administrator, office, Place.HEADQUARTERS);
        stage.office(
                new OfficeShape(stage.tenant())
                        .signIn(
                                click.plusSeconds(600),
                                administrator,
                                office,
                                SignInShape.Client.PORTAL,
                                0,
                                stage.random("login")),
                click.plusSeconds(600));
        var how = stage.how(click, Common.from(administrator, FRONT_END), UserAgents.EDGE);
        var consent = new ConsentActs.Click(app, Map.of(Api.GRAPH, "User.Read"), true, true, false);
        new ConsentActs(stage.tenant()).granted(how, consent).forEach(stage::both);
        stage.both(acts.addAppRole(how, app, Role.FILES_READ));
        stage.unified(acts.addAppRole(
                stage.how(stage.at(5, 10, 21), Common.unseen(administrator), UserAgents.EDGE),
                app,
                Role.FILES_READ_WRITE));
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
        stage.expect("mailbox-wide-access-granted", "high", app, Role.MAIL_READ);
        stage.expectUndeclared(app, Role.MAIL_READ, Role.FILES_READ, Role.FILES_READ_WRITE);
    }

    /** From a network that has been the organisation's for some days only. */
    private static void newBranchGrant(Stage stage) {
        App app = stage.tenant().app("Branch Scanner");
        Person administrator = stage.people().administrator();
        ByUser by = Common.from(administrator, "198.51.100.77");
        Common.register(stage, app, stage.at(10, 13, 5), by, UserAgents.EDGE);
        stage.both(new DirectoryActs(stage.tenant())
                .addAppRole(stage.how(stage.at(10, 13, 25), by, UserAgents.EDGE), app, Role.FILES_READ));
        stage.expectUndeclared(app, Role.FILES_READ);
    }

    /** From a hotel, but the role shows no message's content. */
    private static void mailReadBasic(Stage stage) {
        App app = travelling(stage, "Meeting Analytics", 6, Role.MAIL_READ_BASIC);
        stage.expect("mailbox-wide-access-granted", "medium", app, Role.MAIL_READ_BASIC);
    }

    /** From a hotel: Exchange's role of that name, with the very id that Graph's has. */
    private static void exchangeMailRead(Stage stage) {
        travelling(stage, "Journal Reader", 7, Role.EXCHANGE_MAIL_READ);
    }

    private static App travelling(Stage stage, String name, int day, Role role) {
        App app = stage.tenant().app(name);
        Person traveller = stage.people().travellingAdministrator();
        ByUser by = Common.from(traveller, HOTEL);
        Common.portal(stage, stage.at(day, 19, 58), traveller, HOTEL, Place.HOTEL);
        Common.register(stage, app, stage.at(day, 20, 5), by, UserAgents.EDGE);
        stage.both(new DirectoryActs(stage.tenant())
                .addAppRole(stage.how(stage.at(day, 20, 12), by, UserAgents.EDGE), app, role));
        stage.expectUndeclared(app, role);
        return app;
    }

    /** A user tries, may not, tries again. */
    private static void failedRegistration(Stage stage) {
        Person user = stage.people().user(5);
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        for (int minute : new int[] {11, 14}) {
            stage.both(acts.failedRegistration(
                    stage.how(stage.at(9, 17, minute), Common.from(user, user.homeIp()), UserAgents.EDGE),
                    "My Mail Export",
                    "Microsoft.Online.Workflows.AuthorizationException"));
        }
    }

    /** From a hotel, but the application holds nothing that matters; later the secret is rotated. */
    private static void unprivilegedSecret(Stage stage) {
        App app = stage.tenant().app("Intranet Search");
        Person traveller = stage.people().travellingAdministrator();
        ByUser by = Common.from(traveller, HOTEL);
        Credential first = new Credential(stage.tenant().ids().guid("intranet-search/first"), "Password", "first");
        Credential second = new Credential(stage.tenant().ids().guid("intranet-search/second"), "Password", "second");
        Common.register(stage, app, stage.at(11, 21, 0), by, UserAgents.EDGE);
        stage.both(new DirectoryActs(stage.tenant())
                .addAppRole(stage.how(stage.at(11, 21, 4), by, UserAgents.EDGE), app, Role.USER_READ));
        stage.expectUndeclared(app, Role.USER_READ);
        stage.both(CredentialActs.onApplication(
                stage.how(stage.at(11, 21, 9), by, UserAgents.EDGE), app, List.of(), List.of(first), true));
        stage.both(CredentialActs.onApplication(
                stage.how(stage.at(25, 21, 9), by, UserAgents.EDGE), app, List.of(first), List.of(second), true));
    }

    /** Microsoft provisions service principals of its own, under a name without any id. */
    private static void jitProvisioning(Stage stage) {
        var by = new ByApplication("Microsoft Azure AD Internal - Jit Provisioning", Optional.empty());
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        List<String> names = List.of("Office 365 Mover", "Windows Update Delivery", "Teams Device Admin Agent");
        for (int i = 0; i < names.size(); i++) {
            App app = stage.tenant().app(names.get(i));
            stage.entra(acts.addServicePrincipal(stage.how(stage.at(2 + 9 * i, 3, 40 + i), by, ""), app));
        }
    }
}
