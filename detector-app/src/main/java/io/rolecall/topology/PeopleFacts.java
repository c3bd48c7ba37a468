package io.rolecall.topology;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.QuestionKind;
import io.rolecall.event.Actors;
import io.rolecall.event.NetworkUses;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.SignIns;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.source.ReadSignIn;
import io.rolecall.state.NetworkUsers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The sign-ins of people and what applications read under their names, on their way to the histories of these people: also those with
 * Microsoft's own applications, of which the application itself is told nothing. They are most of all events, so that a copy holds
 * only what is read of it, and nothing is written unless an enabled detection reads it ({@link io.rolecall.detection.Reads#noticing}).
 */
final class PeopleFacts {

    /** Operations that some enabled detection of people reads and that are theirs so often. */
    private final Set<String> operations;

    private final boolean askedForUsers;

    PeopleFacts(Catalogue catalogue, Policy policy) {
        this.askedForUsers = catalogue.all().stream()
                .filter(detection -> policy.settings(detection.id()).enabled())
                .flatMap(detection -> detection.reads().asked().stream())
                .anyMatch(asking -> asking.kind() == QuestionKind.NETWORK_USERS);
        this.operations = catalogue.of(SubjectKind.ACTOR).stream()
                .filter(detection -> policy.settings(detection.id()).enabled())
                .filter(detection -> detection
                        .reads()
                        .noticed(policy.settings(detection.id()))
                        .isPresent())
                .map(Detection::reads)
                .flatMap(reads -> reads.named().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a sign-in of which no event was made yet is a fact of the person, or tells the application of who used it. */
    boolean follow(ReadSignIn signIn) {
        return signIn.succeeded() && (askedForUsers || operations.contains(Operations.SIGN_IN));
    }

    /** The fact of the person; empty for an event that is none of these. */
    Optional<Record<String, Routed>> of(AppEvent event) {
        if (!operations.contains(event.getOperation()) || !(SignIns.isOfPerson(event) || isRead(event))) {
            return Optional.empty();
        }
        return Actors.person(event.getActor())
                .map(name ->
                        new Record<>(Subject.actor(event.getTenantId(), name).key(), new Routed.Fact(copy(event)), 0));
    }

    /**
     * What an application is told of a person who used it from a network, while some detection asks for such; once in a while, and
     * whenever it was earlier than what was told.
     *
     * @param recent what the task has told lately
     */
    Optional<Record<String, Routed>> ofNetwork(AppEvent event, RecentNames recent) {
        if (!askedForUsers || !NetworkUses.shows(event)) {
            return Optional.empty();
        }
        String appId = event.getAppId().orElseThrow();
        String use = String.join(
                "\n",
                event.getTenantId(),
                appId,
                String.valueOf(NetworkUsers.networks(event)),
                Actors.key(event.getActor()).orElseThrow(),
                String.valueOf(NetworkUsers.month(event)));
        // Most have been told: only of the others is a fact made.
        return recent.isEarliest(use, event.getEventTime())
                ? Optional.of(new Record<>(
                        Subject.application(event.getTenantId(), appId).key(),
                        new Routed.Fact(NetworkUses.of(event)),
                        0))
                : Optional.empty();
    }

    /** Only what was read with an application, whose id the log then tells; without one it was the person's own client. */
    private static boolean isRead(AppEvent event) {
        return event.getAppId().isPresent()
                && event.getOutcome().equals("success")
                && (OperationGroups.MAIL_READ.contains(event.getOperation())
                        || OperationGroups.FILES_READ.contains(event.getOperation()));
    }

    private static AppEvent copy(AppEvent event) {
        Actor actor = event.getActor();
        Actor person = new Actor();
        person.setType(actor.getType());
        person.setId(actor.getId().orElse(null));
        person.setName(actor.getName().orElse(null));
        person.setPuid(actor.getPuid().orElse(null));
        person.setIp(actor.getIp().orElse(null));
        person.setOtherIps(actor.getOtherIps());
        person.setTokenService(actor.getTokenService().orElse(null));
        // Not by the builder, which checks and copies each field: nearly every sign-in comes this way.
        AppEvent copy = new AppEvent();
        copy.setEventId(event.getEventId());
        copy.setSource(event.getSource());
        copy.setEnvelope(event.getEnvelope());
        copy.setOperation(event.getOperation());
        copy.setRawOperation(event.getRawOperation());
        copy.setEventTime(event.getEventTime());
        copy.setTenantId(event.getTenantId());
        copy.setOutcome(event.getOutcome());
        copy.setAppId(event.getAppId().orElse(null));
        copy.setAppDisplayName(event.getAppDisplayName().orElse(null));
        copy.setActor(person);
        copy.setDetails(details(event));
        copy.setPosition(event.getPosition());
        copy.setAlsoSeenAs(List.of());
        return copy;
    }

    private static Object details(AppEvent event) {
        Object details = event.getDetails().orElseThrow();
        if (details instanceof SignIn signIn) {
            SignIn copy = new SignIn();
            copy.setKind(signIn.getKind());
            copy.setCountry(signIn.getCountry().orElse(null));
            copy.setAsn(signIn.getAsn().orElse(null));
            copy.setProtocol(signIn.getProtocol().orElse(null));
            copy.setIncomingToken(signIn.getIncomingToken().orElse(null));
            return copy;
        }
        return details instanceof MailboxUse use
                ? MailboxUse.newBuilder()
                        .setAction(use.getAction())
                        .setMailbox(use.getMailbox().orElse(null))
                        .build()
                : FileUse.newBuilder(((FileUse) details))
                        .setObject((String) null)
                        .build();
    }
}
