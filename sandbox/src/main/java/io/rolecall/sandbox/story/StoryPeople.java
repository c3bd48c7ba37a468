package io.rolecall.sandbox.story;

import io.rolecall.acts.App;
import io.rolecall.acts.Ids;
import io.rolecall.acts.Person;
import io.rolecall.acts.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The people of the story and its harmless applications. All addresses are of the blocks reserved for documentation, so that the
 * story accuses nobody; only the front-ends of Entra ID are real.
 */
final class StoryPeople {

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
    private static final int PEOPLE = StoryOptions.FEWEST_PEOPLE;
    private static final int ADMINISTRATORS = 4;

    private final List<Person> people;
    private final List<App> background;

    StoryPeople(Tenant tenant) {
        this.people = people(tenant.ids().random("people"));
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
            apps.add(tenant.app(name));
        }
        this.background = List.copyOf(apps);
    }

    List<Person> all() {
        return people;
    }

    /** These and more, of whom the background alone tells: they share the offices and the homes of these. */
    List<Person> crowd(int size, Tenant tenant) {
        SplittableRandom random = tenant.ids().random("crowd");
        List<Person> crowd = new ArrayList<>(people);
        for (int i = PEOPLE; i < size; i++) {
            Person like = user(i);
            String upn = "person." + i + "@contoso.com";
            crowd.add(new Person(
                    Ids.guid(random), upn, "Person " + i, Ids.puid(random), like.officeIp(), like.homeIp(), false));
        }
        return List.copyOf(crowd);
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
