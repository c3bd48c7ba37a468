package io.rolecall.detection.read;

import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.SubjectProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One thing that lets an application do more, and when it was given and taken. The logged order counts here: what is looked at are
 * minutes.
 *
 * @param key what an alert about it hangs on: {@link Grant#key}, or of a directory role its template
 * @param holder object id or name of the one user for whom it holds; empty for everybody and for the application itself
 * @param label for sentences
 * @param permission the permission; empty for a directory role
 * @param changes when it was given and taken, by time; at one time taken before given
 */
public record Privilege(
        String key, String holder, String label, Optional<Permission> permission, List<Change> changes) {

    private static final Comparator<Change> ORDER = Comparator.comparing(Change::time)
            .thenComparing(Change::given)
            .thenComparing(change -> change.act().getEventId());

    /** A successful act that gave it or took it. */
    public record Change(AppEvent act, boolean given) {

        Instant time() {
            return act.getEventTime();
        }
    }

    public Privilege {
        changes = changes.stream().sorted(ORDER).toList();
    }

    Privilege with(List<Change> all) {
        return new Privilege(key, holder, label, permission, all);
    }

    /** Each time that it was given. */
    public List<AppEvent> gifts() {
        return changes.stream().filter(Change::given).map(Change::act).toList();
    }

    /** Whether it was held just before it was given, so that the gift changed nothing. */
    public boolean heldBefore(AppEvent gift, SubjectProfile profile) {
        Instant time = gift.getEventTime();
        List<Change> before =
                changes.stream().filter(change -> change.time().isBefore(time)).toList();
        return before.isEmpty()
                ? holder.isEmpty()
                        && permission
                                .filter(known -> HeldPermissions.heldBefore(profile, known, time))
                                .isPresent()
                : holds(before.get(before.size() - 1));
    }

    /** Whether it was held at a time by its changes; of a change whose order with it the logs do not tell, the reading by which it was. */
    boolean heldAt(Instant time) {
        Optional<Change> last = changes.stream()
                .filter(change -> change.given()
                        ? Facts.mayPrecede(change.time(), time)
                        : Facts.surelyBefore(change.time(), time))
                .reduce((earlier, later) -> later);
        return last.filter(this::holds).isPresent();
    }

    /**
     * The act by which it was gone at most so long after it was given, both ends included: what took it, or the deletion of the
     * application. Empty when it was held then, also because it was given again or the application restored.
     *
     * @param deletions those of the application ({@link Lifecycle#deletions})
     */
    public Optional<AppEvent> goneWithin(AppEvent gift, Duration atMost, List<AppEvent> deletions) {
        Instant until = gift.getEventTime().plus(atMost);
        Optional<AppEvent> taken = Optional.empty();
        for (Change change : changes) {
            if (isOther(change, gift) && follows(change, gift) && Facts.inLoggedOrder(change.time(), until)) {
                taken = holds(change) ? Optional.empty() : Optional.of(change.act());
            }
        }
        return taken.or(() -> Lifecycle.ended(deletions.stream()
                .filter(act -> Facts.inLoggedOrder(gift.getEventTime(), act.getEventTime())
                        && Facts.inLoggedOrder(act.getEventTime(), until))
                .toList()));
    }

    /** Whether nobody has it any more by its changes. */
    public boolean isGone() {
        return changes.isEmpty() || !holds(changes.get(changes.size() - 1));
    }

    /** Whether it is held by a change: given, or taken and given in one change, as an amended grant is logged. */
    private boolean holds(Change change) {
        return change.given()
                || changes.stream()
                        .anyMatch(other -> other.given()
                                && change.act().getCorrelationId().isPresent()
                                && change.act()
                                        .getCorrelationId()
                                        .equals(other.act().getCorrelationId()));
    }

    /** What was taken within the second before, as far as one log tells, may be this gift; unless another was there to be taken. */
    private boolean follows(Change change, AppEvent gift) {
        return !change.time().isBefore(gift.getEventTime())
                || (!change.given()
                        && Facts.inLoggedOrder(gift.getEventTime(), change.time())
                        && changes.stream()
                                .noneMatch(
                                        other -> other.given() && other.time().isBefore(change.time())));
    }

    private static boolean isOther(Change change, AppEvent gift) {
        return !(change.given() && change.act().getEventId().equals(gift.getEventId()));
    }
}
