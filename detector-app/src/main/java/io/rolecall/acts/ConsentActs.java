package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Target;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.acts.GrantActs.Delegated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** What one click on a consent page writes: several events with one correlation id within a fraction of a second. */
public final class ConsentActs {

    static final String NO_ID = "00000000-0000-0000-0000-000000000000";
    private static final String CONSENT = "Consent to application";
    private static final String BLOCKED = "Microsoft.Online.Security.UserConsentBlockedForRiskyAppsException";

    private final Tenant tenant;
    private final DirectoryActs directory;
    private final GrantActs grants;

    public ConsentActs(Tenant tenant) {
        this.tenant = tenant;
        this.directory = new DirectoryActs(tenant);
        this.grants = new GrantActs(tenant);
    }

    /**
     * A click.
     *
     * @param scopes scopes of the grants after the click, by API
     * @param before scopes of the grants before it; empty for the first consent
     * @param admin whether an administrator clicked
     * @param forAll whether for all users
     * @param first whether the service principal is created with it
     */
    public record Click(
            App app, Map<Api, String> scopes, Map<Api, String> before, boolean admin, boolean forAll, boolean first) {

        public Click(App app, Map<Api, String> scopes, boolean admin, boolean forAll, boolean first) {
            this(app, scopes, Map.of(), admin, forAll, first);
        }
    }

    /** A click that went through; the consent event comes last but one, as it often does. */
    public List<DirectoryAct> granted(Circumstances how, Click click) {
        List<DirectoryAct> acts = new ArrayList<>();
        if (click.first()) {
            acts.add(directory.addServicePrincipal(at(how, -140), click.app()));
        }
        int delay = -90;
        for (var grant : click.scopes().entrySet()) {
            List<String> before = words(click.before().getOrDefault(grant.getKey(), ""));
            acts.add(grants.delegated(
                    at(how, delay),
                    "Add delegated permission grant",
                    "Assign",
                    new Delegated(
                            click.app(),
                            grant.getKey(),
                            before,
                            words(grant.getValue()),
                            Delegated.Whose.of(click.forAll()),
                            Optional.empty())));
            delay += 17;
        }
        acts.add(consent(how, click));
        if (!click.forAll()) {
            acts.add(roleToUser(at(how, 31), click.app(), person(how), NO_ID, "", ""));
        }
        return acts;
    }

    /** A click that the tenant's policy blocked: one event, whose target is the application and not its service principal. */
    public DirectoryAct blocked(Circumstances how, Click click) {
        List<Property> properties = new ArrayList<>(context(click, "WindowsAzureActiveDirectoryIntegratedApp"));
        properties.add(Properties.text("ConsentAction.Permissions", permissions(how, click, true)));
        properties.add(Properties.text("ConsentAction.Reason", "Risky application detected"));
        return DirectoryActs.act(
                        how,
                        CONSENT,
                        "Assign",
                        "Application",
                        DirectoryActs.application(click.app(), properties),
                        how.details(click.app().appId()))
                .failed(BLOCKED);
    }

    /**
     * A user is assigned to a role of an application: for single sign-on with a role's id, with zeros as part of a consent.
     *
     * @param value role value, empty with the zeros
     */
    public DirectoryAct roleToUser(Circumstances how, App app, Person user, String roleId, String value, String name) {
        List<Property> properties = List.of(
                Properties.text("AppRole.Id", roleId),
                value.isEmpty() ? Properties.empty("AppRole.Value") : Properties.text("AppRole.Value", value),
                name.isEmpty() ? Properties.empty("AppRole.DisplayName") : Properties.text("AppRole.DisplayName", name),
                Properties.text("User.ObjectID", user.id()),
                Properties.text("User.UPN", user.upn()),
                Properties.text("User.PUID", user.puid()),
                Properties.principalNames(app.appId()));
        Target member = Target.of(user, List.of());
        return new DirectoryAct(
                "Add app role assignment grant to user",
                "UserManagement",
                "Assign",
                "User",
                how.time(),
                how.correlationId(),
                how.by(),
                Optional.empty(),
                List.of(DirectoryActs.servicePrincipal(app, properties), member),
                how.details());
    }

    /** The consent event alone. */
    DirectoryAct consent(Circumstances how, Click click) {
        List<Property> properties = new ArrayList<>(context(click, ""));
        properties.add(Properties.text("ConsentAction.Permissions", permissions(how, click, click.first())));
        properties.add(Properties.principalNames(click.app().appId()));
        return DirectoryActs.act(
                how,
                CONSENT,
                "Assign",
                "ServicePrincipal",
                List.of(DirectoryActs.servicePrincipal(click.app(), properties)),
                how.details(click.app().appId()));
    }

    private static List<Property> context(Click click, String tags) {
        return List.of(
                Properties.text("ConsentContext.IsAdminConsent", click.admin() ? "True" : "False"),
                Properties.text("ConsentContext.IsAppOnly", "False"),
                Properties.text("ConsentContext.OnBehalfOfAll", click.forAll() ? "True" : "False"),
                Properties.text("ConsentContext.Tags", tags));
    }

    /** The grammar of {@code ConsentAction.Permissions}; the client is zeros while its service principal does not exist. */
    private String permissions(Circumstances how, Click click, boolean noClient) {
        SplittableRandom random = tenant.ids().random("grants/" + how.correlationId());
        String before = groups(how, click, click.before(), noClient, random);
        return before + " => " + groups(how, click, click.scopes(), noClient, random) + "; ";
    }

    private String groups(
            Circumstances how, Click click, Map<Api, String> grants, boolean noClient, SplittableRandom random) {
        List<String> groups = new ArrayList<>();
        grants.forEach((api, scopes) -> groups.add("[Id: " + Ids.letters(random, 43)
                + ", ClientId: " + (noClient ? NO_ID : click.app().servicePrincipalId())
                + ", PrincipalId: " + (click.forAll() ? "" : person(how).id())
                + ", ResourceId: " + tenant.principalOf(api)
                + ", ConsentType: " + (click.forAll() ? "AllPrincipals" : "Principal")
                + ", Scope: " + scopes + ", CreatedDateTime: , LastModifiedDateTime ]"));
        return "[" + String.join(", ", groups) + "]";
    }

    private static List<String> words(String scopes) {
        return scopes.isEmpty() ? List.of() : List.of(scopes.split(" ", -1));
    }

    private static Person person(Circumstances how) {
        if (how.by() instanceof ByUser user) {
            return user.person();
        }
        throw new IllegalArgumentException("Only users consent");
    }

    private static Circumstances at(Circumstances how, int millis) {
        Instant time = how.time().plusMillis(millis);
        return new Circumstances(time, how.correlationId(), how.by(), how.userAgent());
    }
}
