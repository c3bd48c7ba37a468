package io.rolecall.source;

import io.rolecall.event.Operations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory event as both the Entra audit log and the unified audit log tell it.
 *
 * @param operation normalised operation
 * @param properties what changed, over all targets
 * @param targets what it was done to, in the order of the event
 * @param additional additional details
 */
record DirectoryEvent(String operation, ModifiedProperties properties, List<Target> targets, KeyValues additional) {

    /** App ID among the additional details. <b>For app role assignments and delegated grants it is the API's.</b> */
    @Nullable
    String detailAppId() {
        return Values.guid(additional.text("AppId"));
    }

    /** A fact that stands among the properties or, in events of privileged identity management, among the additional details. */
    @Nullable
    String stated(String... names) {
        for (String name : names) {
            String text = Values.first(properties.either(name), additional.text(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The first target of the kind; an empty one when there is none. */
    Target target(String kind) {
        for (Target target : targets) {
            if (target.type().equals(kind)) {
                return target;
            }
        }
        return Target.NONE;
    }

    /** The registration the event is about. */
    AppRef application() {
        Target target = target(Target.APPLICATION);
        return new AppRef(
                Values.first(properties.guid("AppId"), detailAppId(), target.appId()),
                target.id(),
                null,
                Values.first(renamed(), target.name(), properties.either("DisplayName")));
    }

    /** The name that an update gives: the target may still show the one before. */
    private @Nullable String renamed() {
        return operation.equals(Operations.UPDATE_APPLICATION) ? properties.now("DisplayName") : null;
    }

    /** The service principal the event is about. */
    AppRef servicePrincipal() {
        Target target = target(Target.SERVICE_PRINCIPAL);
        String names = Values.appIdAmongNames(properties.either("TargetId.ServicePrincipalNames"));
        String appId = Values.first(
                properties.guid("AppPrincipalId"),
                properties.guid("ServicePrincipalName"),
                detailAppId(),
                target.appId(),
                names);
        return new AppRef(appId, null, target.id(), Values.first(target.name(), properties.either("DisplayName")));
    }

    /**
     * The client that is given a permission: it stands in the properties, while the first target, the object id and the App ID
     * of the details are those of the API.
     */
    AppRef client() {
        Target second = targets.size() > 1 ? targets.get(1) : Target.NONE;
        String appId = Values.first(
                properties.guid("ServicePrincipal.AppId"),
                properties.guid("ServicePrincipal.Name"),
                Values.guid(second.name()));
        return new AppRef(
                appId,
                null,
                Values.first(properties.guid("ServicePrincipal.ObjectID"), second.id()),
                properties.either("ServicePrincipal.DisplayName"));
    }

    /** The API that defines a permission: the first target that is not the client. */
    Target resource(AppRef client) {
        for (Target target : targets) {
            if (target.id() == null || !target.id().equals(client.servicePrincipalId())) {
                return target;
            }
        }
        return Target.NONE;
    }

    /** App ID of the API that defines a permission. */
    @Nullable
    String resourceAppId(Target resource) {
        String names = properties.either("TargetId.ServicePrincipalNames");
        return Values.first(detailAppId(), resource.appId(), Values.appIdAmongNames(names));
    }
}
