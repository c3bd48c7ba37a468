package io.rolecall.sandbox.story;

import io.rolecall.sandbox.story.DirectoryAct.Name;
import io.rolecall.sandbox.story.DirectoryAct.Property;
import io.rolecall.sandbox.story.DirectoryAct.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The tenant: its people, applications and networks. All addresses are of the blocks reserved for documentation, so that the
 * story accuses nobody; only the front-ends of Entra ID are real.
 */
final class Tenant {

    private static final List<String> FIRST = List.of(
            "Adele", "Alex", "Amira", "Bianca", "Boris", "Carla", "Chen", "Dana", "Diego", "Elif", "Emil", "Farah",
            "Felix", "Greta", "Hana", "Henrik", "Ines", "Ivan", "Jana", "Jonas", "Kaito", "Lea", "Liam", "Mara",
            "Miguel", "Nadia", "Noah", "Olga", "Oscar", "Petra", "Priya", "Quentin", "Rosa", "Samir", "Tessa", "Vera");
    private static final List<String> LAST = List.of(
            "Adler",
            "Bauer",
            "Costa",
            "Dubois",
            "Eriksen",
            "Fischer",
            "Garcia",
            "Haddad",
            "Ito",
            "Jansen",
            "Kowalski",
            "Larsen",
            "Moreau",
            "Novak",
            "Okafor",
            "Patel",
            "Quist",
            "Rossi",
            "Silva",
            "Tanaka",
            "Ude",
            "Vance",
            "Weber",
            "Xu",
            "Yilmaz",
            "Zeman");
    private static final int PEOPLE = 60;
    private static final int ADMINISTRATORS = 4;

    private final Ids ids;
    private final String id;
    private final List<Person> people;
    private final List<App> background;

    Tenant(long seed) {
        this.ids = new Ids(seed);
        this.id = ids.guid("tenant");
        this.people = people(ids.random("people"));
        List<App> apps = new ArrayList<>();
        for (String name : List.of(
                "HR Portal",
                "Invoice Robot",
                "Backup Agent",
                "Ticket Sync",
                "Badge Printer",
                "Fleet Tracker",
                "Wiki Indexer",
                "Print Gateway",
                "Survey Tool",
                "Room Booking",
                "Warehouse Feed",
                "Status Page")) {
            apps.add(app(name));
        }
        this.background = List.copyOf(apps);
    }

    /** The organisation's networks; one ended during the story, one began. */
    static List<StoryNetwork> networks(StoryOptions options) {
        var opened = options.scriptDay(9).plus(Duration.ofHours(2));
        var closed = options.scriptDay(29).plus(Duration.ofHours(23));
        return List.of(
                new StoryNetwork("203.0.113.0/24", "headquarters", Optional.empty(), Optional.empty()),
                new StoryNetwork("198.51.100.0/26", "branch-office", Optional.empty(), Optional.of(closed)),
                new StoryNetwork("198.51.100.64/26", "new-branch-office", Optional.of(opened), Optional.empty()),
                new StoryNetwork("2001:db8:10::/48", "headquarters-ipv6", Optional.empty(), Optional.empty()));
    }

    Ids ids() {
        return ids;
    }

    String id() {
        return id;
    }

    List<Person> people() {
        return people;
    }

    /** The administrator who does all benign administration from the office. */
    Person administrator() {
        return people.get(0);
    }

    /** The administrator who travels: what he does from outside is harmless for another reason. */
    Person travellingAdministrator() {
        return people.get(1);
    }

    /** The administrator whose account the first attacker has phished. */
    Person phishedAdministrator() {
        return people.get(2);
    }

    /** The application administrator whose account the third attacker has. */
    Person helpDesk() {
        return people.get(3);
    }

    /** A user who is no administrator, from 0. */
    Person user(int number) {
        return people.get(ADMINISTRATORS + number % (PEOPLE - ADMINISTRATORS));
    }

    /** Applications that were there long before the story, without privileges. */
    List<App> background() {
        return background;
    }

    /** The application of a name. */
    App app(String name) {
        String key = "app/" + name + "/";
        return new App(name, ids.guid(key + "client"), ids.guid(key + "object"), ids.guid(key + "principal"));
    }

    /** Service principal id of an API in this tenant. */
    String principalOf(Api api) {
        return ids.guid("api/" + api.appId);
    }

    Target target(Api api, List<Property> properties) {
        return new Target(
                principalOf(api),
                Optional.of(api.displayName),
                "ServicePrincipal",
                Optional.empty(),
                properties,
                List.of(new Name(api.appId, 2), new Name(api.principalNames, 4)));
    }

    private static List<Person> people(SplittableRandom random) {
        List<Person> people = new ArrayList<>();
        int first = random.nextInt(FIRST.size());
        int last = random.nextInt(LAST.size());
        for (int i = 0; i < PEOPLE; i++) {
            String given = FIRST.get((first + i) % FIRST.size());
            String family = LAST.get((last + i * 5) % LAST.size());
            String upn = (given + "." + family).toLowerCase(Locale.ROOT) + "@contoso.com";
            String office = i % 3 == 2 && i >= ADMINISTRATORS ? "198.51.100." + (10 + i / 2) : "203.0.113." + (20 + i);
            String home = i % 4 == 0 ? "2001:db8:4000:" + Integer.toHexString(i + 16) + "::15" : "192.0.2." + (20 + i);
            people.add(new Person(
                    Ids.guid(random), upn, given + " " + family, Ids.puid(random), office, home, i < ADMINISTRATORS));
        }
        return List.copyOf(people);
    }
}
