package io.rolecall.sandbox.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct;
import io.rolecall.acts.DirectoryAct.Name;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.EntraShape;
import io.rolecall.acts.Ids;
import io.rolecall.acts.Json;
import io.rolecall.acts.Person;
import io.rolecall.acts.Properties;
import io.rolecall.acts.Tenant;
import io.rolecall.acts.UnifiedShape;
import io.rolecall.acts.UserAgents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a directory does all day: users, devices, licences and groups change. No detection needs any of it. */
final class DirectoryNoise {

    private final Tenant tenant;
    private final EntraShape entra;
    private final UnifiedShape unified;

    DirectoryNoise(Tenant tenant) {
        this.tenant = tenant;
        this.entra = new EntraShape(tenant.id());
        this.unified = new UnifiedShape(tenant.id());
    }

    DirectoryAct act(Instant time, Person administrator, Person user, SplittableRandom random) {
        var by = Common.from(administrator, administrator.officeIp());
        return switch (random.nextInt(5)) {
            case 0 -> act("Update user", "UserManagement", "Update", "User", time, by, user(user, job(random)), random);
            case 1 ->
                act("Change user license", "UserManagement", "Update", "User", time, by, user(user, List.of()), random);
            case 2 -> act("Update device", "Device", "Update", "Device", time, by, device(random), random);
            case 3 ->
                act(
                        "Add member to group",
                        "GroupManagement",
                        "Assign",
                        "Group",
                        time,
                        by,
                        member(user, random),
                        random);
            default ->
                act(
                        "Remove member from group",
                        "GroupManagement",
                        "Unassign",
                        "Group",
                        time,
                        by,
                        member(user, random),
                        random);
        };
    }

    ObjectNode diagnostic(DirectoryAct act, SplittableRandom random) {
        return entra.diagnostic(act, eventId(act, random));
    }

    ObjectNode graph(DirectoryAct act, SplittableRandom random) {
        return entra.graph(act, eventId(act, random));
    }

    ObjectNode row(DirectoryAct act, SplittableRandom random) {
        return entra.logAnalytics(act, eventId(act, random), tenant.ids().guid("workspace"));
    }

    ObjectNode unified(DirectoryAct act, SplittableRandom random) {
        return unified.record(act, tenant.ids(), random.nextInt(1_000_000));
    }

    private static String eventId(DirectoryAct act, SplittableRandom random) {
        return "Directory_" + act.correlationId() + "_" + Ids.letters(random, 5) + "_"
                + random.nextInt(1_000_000, 400_000_000);
    }

    private static DirectoryAct act(
            String operation,
            String category,
            String kind,
            String unified,
            Instant time,
            DirectoryAct.ByUser by,
            List<Target> targets,
            SplittableRandom random) {
        return new DirectoryAct(
                operation,
                category,
                kind,
                unified,
                time,
                Ids.guid(random),
                by,
                Optional.empty(),
                targets,
                Map.of("User-Agent", UserAgents.EDGE));
    }

    private static List<Property> job(SplittableRandom random) {
        return List.of(
                Properties.listed("JobTitle", Json.array("Engineer " + random.nextInt(1, 5))),
                Properties.included("JobTitle"));
    }

    private static List<Target> user(Person user, List<Property> properties) {
        return List.of(new Target(user.id(), Optional.empty(), "User", Optional.of(user), properties, List.of()));
    }

    private static List<Target> device(SplittableRandom random) {
        List<Property> properties = List.of(
                Properties.listed("DeviceOSVersion", Json.array("10.0.19045." + random.nextInt(3000, 5000))),
                Properties.included("DeviceOSVersion"));
        Optional<String> name = Optional.of("LAPTOP-" + Ids.letters(random, 7));
        return List.of(new Target(Ids.guid(random), name, "Device", Optional.empty(), properties, List.of()));
    }

    private List<Target> member(Person user, SplittableRandom random) {
        int group = random.nextInt(12);
        String id = tenant.ids().guid("group/" + group);
        List<Property> properties =
                List.of(Properties.text("Group.ObjectID", id), Properties.text("Group.DisplayName", "Team " + group));
        Target target = new Target(user.id(), Optional.empty(), "User", Optional.of(user), properties, List.of());
        return List.of(target, new Target(id, Optional.empty(), "Group", Optional.empty(), List.of(), List.<Name>of()));
    }
}
