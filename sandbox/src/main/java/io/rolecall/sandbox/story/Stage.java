package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.App;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.DirectoryAct.Initiator;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.EntraShape;
import io.rolecall.acts.Json;
import io.rolecall.acts.LoggedEvent;
import io.rolecall.acts.Person;
import io.rolecall.acts.Role;
import io.rolecall.acts.Tenant;
import io.rolecall.acts.UnifiedShape;
import io.rolecall.event.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the scenes of the script play on: takes their acts down in the logs, and their truth. */
final class Stage {

    private final Tenant tenant;
    private final StoryPeople people;
    private final StoryOptions options;
    private final EntraShape entra;
    private final UnifiedShape unified;
    private final List<SentRecord> deliveries = new ArrayList<>();
    private final List<ExpectedAlert> truth = new ArrayList<>();
    private final List<String> scenes = new ArrayList<>();
    private String scene = "";
    private int correlations;

    Stage(Tenant tenant, StoryPeople people, StoryOptions options) {
        this.tenant = tenant;
        this.people = people;
        this.options = options;
        this.entra = new EntraShape(tenant.id());
        this.unified = new UnifiedShape(tenant.id());
    }

    void play(Scene next) {
        scene = next.name();
        scenes.add(scene);
        correlations = 0;
        next.play(this);
    }

    Tenant tenant() {
        return tenant;
    }

    StoryPeople people() {
        return people;
    }

    /** Whether the days are long enough apart for what is usual to be known. */
    boolean hasBaselines() {
        return !options.isCompressed();
    }

    /** Midnight at the beginning of the first day of the script. */
    Instant start() {
        return options.scriptDay(0);
    }

    /** The organisation's networks, as prefixes. */
    List<String> networks() {
        return StoryNetwork.of(options).stream().map(StoryNetwork::cidr).toList();
    }

    /** An instant within a minute of the script, with an odd fraction, as real ones have. */
    Instant at(int day, int hour, int minute) {
        long nanos = tenant.ids()
                        .random(scene + "/" + day + "/" + hour + "/" + minute)
                        .nextLong(10_000_000L)
                * 100;
        return options.scriptDay(day)
                .plus(Duration.ofMinutes(hour * 60L + minute))
                .plusNanos(nanos);
    }

    /** A transaction of its own. */
    Circumstances how(Instant time, Initiator by, String userAgent) {
        return new Circumstances(time, tenant.ids().guid(scene + "/correlation/" + correlations++), by, userAgent);
    }

    /** Numbers of the scene, by a name of their own: what else is drawn does not change them. */
    SplittableRandom random(String name) {
        return tenant.ids().random(scene + "/" + name);
    }

    /** Entra audit has the act. */
    void entra(DirectoryAct act) {
        SplittableRandom random = random("entra/" + deliveries.size());
        String id = EntraShape.eventId(act.correlationId(), tenant.ids(), deliveries.size());
        int choice = random.nextInt(100);
        if (choice < 15) {
            ObjectNode row = entra.logAnalytics(act, id, tenant.ids().guid("workspace"));
            add(Envelope.ENTRA_AUDIT_LOG_ANALYTICS, Envelope.ENTRA_AUDIT_LOG_ANALYTICS, row, act.time(), random);
        } else {
            audit(entra.diagnostic(act, id), choice < 50, act.time(), random);
        }
    }

    private void audit(ObjectNode record, boolean inRecords, Instant time, SplittableRandom random) {
        if (inRecords) {
            add(Envelope.ENTRA_AUDIT_RECORDS, Envelope.ENTRA_AUDIT_DIAGNOSTIC, record, time, random);
        } else {
            add(Envelope.ENTRA_AUDIT_DIAGNOSTIC, Envelope.ENTRA_AUDIT_RECORDS, record, time, random);
        }
    }

    /** The unified audit log has the act: another id, no address, whole seconds. */
    void unified(DirectoryAct act) {
        office(unified.record(act, tenant.ids(), deliveries.size()), act.time());
    }

    /** Both logs have the act. */
    void both(DirectoryAct act) {
        entra(act);
        unified(act);
    }

    /** A record of the unified audit log. */
    void office(ObjectNode record, Instant time) {
        SplittableRandom random = random("office/" + deliveries.size());
        switch (random.nextInt(3)) {
            case 0 -> add(Envelope.M365_SEARCH_EXPORT, Envelope.M365_BLOB, record, time, random);
            case 1 -> add(Envelope.M365_RECORD, Envelope.M365_SEARCH_EXPORT, record, time, random);
            default -> add(Envelope.M365_BLOB, Envelope.M365_RECORD, record, time, random);
        }
    }

    void signIn(ObjectNode record, Instant time) {
        SplittableRandom random = random("sign-in/" + deliveries.size());
        add(Envelope.SIGN_IN_DIAGNOSTIC, Envelope.SIGN_IN_RECORDS, record, time, random);
    }

    /** A log has an event, and the other log the same act where it has it too. */
    void logged(LoggedEvent event) {
        JsonNode record = Json.read(event.json());
        switch (event.log()) {
            case UNIFIED -> office((ObjectNode) record, event.time());
            case AZURE ->
                add(
                        Envelope.AZURE_RECORDS,
                        Envelope.AZURE_RECORDS,
                        (ObjectNode) record,
                        event.time(),
                        random("azure/" + deliveries.size()));
            case ENTRA -> ofEntra((ObjectNode) record, event.time());
        }
        event.inOtherLog().ifPresent(this::logged);
    }

    private void ofEntra(ObjectNode record, Instant time) {
        if (record.path("category").asText().endsWith("SignInLogs")) {
            signIn(record, time);
        } else {
            SplittableRandom random = random("entra/" + deliveries.size());
            audit(record, random.nextBoolean(), time, random);
        }
    }

    /** Writes down an alert that the scene must cause. */
    void expect(ExpectedAlert alert) {
        truth.add(alert);
    }

    /** The same of an open alert about an application. */
    void expect(String detection, String severity, App app, Optional<String> anchor, List<String> permissions) {
        Subject subject = Subject.application(tenant.id(), app.appId());
        expect(new ExpectedAlert(detection, subject, severity, "open", anchor, permissions, scene));
    }

    /** The same of an open alert about a person. */
    void expect(String detection, String severity, Person person, String anchor) {
        Subject subject = Subject.actor(tenant.id(), person.id());
        expect(new ExpectedAlert(detection, subject, severity, "open", Optional.of(anchor), List.of(), scene));
    }

    /** The same of an alert about one application role. */
    void expect(String detection, String severity, App app, Role role) {
        expect(detection, severity, app, Optional.of(role.api().appId() + "/" + role.id()), List.of(role.value()));
    }

    /** Roles were given that the registration, which declares none of its own accord, did not ask for. */
    void expectUndeclared(App app, Role... roles) {
        for (Role role : roles) {
            expect("undeclared-permission", "low", app, role);
        }
    }

    List<SentRecord> deliveries() {
        return List.copyOf(deliveries);
    }

    List<ExpectedAlert> truth() {
        return List.copyOf(truth);
    }

    /** Names of what was played. */
    List<String> scenes() {
        return List.copyOf(scenes);
    }

    /** Delivers a record: most at once, some hours late, a few days; one in five once more, in the same file or another. */
    private void add(Envelope envelope, Envelope sibling, ObjectNode record, Instant time, SplittableRandom random) {
        String json = Json.text(record);
        Instant delivered = time.plus(delay(random));
        deliveries.add(new SentRecord(delivered, deliveries.size(), envelope, time, json));
        int again = random.nextInt(10);
        if (again < 2) {
            Envelope other = again == 0 || envelope == Envelope.ENTRA_AUDIT_LOG_ANALYTICS ? envelope : sibling;
            deliveries.add(new SentRecord(delivered.plus(delay(random)), deliveries.size(), other, time, json));
        }
    }

    private static Duration delay(SplittableRandom random) {
        int choice = random.nextInt(20);
        if (choice == 0) {
            return Duration.ofHours(random.nextInt(24, 96));
        }
        return choice < 5 ? Duration.ofMinutes(random.nextInt(60, 720)) : Duration.ofSeconds(random.nextInt(5, 600));
    }
}
