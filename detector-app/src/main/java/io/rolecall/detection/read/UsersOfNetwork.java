package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.NetworkUser;
import io.rolecall.detection.Reply;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Actors;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an application tells of a network: its first users there, with times, and since when it is in the tenant itself. It holds for
 * any time, and is the same for whoever asks, who leaves themselves out.
 *
 * @param users first users from the /24 or /48
 * @param ofSystem first users from the autonomous system; none when the question named none
 * @param withoutSystem since when there are uses whose log gives no autonomous system, so that these are not compared
 * @param began when it was registered, or its service principal added
 */
public record UsersOfNetwork(
        List<NetworkUser> users, List<NetworkUser> ofSystem, Optional<Instant> withoutSystem, List<Instant> began) {

    private static final String USER = "user";
    private static final String SYSTEM_USER = "system-user";
    private static final String WITHOUT_SYSTEM = "without-system";
    private static final String BEGAN = "began";

    /** What a question about an event's network is about. */
    public static String about(AppEvent event) {
        return Dimension.NETWORK.of(event).stream().findFirst().orElse(Dimension.NONE) + " "
                + PersonalNetworks.system(event).orElse(Dimension.NONE);
    }

    /** What an application tells. */
    public static List<Told> told(SubjectHistory asked, String about) {
        String[] parts = about.split(" ", 2);
        List<Told> told = new ArrayList<>();
        if (asked instanceof ApplicationHistory application && parts.length == 2) {
            if (!parts[0].equals(Dimension.NONE)) {
                application.networkUsers(parts[0]).forEach(user -> told.add(told(USER, user)));
            }
            if (!parts[1].equals(Dimension.NONE)) {
                application.networkUsers(parts[1]).forEach(user -> told.add(told(SYSTEM_USER, user)));
            }
            application.networkUsers(Dimension.NONE).stream()
                    .findFirst()
                    .ifPresent(user -> told.add(time(WITHOUT_SYSTEM, user.since())));
        }
        Registered.of(asked).ifPresent(registered -> told.add(time(BEGAN, registered.at())));
        Registered.servicePrincipal(asked).ifPresent(added -> told.add(time(BEGAN, added.at())));
        return told;
    }

    /** Reads an answer back; empty while there is none. */
    public static Optional<UsersOfNetwork> of(Reply reply) {
        return reply.known()
                ? Optional.of(new UsersOfNetwork(
                        users(reply, USER),
                        users(reply, SYSTEM_USER),
                        times(reply, WITHOUT_SYSTEM).findFirst(),
                        times(reply, BEGAN).toList()))
                : Optional.empty();
    }

    /**
     * Others who were at the network of an event by then: by the autonomous system where every use told of has one, else by the
     * /24 or /48.
     */
    public List<NetworkUser> othersBy(AppEvent event) {
        boolean bySystem = !ofSystem.isEmpty()
                && withoutSystem
                        .filter(since -> Facts.inLoggedOrder(since, event.getEventTime()))
                        .isEmpty();
        Set<String> own = Actors.keys(event.getActor());
        return (bySystem ? ofSystem : users)
                .stream()
                        .filter(user ->
                                !own.contains(user.user()) && Facts.inLoggedOrder(user.since(), event.getEventTime()))
                        .toList();
    }

    /** Whether the application was at most so old when something happened. */
    public Optional<Instant> youngAt(Instant time, Duration young) {
        return began.stream().filter(at -> Facts.isWithin(time, at, young)).findFirst();
    }

    private static Told told(String name, NetworkUser user) {
        return Told.newBuilder()
                .setName(name)
                .setValue(user.user())
                .setSince(Reply.nanos(user.since()))
                .build();
    }

    private static Told time(String name, Instant since) {
        return Told.newBuilder().setName(name).setSince(Reply.nanos(since)).build();
    }

    private static List<NetworkUser> users(Reply reply, String name) {
        return reply.told().stream()
                .filter(told -> told.getName().equals(name))
                .map(told -> new NetworkUser(
                        told.getValue().orElse(""), Reply.time(told.getSince().orElse(0L))))
                .toList();
    }

    private static Stream<Instant> times(Reply reply, String name) {
        return reply.told().stream()
                .filter(told -> told.getName().equals(name))
                .flatMap(told -> told.getSince().stream())
                .map(Reply::time);
    }
}
