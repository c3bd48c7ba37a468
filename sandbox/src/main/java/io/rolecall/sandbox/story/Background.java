package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.AzureShape;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.ExchangeShape;
import io.rolecall.acts.Json;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Person;
import io.rolecall.acts.Place;
import io.rolecall.acts.SignInShape;
import io.rolecall.acts.Tenant;
import io.rolecall.acts.WorkloadSignInShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The background, in the order of event time and one event at a time: a long story needs no memory. Nothing in it concerns a
 * detection but the sign-ins, which show addresses of their users; those of administrators are always the organisation's.
 */
final class Background implements Iterator<SentRecord> {

    /** One in this many arrives hours late; at most so many a day, however many events there are. */
    private static final int LATE_EVERY = 150;

    private static final int MOST_LATE_A_DAY = 400;

    private static final String[] SYSTEM_CMDLETS = {
        "Set-ConditionalAccessPolicy", "Set-User", "Set-Mailbox", "Set-TransportConfig"
    };

    private final Tenant tenant;
    private final StoryPeople people;
    private final List<Person> crowd;
    private final StoryOptions options;
    private final SplittableRandom random;
    private final SignInShape signIns;
    private final WorkloadSignInShape workloads;
    private final OfficeShape office;
    private final ExchangeShape exchange;
    private final AzureShape azure;
    private final DirectoryNoise directory;
    private final long total;
    private long number;

    Background(Tenant tenant, StoryPeople people, StoryOptions options) {
        this.tenant = tenant;
        this.people = people;
        this.crowd = people.crowd(options.people(), tenant);
        this.options = options;
        this.random = tenant.ids().random("background");
        this.signIns = new SignInShape(tenant);
        this.workloads = new WorkloadSignInShape(tenant);
        this.office = new OfficeShape(tenant);
        this.exchange = new ExchangeShape(tenant);
        this.azure = new AzureShape(tenant);
        this.directory = new DirectoryNoise(tenant);
        this.total = (long) options.days() * options.noisePerDay();
    }

    @Override
    public boolean hasNext() {
        return number < total;
    }

    @Override
    public SentRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Instant time = time();
        number++;
        return random.nextInt(100) < options.signInPercent() ? signIn(time) : other(time);
    }

    /** The n-th of a day's events: two in three of them in the ten hours of work, in rising order. */
    private Instant time() {
        long day = number / options.noisePerDay();
        double share = (number % options.noisePerDay() + random.nextDouble()) / options.noisePerDay();
        double hour;
        if (share < 0.12) {
            hour = share / 0.12 * 7;
        } else if (share < 0.79) {
            hour = 7 + (share - 0.12) / 0.67 * 10;
        } else {
            hour = 17 + (share - 0.79) / 0.21 * 7;
        }
        long ticks = (long) (hour * 3_600e7);
        return StoryOptions.START.plusSeconds(86_400 * day).plusNanos(ticks * 100);
    }

    private SentRecord signIn(Instant time) {
        Person person = person();
        String ip = ip(person, time);
        int error = random.nextInt(40) == 0 ? 50126 : 0;
        SignInShape.Client client = client();
        int choice = random.nextInt(100);
        if (choice < 10) {
            return deliver(Envelope.M365_RECORD, office.signIn(time, person, ip, client, error, random), time);
        }
        Envelope envelope = random.nextInt(3) == 0 ? Envelope.SIGN_IN_RECORDS : Envelope.SIGN_IN_DIAGNOSTIC;
        if (choice < 18) {
            App app = people.background().get(random.nextInt(people.background().size()));
            ObjectNode record = random.nextInt(3) == 0
                    ? workloads.managedIdentity(time, app, random)
                    : workloads.servicePrincipal(
                            time,
                            app,
                            "203.0.113.2" + (10 + Math.floorMod(app.name().hashCode(), 40)),
                            Place.CLOUD,
                            Optional.of(tenant.ids().guid("key/" + app.name())),
                            Api.GRAPH,
                            random.nextInt(60) == 0 ? 7000222 : 0,
                            random);
            return deliver(envelope, record, time);
        }
        boolean interactive = choice < 45;
        return deliver(
                envelope, signIns.user(time, person, ip, Place.of(ip), client, interactive, error, random), time);
    }

    private SentRecord other(Instant time) {
        Person person = person();
        String ip = ip(person, time);
        int choice = random.nextInt(100);
        if (choice < 35) {
            return deliver(m365(), office.mailRead(time, person, ip, Optional.empty(), random), time);
        }
        if (choice < 66) {
            String operation = choice < 56 ? "FileAccessed" : "FileDownloaded";
            return deliver(m365(), office.file(time, operation, person, ip, random), time);
        }
        if (choice < 76) {
            return deliver(m365(), office.send(time, person, ip, Optional.empty(), "Minutes", random), time);
        }
        if (choice < 83) {
            String cmdlet = SYSTEM_CMDLETS[random.nextInt(SYSTEM_CMDLETS.length)];
            Map<String, String> parameters = Map.of("Identity", tenant.ids().guid("mailbox/" + person.upn()));
            return deliver(m365(), exchange.bySystem(time, cmdlet, parameters, random), time);
        }
        if (choice < 90) {
            return azure(time);
        }
        return directory(time);
    }

    private SentRecord azure(Instant time) {
        Person caller = people.all().get(random.nextInt(2));
        if (random.nextInt(4) == 0) {
            String assignee = people.user(random.nextInt(50)).id();
            ObjectNode record = azure.roleAssignment(time, caller, caller.officeIp(), assignee, random);
            return deliver(Envelope.AZURE_RECORDS, record, time);
        }
        String name = "machine-" + random.nextInt(20);
        return deliver(
                Envelope.AZURE_REST,
                azure.write(time, "Microsoft.Compute", "virtualMachines", name, caller, caller.officeIp(), random),
                time);
    }

    private SentRecord directory(Instant time) {
        DirectoryAct act = directory.act(time, people.administrator(), people.user(random.nextInt(56)), random);
        int choice = random.nextInt(10);
        if (choice < 3) {
            return deliver(Envelope.ENTRA_AUDIT_GRAPH_PAGE, directory.graph(act, random), time);
        }
        if (choice < 4) {
            return deliver(Envelope.ENTRA_AUDIT_LOG_ANALYTICS, directory.row(act, random), time);
        }
        if (choice < 6) {
            return deliver(m365(), directory.unified(act, random), time);
        }
        Envelope envelope = choice < 8 ? Envelope.ENTRA_AUDIT_RECORDS : Envelope.ENTRA_AUDIT_DIAGNOSTIC;
        return deliver(envelope, directory.diagnostic(act, random), time);
    }

    private Person person() {
        return crowd.get(random.nextInt(crowd.size()));
    }

    /** At work in working hours, else often at home; administrators at work alone. */
    private String ip(Person person, Instant time) {
        long hour = time.getEpochSecond() / 3_600 % 24;
        boolean working = hour >= 7 && hour < 17;
        boolean atHome = !person.administrator() && random.nextInt(10) < (working ? 2 : 8);
        return atHome ? person.homeIp() : person.officeIp();
    }

    private SignInShape.Client client() {
        return switch (random.nextInt(8)) {
            case 0 -> SignInShape.Client.PORTAL;
            case 1, 2 -> SignInShape.Client.OUTLOOK_WEB;
            case 3, 4, 5 -> SignInShape.Client.TEAMS;
            default -> SignInShape.Client.OFFICE;
        };
    }

    private Envelope m365() {
        int choice = random.nextInt(10);
        if (choice == 0) {
            return Envelope.M365_SEARCH_EXPORT;
        }
        return choice < 5 ? Envelope.M365_BLOB : Envelope.M365_RECORD;
    }

    private SentRecord deliver(Envelope envelope, ObjectNode record, Instant time) {
        int every = Math.max(LATE_EVERY, options.noisePerDay() / MOST_LATE_A_DAY);
        Duration delay = random.nextInt(every) == 0 ? Duration.ofMinutes(random.nextInt(30, 900)) : Duration.ZERO;
        return new SentRecord(time.plus(delay), number, envelope, time, Json.text(record));
    }
}
