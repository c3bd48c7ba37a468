package io.rolecall.detection.read;

import io.rolecall.detection.read.HeldPermissions.Held;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What makes an application privileged when a credential is added to it.
 *
 * @param grants grants in the history, held then or given within the window after, before the key was removed
 * @param held permissions given longer ago than the history reaches back
 */
public record Privileges(List<Grant> grants, List<Held> held) {

    public Privileges {
        grants = List.copyOf(grants);
        held = List.copyOf(held);
    }

    /**
     * While a key lives.
     *
     * @param window longest time from the key to a grant that comes after it
     * @param risky grants of permissions that count
     * @param known permissions that count, by the profile
     */
    public static Privileges of(AddedKey key, Duration window, List<Grant> risky, List<Held> known) {
        Instant until = key.time().plus(window);
        List<Grant> grants = risky.stream()
                .filter(grant -> grant.heldAt(key.time())
                        || (grant.time().isAfter(key.time())
                                && Facts.mayPrecede(grant.time(), until)
                                && key.livesAt(grant.time())))
                .toList();
        // Where the history holds a grant, it tells more exactly than the profile.
        List<Held> held = known.stream()
                .filter(one -> one.at(key.time()))
                .filter(one -> risky.stream()
                        .noneMatch(grant -> grant.permission().equals(one.permission())
                                && (!grant.time().isAfter(key.time()) || grants.contains(grant))))
                .toList();
        return new Privileges(grants, held);
    }

    public boolean any() {
        return !grants.isEmpty() || !held.isEmpty();
    }

    /** Whether all of it was taken away again. */
    public boolean gone() {
        return grants.stream().allMatch(Grant::undone)
                && held.stream().allMatch(one -> one.taken().isPresent());
    }

    /** The acts by which the history shows it. */
    public List<AppEvent> acts() {
        return grants.stream().map(Grant::act).distinct().toList();
    }

    public List<Permission> permissions() {
        return Stream.concat(
                        held.stream().map(Held::permission), grants.stream().map(Grant::permission))
                .distinct()
                .toList();
    }
}
