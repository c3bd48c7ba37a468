package io.rolecall.deployment;

import io.rolecall.acts.Api;
import io.rolecall.acts.App;
import io.rolecall.acts.ConsentActs;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.DirectoryActs;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.EntraShape;
import io.rolecall.acts.Json;
import io.rolecall.acts.Person;
import io.rolecall.acts.Role;
import io.rolecall.acts.Tenant;
import io.rolecall.acts.UserAgents;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A registration of a single-tenant application and a far-reaching grant to it, as diagnostic records of the Entra audit log. */
public final class AbuseEvents {

    private static final Tenant TENANT = new Tenant(1);
    private static final App APPLICATION = TENANT.app("Backup Sync");
    private static final String ADDRESS = "203.0.113.77";
    private static final Person ADMIN = new Person(
            "e4c722ac-3b83-478d-8f52-c388885dc30f",
            "admin@contoso.com",
            "Admin Example",
            "10032000AAAAAAAA",
            ADDRESS,
            ADDRESS,
            true);
    private static final DirectoryActs ACTS = new DirectoryActs(TENANT);

    private AbuseEvents() {}

    public static String registration() {
        return record(ACTS.addApplication(at("2024-05-01T08:00:00.1234567Z", "01"), APPLICATION));
    }

    public static String grant() {
        return record(ACTS.addAppRole(at("2024-05-03T09:00:00.1234567Z", "02"), APPLICATION, Role.MAIL_READ));
    }

    /**
     * One more grant to the same application.
     *
     * @param day of the month of the first grant, after it
     */
    public static String grant(Role role, int day) {
        String number = String.valueOf(10 + day);
        return record(ACTS.addAppRole(at("2024-05-%02dT09:00:00.1234567Z".formatted(day), number), APPLICATION, role));
    }

    /** Access to everybody's mail, given to the application by an event that does not tell its App ID. */
    public static String delegatedGrant() {
        ConsentActs.Click click = new ConsentActs.Click(
                APPLICATION, Map.of(Api.GRAPH, "Mail.ReadWrite offline_access"), true, true, false);
        return new ConsentActs(TENANT)
                .granted(at("2024-05-06T09:00:00.1234567Z", "16"), click).stream()
                        .filter(act -> act.operation().equals("Add delegated permission grant"))
                        .map(AbuseEvents::record)
                        .findFirst()
                        .orElseThrow();
    }

    private static Circumstances at(String time, String number) {
        return new Circumstances(
                Instant.parse(time),
                "5d0a3f31-2a4f-4f6f-9a55-7c3c7d1d2e" + number,
                new DirectoryAct.ByUser(ADMIN, Optional.of(ADDRESS)),
                UserAgents.EDGE);
    }

    private static String record(DirectoryAct act) {
        return Json.text(new EntraShape(TENANT.id()).diagnostic(act, "Directory_" + act.correlationId() + "_ABCDE_1"));
    }
}
