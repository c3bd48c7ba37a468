package io.rolecall.alert;

import io.rolecall.detection.ActorHistory;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Finding;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.event.Subjects;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whose data is open: users whose own consent to the application succeeded, owners of mailboxes whose use decided, the person whose
 * sign-in or token did; and everybody where a permission for the whole tenant was held.
 */
final class Exposure {

    private static final int MOST_NAMED = 20;

    private final Map<String, Instant> users = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    private Exposure() {}

    /**
     * The users, the first ones by time.
     *
     * @param around the facts around the finding; of more days of users than were read the profile's count is taken
     * @param everybody whether the application could reach every user's data; the count stays what was seen
     */
    static Optional<ExposedUsers> of(Surroundings around, Finding finding, boolean everybody) {
        Exposure exposure = new Exposure();
        around.days().forEach(exposure::consented);
        boolean consents = !exposure.users.isEmpty();
        if (around.history() instanceof ApplicationHistory) {
            finding.decidedBy().forEach(exposure::usedMailbox);
        } else if (around.history() instanceof ActorHistory person) {
            exposure.usedToken(person.subject().id(), finding.decidedBy());
        }
        if (exposure.users.isEmpty() && !everybody) {
            return Optional.empty();
        }
        long asked = consents && around.daysCut() ? around.history().profile().getConsentUsers() : 0;
        return Optional.of(ExposedUsers.newBuilder()
                .setEverybody(everybody)
                .setCount(Math.max(exposure.users.size(), asked))
                .setFirst(exposure.named())
                .build());
    }

    /**
     * For a sentence: {@code everybody}, {@code 2 users}, {@code everybody, 2 users by their own consent}.
     *
     * @param decidedBy operations of the deciding events
     */
    static String words(ExposedUsers exposed, Stream<String> decidedBy) {
        String users = DisplayNames.count(exposed.getCount(), "user", "users");
        if (!exposed.getEverybody()) {
            return users;
        }
        return exposed.getCount() == 0
                ? "everybody"
                : "everybody, " + users + " by their own consent"
                        + (decidedBy.anyMatch(Exposure::usesMailbox) ? " or a use of their mailbox" : "");
    }

    private void consented(UserDay day) {
        day.getActs().forEach(this::learnName);
        day.getActs().stream()
                .filter(Exposure::exposes)
                .map(AppEvent::getEventTime)
                .min(Instant::compareTo)
                .ifPresent(at -> expose(day.getUserKey(), at));
    }

    /** By the key of whoever consented under that name, else by the name. */
    private void usedMailbox(AppEvent act) {
        mailbox(act)
                .ifPresent(mailbox -> expose(
                        users.keySet().stream()
                                .filter(user -> mailbox.equals(names.get(user)))
                                .findFirst()
                                .orElse(mailbox),
                        act.getEventTime()));
    }

    /** The person, by one name whatever each event calls them, and whose mailbox was used under their name. */
    private void usedToken(String person, List<AppEvent> decidedBy) {
        List<AppEvent> uses = decidedBy.stream().filter(Exposure::isOfToken).toList();
        uses.forEach(this::learnName);
        uses.forEach(act -> expose(person, act.getEventTime()));
        uses.forEach(act -> mailbox(act)
                .filter(mailbox -> !mailbox.equals(names.get(person)) && !mailbox.equals(person))
                .ifPresent(mailbox -> expose(mailbox, act.getEventTime())));
    }

    private static boolean isOfToken(AppEvent act) {
        return Facts.succeeded(act) && Subjects.isUse(act);
    }

    private void expose(String key, Instant at) {
        FirstTimes.note(users, key, at);
    }

    private List<String> named() {
        return FirstTimes.inOrder(users)
                .limit(MOST_NAMED)
                .map(user -> names.getOrDefault(user.getKey(), user.getKey()))
                .toList();
    }

    private static Optional<String> mailbox(AppEvent act) {
        return Details.of(act, MailboxUse.class)
                .filter(use -> Facts.succeeded(act))
                .flatMap(MailboxUse::getMailbox)
                .map(mailbox -> mailbox.toLowerCase(Locale.ROOT));
    }

    private static boolean usesMailbox(String operation) {
        return OperationGroups.MAIL_READ.contains(operation) || OperationGroups.MAIL_SENT.contains(operation);
    }

    private static boolean exposes(AppEvent act) {
        return Facts.succeeded(act)
                && (act.getOperation().equals(Operations.CONSENT)
                        || act.getOperation().equals(Operations.ADD_DELEGATED_GRANT));
    }

    /** User principal names by object id, from every act that states both; lower case. */
    private void learnName(AppEvent act) {
        if (act.getActor().getType().equals("user")) {
            act.getActor().getId().ifPresent(id -> act.getActor()
                    .getName()
                    .ifPresent(name -> names.merge(
                            id.toLowerCase(Locale.ROOT),
                            name.toLowerCase(Locale.ROOT),
                            (one, other) -> Comparator.<String>naturalOrder().compare(one, other) <= 0 ? one : other)));
        }
    }
}
