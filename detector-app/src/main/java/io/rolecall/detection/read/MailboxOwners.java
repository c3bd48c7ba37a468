package io.rolecall.detection.read;

import io.rolecall.detection.Answer;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Details;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRoleToUser;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which owners of mailboxes gave an application something themselves, or had it given for them. Mailboxes are known by the user principal
 * names of their owners, grants often by object ids alone: which belong together, every fact of the application tells that shows both.
 */
public final class MailboxOwners {

    /** Most entries of users and days, and most roll-ups of sign-ins, that are read. */
    private static final int MOST = 128;

    private final ActorNames names;
    private final List<Granted> granted;
    private final boolean complete;

    /** Grants of users of whom nothing but the object id is known, and mailboxes of whose owners no grant is known. */
    private final boolean mayBeAnybodys;

    private record Granted(Set<String> names, Click click, Optional<AppEvent> endedBy) {

        boolean isNamed(ActorNames known) {
            return known.all(names).stream().anyMatch(name -> name.indexOf('@') > 0);
        }
    }

    private MailboxOwners(ActorNames names, List<Granted> granted, boolean complete, Collection<String> mailboxes) {
        this.names = names;
        this.granted = granted;
        this.complete = complete;
        long nameless = granted.stream()
                .filter(one -> !one.isNamed(names))
                .map(one -> one.click().user())
                .distinct()
                .count();
        long without = mailboxes.stream()
                .distinct()
                .filter(mailbox -> of(mailbox).findAny().isEmpty())
                .count();
        this.mayBeAnybodys = nameless > 0 && without <= nameless;
    }

    /**
     * Reads a history.
     *
     * @param mailboxes those that are asked about, lower case; of none, nothing is read
     */
    public static MailboxOwners of(ApplicationHistory history, Collection<String> mailboxes) {
        if (mailboxes.isEmpty()) {
            return new MailboxOwners(ActorNames.of(List.of()), List.of(), true, mailboxes);
        }
        ActsOfUsers read = ActsOfUsers.of(history, MOST);
        if (read.clicks().isEmpty()) {
            return new MailboxOwners(ActorNames.of(List.of()), List.of(), read.complete(), mailboxes);
        }
        ConsentRemovals removals = read.removals(history);
        List<AppEvent> shown = new ArrayList<>(read.acts());
        shown.addAll(history.acts());
        SubjectProfile profile = history.profile();
        Instant first = profile.getFirstSeen();
        if (!first.isAfter(profile.getLastSeen())) {
            history.signIns(first, profile.getLastSeen(), MOST).stream()
                    .map(SignInHour::getFirstEvent)
                    .flatMap(Optional::stream)
                    .forEach(shown::add);
        }
        return new MailboxOwners(
                ActorNames.of(shown),
                read.clicks().stream()
                        .map(click -> new Granted(names(click), click, removals.endOf(click)))
                        .toList(),
                read.complete(),
                mailboxes);
    }

    private static Set<String> names(Click click) {
        Set<String> names = new HashSet<>(Set.of(click.user()));
        click.acts().forEach(act -> {
            if (!click.byAnother()) {
                names.addAll(ActorNames.of(act.getActor()));
            }
            Details.of(act, AppRoleToUser.class).ifPresent(role -> names.addAll(ActorNames.of(role)));
        });
        return names;
    }

    /** Whether the owner of a mailbox had no grant for the application at a time. */
    public Answer hasNone(String mailbox, Instant at) {
        return answer(mailbox, of(mailbox).filter(one -> isBefore(one, at)).filter(one -> one.endedBy()
                .filter(act -> Facts.surelyBefore(act.getEventTime(), at))
                .isEmpty()));
    }

    /** Whether the owner of a mailbox had never consented to the application until a time. */
    public Answer neverConsented(String mailbox, Instant at) {
        return answer(mailbox, of(mailbox).filter(one -> isBefore(one, at)));
    }

    private Answer answer(String mailbox, Stream<Granted> ofOwner) {
        Optional<Granted> own = ofOwner.findFirst();
        if (own.isPresent()) {
            AppEvent act = own.get().click().main();
            return Answer.no(mailbox + ": a grant of its owner at " + Facts.time(act.getEventTime()))
                    .by(List.of(act));
        }
        if (!complete) {
            return Answer.cannotTell(mailbox + ": more consents than are read");
        }
        return mayBeAnybodys
                ? Answer.cannotTell(mailbox + ": there is a grant of somebody of whom only an object id is known")
                : Answer.yes(mailbox + ": no grant of its owner was seen");
    }

    private static boolean isBefore(Granted one, Instant at) {
        return Facts.mayPrecede(one.click().at(), at);
    }

    private Stream<Granted> of(String mailbox) {
        Set<String> owner = Set.of(mailbox.toLowerCase(Locale.ROOT));
        return granted.stream().filter(one -> names.same(one.names(), owner));
    }
}
