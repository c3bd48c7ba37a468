package io.rolecall.sandbox.story;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.ConsentActs;
import io.rolecall.acts.CredentialActs;
import io.rolecall.acts.CredentialActs.Credential;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.ExchangeShape;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Person;
import io.rolecall.acts.Place;
import io.rolecall.acts.Role;
import io.rolecall.acts.SignInShape;
import io.rolecall.acts.UserAgents;
import io.rolecall.acts.WorkloadSignInShape;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The first attack: with a phished administrator a single-tenant application is registered from abroad, gets
 * far-reaching roles days later, a secret, reads mail, and ends in an inbound connector and a burst of spam.
 */
final class PlantedApplication implements Scene {

    static final String APP = "Mail Archive Helper";
    private static final String ATTACKER = "192.0.2.201";
    private static final String ATTACKER_LATER = "192.0.2.207";
    private static final String SERVER = "2001:db8:f00d::25";
    private static final String SERVER_V4 = "192.0.2.222";

    @Override
    public String name() {
        return "attack-planted-application";
    }

    @Override
    public void play(Stage stage) {
        App app = stage.tenant().app(APP);
        Person phished = stage.people().phishedAdministrator();
        Credential key = new Credential(stage.tenant().ids().guid(name() + "/key"), "Password", "sync");
        Instant registered = stage.at(4, 6, 10);
        Common.portal(stage, registered.minusSeconds(340), phished, ATTACKER, Place.FAR);
        Common.register(stage, app, registered, Common.from(phished, ATTACKER), UserAgents.CHROME);
        grantByScript(stage, app, phished);
        grantInPortal(stage, app, phished);
        stage.entra(CredentialActs.onApplication(
                stage.how(stage.at(15, 8, 40), Common.from(phished, ATTACKER_LATER), UserAgents.CHROME),
                app,
                List.of(),
                List.of(key),
                false));
        readMail(stage, app, key);
        sendSpam(stage, app);
        truth(stage, app, key);
    }

    /** Nine days after the registration, from an address that the event shows. */
    private void grantByScript(Stage stage, App app, Person phished) {
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        ByUser by = Common.from(phished, ATTACKER);
        stage.both(acts.declareRoles(
                stage.how(stage.at(13, 7, 16), by, UserAgents.CHROME), app, List.of(Role.MAIL_READ_WRITE)));
        stage.both(
                acts.addAppRole(stage.how(stage.at(13, 7, 20), by, UserAgents.POWERSHELL), app, Role.MAIL_READ_WRITE));
    }

    /** Two days later in the portal: no event shows an address, but the administrator's sign-ins around it do. */
    private void grantInPortal(Stage stage, App app, Person phished) {
        Instant time = stage.at(15, 8, 12);
        Common.portal(stage, time.minusSeconds(1_500), phished, ATTACKER_LATER, Place.FAR);
        stage.office(
                new OfficeShape(stage.tenant())
                        .signIn(
                                time.minusSeconds(700),
                                phished,
                                ATTACKER_LATER,
                                SignInShape.Client.PORTAL,
                                0,
                                stage.random("login")),
                time.minusSeconds(700));
        DirectoryActs acts = new DirectoryActs(stage.tenant());
        Circumstances click = stage.how(time, Common.unseen(phished), UserAgents.CHROME);
        var consent = new ConsentActs.Click(app, Map.of(Api.GRAPH, "User.Read"), true, true, false);
        new ConsentActs(stage.tenant()).granted(click, consent).forEach(stage::both);
        stage.both(acts.addAppRole(click, app, Role.FILES_READ_WRITE));
        stage.unified(acts.addAppRole(click, app, Role.DIRECTORY_READ_WRITE));
    }

    private void readMail(Stage stage, App app, Credential key) {
        SplittableRandom random = stage.random("mail");
        WorkloadSignInShape signIns = new WorkloadSignInShape(stage.tenant());
        OfficeShape office = new OfficeShape(stage.tenant());
        Instant start = stage.at(16, 9, 5);
        for (int i = 0; i < 4; i++) {
            Instant time = start.plusSeconds(1_700L * i);
            stage.signIn(
                    signIns.servicePrincipal(
                            time,
                            app,
                            SERVER,
                            Place.FARTHER,
                            Optional.of(key.keyId()),
                            Api.GRAPH,
                            i == 0 ? 7000215 : 0,
                            random),
                    time);
        }
        for (int i = 0; i < 40; i++) {
            Instant time = start.plusSeconds(900 + 45L * i + random.nextInt(30));
            Person owner = stage.people().user(i % 14);
            stage.office(office.mailRead(time, owner, SERVER, Optional.of(app), random), time);
        }
    }

    private void sendSpam(Stage stage, App app) {
        SplittableRandom random = stage.random("spam");
        Instant connector = stage.at(17, 11, 15);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Name", "Partner relay");
        parameters.put("Enabled", "True");
        parameters.put("RestrictDomainsToCertificate", "False");
        parameters.put("SenderDomains", "smtp:*;1");
        parameters.put("SenderIPAddresses", "192.0.2.222");
        parameters.put("TlsSenderCertificateName", "");
        parameters.put("RestrictDomainsToIPAddresses", "True");
        parameters.put("CloudServicesMailEnabled", "True");
        parameters.put("ConnectorType", "OnPremises");
        parameters.put("RequireTls", "False");
        stage.office(
                new ExchangeShape(stage.tenant())
                        .byApplication(connector, "New-InboundConnector", app, SERVER_V4, parameters, random),
                connector);
        OfficeShape office = new OfficeShape(stage.tenant());
        for (int i = 0; i < 70; i++) {
            Instant time = connector.plusSeconds(600 + 30L * i + random.nextInt(25));
            Person sender = stage.people().user(i % 7);
            stage.office(office.send(time, sender, SERVER, Optional.of(app), "Your parcel is waiting", random), time);
        }
    }

    private void truth(Stage stage, App app, Credential key) {
        List<String> roles = List.of("Mail.ReadWrite", "Files.ReadWrite.All", "Directory.ReadWrite.All");
        stage.expect("single-tenant-app-abuse", "critical", app, Optional.empty(), roles);
        stage.expect("privileged-role-granted", "high", app, Role.DIRECTORY_READ_WRITE);
        stage.expect("mailbox-wide-access-granted", "high", app, Role.MAIL_READ_WRITE);
        stage.expect("risky-permission-requested", "low", app, Optional.empty(), List.of("Mail.ReadWrite"));
        stage.expectUndeclared(app, Role.FILES_READ_WRITE, Role.DIRECTORY_READ_WRITE);
        stage.expect("credential-on-privileged-app", "high", app, Optional.of(key.keyId()), roles);
        for (String kind : List.of("after-grant", "many-mailboxes", "sending-burst")) {
            stage.expect("mailbox-use-after-grant", "high", app, Optional.of(kind), List.of());
        }
        stage.expect("mail-flow-tampering", "high", app, Optional.of("inboundconnector\npartner relay"), List.of());
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
    }
}
