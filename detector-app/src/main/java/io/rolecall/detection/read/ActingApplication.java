package io.rolecall.detection.read;

import io.rolecall.detection.Reply;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Subject;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An application that acts on another subject, as its own history tells of it.
 *
 * @param ownerTenant tenant that owns it, lower case: that of its sign-ins, else Microsoft's for an App ID of the shipped list, else the one
 *     it was registered in; empty when unknown
 * @param registered when it was registered in this tenant
 * @param added when its service principal was added to this tenant
 * @param firstSeen when a log told of it for the first time
 * @param tier0 its permissions of the set {@code tier-0} over time, ordered by time
 */
public record ActingApplication(
        Optional<String> ownerTenant,
        Optional<Instant> registered,
        Optional<Instant> added,
        Optional<Instant> firstSeen,
        List<Tenure> tier0) {

    private static final String OWNER = "owner-tenant";
    private static final String REGISTERED = "registered";
    private static final String ADDED = "added";
    private static final String FIRST_SEEN = "first-seen";
    private static final String SET = "tier-0";

    /** Most tenures that are told; the latest. */
    private static final int MOST_TENURES = 56;

    /** Later than any event: the time in the profile of an application of which no log told. */
    private static final Instant NEVER = Instant.parse("2262-01-01T00:00:00Z");

    private static final Comparator<Told> ORDER = Comparator.comparing(Told::getName)
            .thenComparing(told -> told.getSince().orElse(Long.MIN_VALUE))
            .thenComparing(told -> told.getValue().orElse(""));

    /**
     * The time during which a permission was held.
     *
     * @param since when it was given
     * @param until when it was taken; empty while it is held
     */
    public record Tenure(Permission permission, Instant since, Optional<Instant> until) {

        /** Whether it was held at a time; where the logs tell no order, it was. */
        public boolean at(Instant time) {
            return Facts.mayPrecede(since, time)
                    && until.filter(end -> Facts.surelyBefore(end, time)).isEmpty();
        }
    }

    /** The permissions of tier 0 that were held at a time, each once. */
    public List<Permission> heldAt(Instant time) {
        return tier0.stream()
                .filter(tenure -> tenure.at(time))
                .map(Tenure::permission)
                .distinct()
                .toList();
    }

    /** The application that did an act: by App ID, else by its service principal; empty when a user did it or the log names no id. */
    public static Optional<Subject> subject(AppEvent act) {
        Actor actor = act.getActor();
        if (!actor.getType().equals("application")) {
            return Optional.empty();
        }
        return actor.getAppId()
                .map(appId -> Subject.application(act.getTenantId(), appId))
                .or(() -> actor.getServicePrincipalId()
                        .or(actor::getId)
                        .map(id -> Subject.unresolved(act.getTenantId(), id.toLowerCase(Locale.ROOT))));
    }

    /** What an application tells of itself. */
    public static List<Told> told(SubjectHistory asked, PermissionSets sets) {
        List<Told> told = new ArrayList<>();
        Optional<Instant> registered = Registered.of(asked).map(Registered::at);
        asked.profile()
                .getOwnerTenantId()
                .or(() -> MicrosoftApps.ownerOf(asked.subject().id()))
                .or(() -> registered.map(at -> asked.subject().tenantId()))
                .ifPresent(owner -> told.add(
                        Told.newBuilder().setName(OWNER).setValue(owner).build()));
        registered.ifPresent(at -> told.add(time(REGISTERED, at)));
        Registered.servicePrincipal(asked).ifPresent(added -> told.add(time(ADDED, added.at())));
        Optional.of(asked.profile().getFirstSeen())
                .filter(NEVER::isAfter)
                .ifPresent(at -> told.add(time(FIRST_SEEN, at)));
        List<Tenure> tenures = Tenures.of(asked, sets, SET);
        tenures.subList(Math.max(0, tenures.size() - MOST_TENURES), tenures.size())
                .forEach(tenure -> told.add(told(tenure)));
        return told.stream().sorted(ORDER).toList();
    }

    /** Reads an answer back; empty while there is none. */
    public static Optional<ActingApplication> of(Reply reply) {
        if (!reply.known()) {
            return Optional.empty();
        }
        return Optional.of(new ActingApplication(
                named(reply, OWNER).flatMap(told -> told.getValue().stream()).findFirst(),
                since(reply, REGISTERED),
                since(reply, ADDED),
                since(reply, FIRST_SEEN),
                named(reply, SET).flatMap(told -> tenure(told).stream()).toList()));
    }

    private static Told time(String name, Instant since) {
        return Told.newBuilder().setName(name).setSince(Reply.nanos(since)).build();
    }

    private static Told told(Tenure tenure) {
        Permission permission = tenure.permission();
        return Told.newBuilder()
                .setName(SET)
                .setValue(permission.resourceAppId() + "/" + permission.type().label() + "/" + permission.value())
                .setSince(Reply.nanos(tenure.since()))
                .setUntil(tenure.until().map(Reply::nanos).orElse(null))
                .build();
    }

    private static Optional<Tenure> tenure(Told told) {
        String[] parts = told.getValue().orElse("").split("/", 3);
        return parts.length < 3
                ? Optional.empty()
                : Optional.of(new Tenure(
                        new Permission(parts[0], parts[2], Permission.Type.ofLabel(parts[1])),
                        told.getSince().map(Reply::time).orElse(Instant.MIN),
                        told.getUntil().map(Reply::time)));
    }

    private static Optional<Instant> since(Reply reply, String name) {
        return named(reply, name)
                .flatMap(told -> told.getSince().stream())
                .findFirst()
                .map(Reply::time);
    }

    private static Stream<Told> named(Reply reply, String name) {
        return reply.told().stream().filter(told -> told.getName().equals(name));
    }
}
