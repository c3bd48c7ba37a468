package io.rolecall.acts;

import io.rolecall.policy.Guids;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.policy.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who takes part in the acts of one case: people, applications and tenants by their names. Every id follows from a name, unless a line
 * states another. A name of one of Microsoft's own applications means that application.
 */
public final class Cast {

    /** The tenant of lines that name none. */
    public static final String TENANT = "contoso";

    /** Where people can be, beside an address. */
    public static final List<String> PLACES = Whereabouts.WORDS;

    /** The place of somebody whose address no log shows. */
    public static final String UNKNOWN = Whereabouts.UNKNOWN;

    private static final long SEED = 0;

    private final Ids ids;
    private final Map<String, Member> people;
    private final Whereabouts whereabouts;
    private final Map<String, Tenant> tenants = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> stated = new LinkedHashMap<>();
    private final Set<String> applications = new TreeSet<>();

    /**
     * Somebody under {@code people}.
     *
     * @param where {@code office}, {@code outside}, {@code frontend}, {@code unknown}, or an address
     * @param userPrincipalName empty for one made of the name
     * @param id object id; empty for one made of the name
     */
    public record Member(String where, Optional<String> userPrincipalName, Optional<String> id) {}

    /**
     * The people of a case.
     *
     * @param people by name
     * @param networks the organisation's networks, as prefixes
     */
    public Cast(Map<String, Member> people, List<String> networks) {
        this(people, networks, new Ids(SEED));
    }

    /**
     * The people of a case that plays in a tenant of its own: every id follows from the tenant's seed.
     *
     * @param people by name
     * @param networks the organisation's networks, as prefixes
     * @param home the tenant of lines that name none
     */
    public Cast(Map<String, Member> people, List<String> networks, Tenant home) {
        this(people, networks, home.ids());
        tenants.put(TENANT, home);
    }

    private Cast(Map<String, Member> people, List<String> networks, Ids ids) {
        this.people = new LinkedHashMap<>(people);
        this.whereabouts = new Whereabouts(networks);
        this.ids = ids;
    }

    /** Whether a text says where somebody is: one of {@link #PLACES}, or an address. */
    public static boolean isPlace(String where) {
        return PLACES.contains(where) || Whereabouts.isAddress(where);
    }

    /** The names under {@code people}. */
    public Set<String> people() {
        return new TreeSet<>(people.keySet());
    }

    /** The names of the applications of the case. */
    public Set<String> applications() {
        return new TreeSet<>(applications);
    }

    /** The names of people and applications of the case. */
    Set<String> everybody() {
        Set<String> names = people();
        names.addAll(applications);
        return names;
    }

    /** Makes an application one of the case. */
    void enter(String application) {
        applications.add(application);
    }

    /**
     * States an id of an application for the whole case.
     *
     * @return the id stated before when it is another; else empty
     */
    Optional<String> state(String application, String kind, String id) {
        String known = stated.computeIfAbsent(application, name -> new LinkedHashMap<>())
                .putIfAbsent(kind, id);
        return Optional.ofNullable(known).filter(other -> !other.equals(id));
    }

    /** App ID of an application of the case; empty when it has none of the name. */
    public Optional<String> appId(String application) {
        return applications.contains(application)
                ? Optional.of(app(application, tenant(TENANT)).appId())
                : Optional.empty();
    }

    /** The ids by which logs know somebody under {@code people}: object id and user principal name; any other name stands for itself. */
    public List<String> names(String name) {
        if (!people.containsKey(name)) {
            return List.of(name);
        }
        Person person = person(name, TENANT);
        return List.of(person.id(), person.upn());
    }

    /**
     * An id that the acts show, by what it is of and the name.
     *
     * @param kind {@code app} (App ID), {@code object}, {@code principal} of an application; {@code person}; {@code api} (service
     *     principal of an API, by the name of it); {@code key} and {@code federated} of an
     *     application, as {@code application/name}
     * @return empty for a kind that there is not, and for an API of no known name
     */
    public Optional<String> id(String kind, String name) {
        Tenant home = tenant(TENANT);
        return switch (kind) {
            case "app" -> Optional.of(app(name, home).appId());
            case "object" -> Optional.of(app(name, home).objectId());
            case "principal" -> Optional.of(app(name, home).servicePrincipalId());
            case "person" -> Optional.of(person(name, TENANT).id());
            case "api" -> Resources.appId(name).map(appId -> home.ids().guid("api/" + appId));
            case "key", "federated" -> Optional.of(home.ids().guid(kind + "/" + name));
            default -> Optional.empty();
        };
    }

    /** A tenant by its name, or by its id. */
    Tenant tenant(String name) {
        return tenants.computeIfAbsent(name, key -> {
            Ids own = new Ids(ids.random("tenant/" + key).nextLong());
            return new Tenant(own, Guids.isGuid(key) ? key.toLowerCase(Locale.ROOT) : own.guid("tenant"));
        });
    }

    /** An application: its App ID is the same in every tenant, its other ids are not. */
    App app(String name, Tenant tenant) {
        Map<String, String> own = stated.getOrDefault(name, Map.of());
        App made = tenant.app(name);
        String appId = Optional.ofNullable(own.get("appId"))
                .or(() -> MicrosoftApps.appId(name))
                .orElseGet(() -> ids.guid("application/" + name));
        return new App(
                name,
                appId,
                own.getOrDefault("objectId", made.objectId()),
                own.getOrDefault("servicePrincipalId", made.servicePrincipalId()));
    }

    /** Whether somebody is a person: one under {@code people}, or a user principal name. */
    boolean isPerson(String name) {
        return people.containsKey(name) || name.indexOf('@') > 0;
    }

    /** A person by name or user principal name. */
    Person person(String named, String tenantName) {
        String name = named.isBlank() ? Initiators.NOBODY : named;
        Member member = people.getOrDefault(name, new Member(Whereabouts.UNKNOWN, Optional.empty(), Optional.empty()));
        Ids own = tenant(tenantName).ids();
        String domain = Guids.isGuid(tenantName) ? "example.com" : tenantName + ".com";
        String upn = member.userPrincipalName()
                .orElse(name.indexOf('@') > 0 ? name : name.replaceAll("[^A-Za-z0-9]+", ".") + "@" + domain)
                .toLowerCase(Locale.ROOT);
        String key = "person/" + upn;
        String given = Character.toUpperCase(upn.charAt(0)) + upn.substring(1, upn.indexOf('@'));
        return new Person(
                member.id().orElseGet(() -> own.guid(key)),
                upn,
                given + " Example",
                Ids.puid(own.random(key + "/puid")),
                address(Whereabouts.OFFICE, name),
                address(Whereabouts.OUTSIDE, name),
                false);
    }

    /** The address of somebody who is somewhere; empty when no log shows one. */
    Optional<String> addressOf(String name, String where) {
        return whereabouts.address(where, ids.random("address/" + name));
    }

    /** Where somebody is, in the words for it; an address stands for itself. */
    String whereOf(String name) {
        return people.containsKey(name) ? people.get(name).where() : Whereabouts.UNKNOWN;
    }

    /** Whether an address lies in a network of the organisation. */
    boolean isOffice(String address) {
        return whereabouts.isOffice(address);
    }

    boolean hasOffice() {
        return whereabouts.hasOffice();
    }

    private String address(String where, String name) {
        boolean nowhere = where.equals(Whereabouts.OFFICE) && !whereabouts.hasOffice();
        return nowhere ? "" : addressOf(name, where).orElse("");
    }
}
