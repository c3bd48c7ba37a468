package io.rolecall.detection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolecall.acts.ActIds;
import io.rolecall.acts.App;
import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.scenario.Lines;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.source.EventDecoder;
import io.rolecall.source.Needed;
import io.rolecall.source.RejectedElementException;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.state.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Facts about one application, Payroll Sync, decoded from lines of acts as scenario files have them: {@code +9d, by: admin, do: ...}. */
public final class LineFacts {

    public static final App APP = ActIds.app("Payroll Sync");

    /** What {@code +0d} means, with the fraction that whole seconds get in logs that show fractions. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00.4321987Z");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");

    private LineFacts() {}

    /** The facts of lines that begin with their time and leave out the application, all about Payroll Sync. */
    public static List<AppEvent> of(String... lines) {
        EventDecoder decoder = new EventDecoder(DecodeSettings.DEFAULT.withEverything(true), Needed.BY_DETECTIONS);
        List<AppEvent> facts = new ArrayList<>();
        for (String event :
                Lines.events(Arrays.stream(lines).map(LineFacts::line).toArray(String[]::new))) {
            try {
                decoder.decode(MAPPER.readTree(event), "lines:1/0", LATER).forEach(fact -> facts.add(ofApp(fact)));
            } catch (JsonProcessingException | RejectedElementException e) {
                throw new IllegalArgumentException(event, e);
            }
        }
        return facts;
    }

    /** The only fact of a line. */
    public static AppEvent one(String line) {
        List<AppEvent> facts = of(line);
        if (facts.size() != 1) {
            throw new IllegalArgumentException(line + " makes " + facts.size() + " facts");
        }
        return facts.get(0);
    }

    /** What a line of a sign-in tells of the actor's address, as the topology hands it to the application's history. */
    public static AppEvent address(String line) {
        AppEvent signIn = one(line);
        Actor actor = signIn.getActor();
        String key = Actors.key(actor).orElseThrow();
        return Sighting.of(
                        signIn.getTenantId(),
                        key,
                        actor.getIp().orElseThrow(),
                        true,
                        signIn.getEventTime(),
                        Details.of(signIn, SignIn.class).flatMap(SignIn::getCountry),
                        new Sighting.Shown(signIn.getEventId(), signIn.getSource(), signIn.getPosition(), actor))
                .fact();
    }

    /** The moment of {@code +Nd}. */
    public static Instant days(long days) {
        return START.plus(Duration.ofDays(days));
    }

    private static String line(String line) {
        return "at: " + line + (line.contains("do: sign-in") ? "" : ", app: " + APP.name());
    }

    /** Some events name the application by an object id alone, which a step of the topology turns into its App ID. */
    private static AppEvent ofApp(AppEvent fact) {
        return AppEvent.newBuilder(fact)
                .setAppId(APP.appId())
                .setServicePrincipalId(APP.servicePrincipalId())
                .build();
    }
}
