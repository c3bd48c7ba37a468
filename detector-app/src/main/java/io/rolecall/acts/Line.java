package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Initiator;
import io.rolecall.acts.DirectoryActs.Circumstances;
import io.rolecall.config.Nearest;
import io.rolecall.policy.Guids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One line in the making: its values, who and when, and what the acts before it have made. */
final class Line {

    private final ActLine told;
    private final Instant time;
    private final Cast cast;
    private final Held held;
    private final String key;

    Line(ActLine told, Instant at, int repetition, Cast cast, Held held) {
        this.told = told;
        this.time = LogTime.of(at);
        this.cast = cast;
        this.held = held;
        this.key = told.at() + "/" + told.verb().name() + "/" + told.values() + "/" + repetition;
    }

    Cast cast() {
        return cast;
    }

    Held held() {
        return held;
    }

    Instant time() {
        return time;
    }

    Optional<String> text(String field) {
        return Optional.ofNullable(told.values().get(field)).map(String::valueOf);
    }

    /** A text that the verb demands. */
    String needed(String field) {
        return text(field).orElse("");
    }

    @SuppressWarnings("unchecked")
    List<String> texts(String field) {
        return (List<String>) told.values().getOrDefault(field, List.of());
    }

    boolean has(String field) {
        return told.values().containsKey(field);
    }

    /** Whether a flag is set; absent is false. */
    boolean is(String field) {
        return Boolean.TRUE.equals(told.values().get(field));
    }

    int number(String field, int otherwise) {
        return told.values().get(field) instanceof Integer number ? number : otherwise;
    }

    @SuppressWarnings("unchecked")
    Map<String, String> table(String field) {
        return (Map<String, String>) told.values().getOrDefault(field, Map.of());
    }

    @SuppressWarnings("unchecked")
    Map<String, List<String>> changes(String field) {
        return (Map<String, List<String>>) told.values().getOrDefault(field, Map.of());
    }

    void error(String field, String message) {
        told.problems().accept(field, message);
    }

    /** A source of randomness of the line, for what no detection looks at. */
    SplittableRandom random(String name) {
        return tenant().ids().random(key + "/" + name);
    }

    /** An id that follows from the line. */
    String guid(String name) {
        return tenant().ids().guid(key + "/" + name);
    }

    String tenantName() {
        return text("tenant").orElse(Cast.TENANT);
    }

    Tenant tenant() {
        return cast.tenant(tenantName());
    }

    /** The application that the line is about. */
    App app() {
        return cast.app(needed("app"), tenant());
    }

    /** The name in a field that takes a name or {@code { app: NAME }}. */
    String named(String field) {
        return told.values().get(field) instanceof Map<?, ?> named && named.get(Initiators.APP) != null
                ? String.valueOf(named.get(Initiators.APP))
                : needed(field);
    }

    /** The person that a field names. */
    Person person(String field) {
        String name = needed(field);
        if (!cast.isPerson(name)) {
            error(field, "'" + name + "' is not under 'people'; " + Nearest.hint(name, cast.people()));
        }
        return cast.person(needed(field), tenantName());
    }

    /** Why it failed; empty when it did not. */
    Optional<String> failure() {
        return text("failure");
    }

    Initiator initiator() {
        return new Initiators(this).of(told.values().get("by"));
    }

    /** The person who acts; somebody without a name when the line says that nobody or an application does. */
    Person actingPerson() {
        if (initiator() instanceof ByUser user) {
            return user.person();
        }
        error("by", "must be a person: a name under 'people', or a user principal name");
        return cast.person("nobody", tenantName());
    }

    /** The address of the act; empty when no log shows any. */
    Optional<String> address() {
        return new Initiators(this).address(told.values().get("by"));
    }

    /** Whether an address is not the organisation's. */
    boolean isOutside(String address) {
        return !cast.isOffice(address);
    }

    String correlation() {
        return text("correlation")
                .map(text -> Guids.isGuid(text)
                        ? text.toLowerCase(Locale.ROOT)
                        : tenant().ids().guid("correlation/" + text))
                .orElseGet(() -> guid("correlation"));
    }

    /** How the act is done; people use a browser where the line says nothing. */
    Circumstances how() {
        return how(UserAgents.EDGE);
    }

    Circumstances how(String usualAgent) {
        Initiator by = initiator();
        String agent = text("agent").orElse(by instanceof ByUser ? usualAgent : "");
        return new Circumstances(time, correlation(), by, agent);
    }

    /** The events of some acts of one click or change, in both logs. */
    List<Telling> tellings(List<DirectoryAct> acts) {
        EntraShape entra = new EntraShape(tenant().id());
        UnifiedShape unified = new UnifiedShape(tenant().id());
        int first = (key.hashCode() & 0xFFFFF) * 100;
        List<Telling> tellings = new ArrayList<>();
        for (DirectoryAct plain : acts) {
            DirectoryAct act = plain.failure().isPresent()
                    ? plain
                    : failure().map(plain::failed).orElse(plain);
            int number = first + tellings.size();
            String id = EntraShape.eventId(act.correlationId(), tenant().ids(), number);
            tellings.add(new Telling(Map.of(
                    Log.ENTRA, entra.diagnostic(act, id), Log.UNIFIED, unified.record(act, tenant().ids(), number))));
        }
        return tellings;
    }
}
