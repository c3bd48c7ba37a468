package io.rolecall.sandbox.story;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.ConsentActs;
import io.rolecall.acts.ConsentActs.Click;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Person;
import io.rolecall.acts.UserAgents;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second attack, consent phishing: a foreign multi-tenant application is put before one user after the other within an
 * afternoon. Six agree, two are blocked.
 */
final class ConsentWave implements Scene {

    static final String APP = "Document Viewer Pro";
    private static final int FIRST_VICTIM = 20;
    private static final List<Integer> BLOCKED = List.of(3, 6);
    private static final int CLICKS = 8;

    /** Address of one of Entra ID's own front-ends, which consent events often show instead of the user's. */
    private static final String FRONT_END = "20.190.160.23";

    @Override
    public String name() {
        return "attack-consent-wave";
    }

    @Override
    public void play(Stage stage) {
        App app = stage.tenant().app(APP);
        Map<Api, String> scopes = new LinkedHashMap<>();
        scopes.put(Api.GRAPH, "openid profile offline_access Mail.Read Files.Read.All User.Read");
        scopes.put(Api.EXCHANGE, "EWS.AccessAsUser.All");
        ConsentActs acts = new ConsentActs(stage.tenant());
        for (int i = 0; i < CLICKS; i++) {
            Person victim = stage.people().user(FIRST_VICTIM + i);
            Instant time = stage.at(8, 12 + i / 2, i % 2 == 0 ? 4 + i : 37 + i);
            ByUser by =
                    i % 3 == 0 ? Common.unseen(victim) : Common.from(victim, i % 3 == 1 ? FRONT_END : victim.homeIp());
            Circumstances how = stage.how(time, by, UserAgents.CONSENT_PAGE);
            Click click = new Click(app, scopes, false, false, i == 0);
            if (BLOCKED.contains(i)) {
                stage.both(acts.blocked(how, click));
            } else {
                grant(stage, acts.granted(how, click), i);
                stage.expect(
                        "illicit-consent",
                        "high",
                        app,
                        Optional.of(victim.id()),
                        List.of("Mail.Read", "Files.Read.All", "EWS.AccessAsUser.All"));
            }
        }
        useTokens(stage, app);
        stage.expect("consent-burst", "high", app, Optional.empty(), List.of());
        stage.expect("consent-refused", "low", app, Optional.empty(), List.of());
        stage.expect("application-consent", "informational", app, Optional.empty(), List.of());
    }

    /** Most clicks are in both logs; of the fourth Entra audit was lost, of the fifth the unified audit log. */
    private static void grant(Stage stage, List<DirectoryAct> acts, int click) {
        for (DirectoryAct act : acts) {
            switch (click) {
                case 4 -> stage.unified(act);
                case 5 -> stage.entra(act);
                default -> stage.both(act);
            }
        }
    }

    /** The attacker reads the first victims' mail with their own tokens. */
    private static void useTokens(Stage stage, App app) {
        var random = stage.random("use");
        Instant start = stage.at(8, 18, 30);
        for (int i = 0; i < 12; i++) {
            Instant time = start.plusSeconds(240L * i);
            Person victim = stage.people().user(FIRST_VICTIM + i % 3);
            var record =
                    new OfficeShape(stage.tenant()).mailRead(time, victim, "192.0.2.230", Optional.of(app), random);
            record.put("UserType", 0);
            stage.office(record, time);
        }
    }
}
