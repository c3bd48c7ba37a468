package io.rolecall.sandbox.story;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.CredentialActs;
import io.rolecall.acts.CredentialActs.Credential;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Person;
import io.rolecall.acts.Place;
import io.rolecall.acts.Role;
import io.rolecall.acts.UserAgents;
import io.rolecall.acts.WorkloadSignInShape;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The third attack: an application that the organisation itself registered and gave a role, from the office and without any secret
 * because it signs in with a federated credential, gets a secret and a certificate from somebody else, abroad. The secret's event
 * names no App ID at all, the certificate's only among the service principal names.
 */
final class AddedCredential implements Scene {

    static final String APP = "Contract Archive";
    private static final String ATTACKER = "192.0.2.240";
    private static final String NETWORK = "192.0.2.0/24";

    @Override
    public String name() {
        return "attack-added-credential";
    }

    @Override
    public void play(Stage stage) {
        App app = stage.tenant().app(APP);
        establish(stage, app);
        Person helpDesk = stage.people().helpDesk();
        for (int day = 1; day < 20; day += 3) {
            Common.portal(stage, stage.at(day, 8, 40), helpDesk, helpDesk.officeIp(), Place.HEADQUARTERS);
        }
        Credential secret = new Credential(stage.tenant().ids().guid(name() + "/secret"), "Password", "temp");
        Credential certificate =
                new Credential(stage.tenant().ids().guid(name() + "/certificate"), "AsymmetricX509Cert", "CN=archive");
        ByUser by = Common.from(helpDesk, ATTACKER);
        Instant added = stage.at(20, 14, 10);
        Common.portal(stage, added.minusSeconds(900), helpDesk, ATTACKER, Place.FARTHER);
        Circumstances how = stage.how(added, by, UserAgents.POWERSHELL);
        stage.both(CredentialActs.onApplication(how, app, List.of(), List.of(secret), false));
        stage.entra(CredentialActs.stub(how, app));
        stage.both(CredentialActs.onServicePrincipal(
                stage.how(stage.at(20, 14, 22), by, UserAgents.POWERSHELL), app, List.of(), List.of(certificate)));
        use(stage, app, secret);
        for (Credential key : List.of(secret, certificate)) {
            stage.expect("credential-on-privileged-app", "high", app, Optional.of(key.keyId()), List.of("Mail.Read"));
        }
        for (String kind : List.of("after-grant", "many-mailboxes")) {
            stage.expect("mailbox-use-after-grant", "high", app, Optional.of(kind), List.of());
        }
        if (stage.hasBaselines()) {
            String abroad =
                    stage.at(21, 15, 5).atOffset(ZoneOffset.UTC).toLocalDate().toString();
            stage.expect("service-principal-sign-in-anomaly", "medium", app, Optional.of(abroad), List.of());
            stage.expect("new-network-then-app-change", "medium", helpDesk, NETWORK);
        }
    }

    /** What the organisation did itself at the beginning of the month, from headquarters. */
    private static void establish(Stage stage, App app) {
        Person administrator = stage.people().administrator();
        ByUser by = Common.from(administrator, administrator.officeIp());
        Common.portal(stage, stage.at(1, 9, 52), administrator, administrator.officeIp(), Place.HEADQUARTERS);
        Common.register(stage, app, stage.at(1, 10, 0), by, UserAgents.EDGE);
        stage.both(new DirectoryActs(stage.tenant())
                .addAppRole(stage.how(stage.at(1, 10, 30), by, UserAgents.EDGE), app, Role.MAIL_READ));
        String issuer = "https://login.microsoftonline.com/" + stage.tenant().id() + "/v2.0";
        String subject = stage.tenant().ids().guid("managed-identity/archive");
        stage.both(CredentialActs.federated(
                stage.how(stage.at(1, 10, 40), by, UserAgents.EDGE),
                app,
                "archive-cluster",
                issuer,
                subject,
                stage.tenant().ids().guid("federated/archive")));
        stage.expect("mailbox-wide-access-granted", "high", app, Role.MAIL_READ);
        stage.expectUndeclared(app, Role.MAIL_READ);
        stage.expect("federated-credential-trust", "high", app, Optional.of(issuer + "\n" + subject), List.of());
        SplittableRandom random = stage.random("routine");
        WorkloadSignInShape signIns = new WorkloadSignInShape(stage.tenant());
        for (int day = 2; day < 30; day++) {
            Instant time = stage.at(day, 5, 30);
            stage.signIn(
                    signIns.servicePrincipal(
                            time, app, "203.0.113.240", Place.HEADQUARTERS, Optional.empty(), Api.GRAPH, 0, random),
                    time);
        }
    }

    private static void use(Stage stage, App app, Credential secret) {
        SplittableRandom random = stage.random("use");
        Instant start = stage.at(21, 15, 5);
        stage.signIn(
                new WorkloadSignInShape(stage.tenant())
                        .servicePrincipal(
                                start, app, ATTACKER, Place.FARTHER, Optional.of(secret.keyId()), Api.GRAPH, 0, random),
                start);
        for (int i = 0; i < 15; i++) {
            Instant time = start.plusSeconds(60 + 75L * i);
            stage.office(
                    new OfficeShape(stage.tenant())
                            .mailRead(time, stage.people().user(30 + i), ATTACKER, Optional.of(app), random),
                    time);
        }
    }
}
