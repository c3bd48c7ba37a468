package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryActs.Circumstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Registrations of applications, and updates of what they state. */
final class RegistrationActs {

    /** What the log calls the audiences that are more than one tenant or all tenants. */
    private static final Map<String, String> AUDIENCES =
            Map.of("multi-and-personal", "AzureADandPersonalMicrosoftAccount", "personal", "PersonalMicrosoftAccount");

    private RegistrationActs() {}

    /** {@code Add application}. */
    static DirectoryAct added(Circumstances how, App app, RegistrationTerms stated) {
        List<Property> properties = new ArrayList<>();
        properties.add(Properties.listed("AppId", Json.array(app.appId())));
        properties.add(tenancy(Optional.empty(), stated.tenancy()));
        properties.add(Properties.listed("DisplayName", Json.array(app.name())));
        properties.add(Properties.listed("RequiredResourceAccess", Requested.list(stated.requested())));
        if (!stated.redirects().isEmpty()) {
            properties.add(Properties.listed("AppAddress", addresses(stated.redirects())));
        }
        properties.add(Properties.listed("PublisherDomain", Json.array(stated.publisherDomain())));
        return act(how, "Add application", "Add", app, properties);
    }

    /** A registration that failed: no App ID, the name alone. */
    static DirectoryAct failed(Circumstances how, String name, String reason) {
        Target target =
                new Target(ConsentActs.NO_ID, Optional.of(name), "Application", Optional.empty(), List.of(), List.of());
        return DirectoryActs.act(how, "Add application", "Add", "Application", List.of(target), how.details())
                .failed(reason);
    }

    /** {@code Update application} with the declared permissions before and after. */
    static DirectoryAct declared(Circumstances how, App app, List<Requested> before, List<Requested> after) {
        return updated(
                how,
                app,
                List.of(Properties.changed("RequiredResourceAccess", Requested.list(before), Requested.list(after))));
    }

    /** {@code Update application} with some properties; without any it is the stub that accompanies other acts. */
    static DirectoryAct updated(Circumstances how, App app, List<Property> properties) {
        return act(how, "Update application", "Update", app, properties);
    }

    /** Who may sign in, before the change (empty for a new registration) and after. */
    static Property tenancy(Optional<String> before, String after) {
        boolean audience = AUDIENCES.containsKey(after)
                || before.filter(AUDIENCES::containsKey).isPresent();
        return Properties.changed(
                audience ? "SignInAudience" : "AvailableToOtherTenants",
                before.map(word -> Json.array(tenancyValue(word, audience))).orElseGet(Json::array),
                Json.array(tenancyValue(after, audience)));
    }

    private static Object tenancyValue(String tenancy, boolean audience) {
        if (!audience) {
            return tenancy.equals("multi");
        }
        return AUDIENCES.getOrDefault(tenancy, tenancy.equals("multi") ? "AzureADMultipleOrgs" : "AzureADMyOrg");
    }

    /** The value of {@code AppAddress}. */
    static JsonNode addresses(List<String> addresses) {
        ArrayNode list = Json.array();
        for (String address : addresses) {
            list.add(Json.object("AddressType", 0, "Address", address, "ReplyAddressClientType", 1));
        }
        return list;
    }

    private static DirectoryAct act(
            Circumstances how, String operation, String kind, App app, List<Property> properties) {
        List<Property> all = new ArrayList<>(properties);
        all.add(Properties.included(properties.stream().map(Property::name).collect(Collectors.joining(", "))));
        return DirectoryActs.act(
                how, operation, kind, "Application", DirectoryActs.application(app, all), how.details(app.appId()));
    }
}
