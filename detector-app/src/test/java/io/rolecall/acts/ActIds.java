package io.rolecall.acts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ids that are made of names, for tests that look at decoded facts. */
public final class ActIds {

    private static final Cast CAST = new Cast(Map.of(), List.of());

    private ActIds() {}

    /** Ids of applications and people in the tenant of lines that name none, each with a word for it. */
    public static Map<String, String> words(List<String> applications, List<String> people) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String name : applications) {
            App app = CAST.app(name, CAST.tenant(Cast.TENANT));
            words.put(app.appId(), "<App ID of " + name + ">");
            words.put(app.objectId(), "<object of " + name + ">");
            words.put(app.servicePrincipalId(), "<principal of " + name + ">");
        }
        people.forEach(name -> words.put(CAST.person(name, Cast.TENANT).id(), "<" + name + ">"));
        return words;
    }

    /** The application of a name, in the tenant of lines that name none. */
    public static App app(String name) {
        return CAST.app(name, CAST.tenant(Cast.TENANT));
    }

    /** Id of the tenant of lines that name none. */
    public static String tenantId() {
        return CAST.tenant(Cast.TENANT).id();
    }

    /** The person of a name, in the tenant of lines that name none. */
    public static Person person(String name) {
        return CAST.person(name, Cast.TENANT);
    }

    /** Id of a key that {@code add-credential} names. */
    public static String keyId(String application, String key) {
        return Optional.of(CAST.tenant(Cast.TENANT))
                .map(tenant -> tenant.ids().guid("key/" + application + "/" + key))
                .orElseThrow();
    }
}
