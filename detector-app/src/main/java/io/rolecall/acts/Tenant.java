package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.Name;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import java.util.List;
import java.util.Optional;

/** A tenant whose ids all follow from its seed. */
public final class Tenant {

    private final Ids ids;
    private final String id;

    public Tenant(long seed) {
        this.ids = new Ids(seed);
        this.id = ids.guid("tenant");
    }

    Tenant(Ids ids, String id) {
        this.ids = ids;
        this.id = id;
    }

    public Ids ids() {
        return ids;
    }

    public String id() {
        return id;
    }

    /** The application of a name. */
    public App app(String name) {
        String key = "app/" + name + "/";
        return new App(name, ids.guid(key + "client"), ids.guid(key + "object"), ids.guid(key + "principal"));
    }

    /** Service principal id of an API in this tenant. */
    String principalOf(Api api) {
        return ids.guid("api/" + api.appId());
    }

    /** The service principal of an API as the target of an act. */
    Target target(Api api, List<Property> properties) {
        return new Target(
                principalOf(api),
                Optional.of(api.displayName()),
                "ServicePrincipal",
                Optional.empty(),
                properties,
                List.of(new Name(api.appId(), 2), new Name(api.principalNames(), 4)));
    }
}
