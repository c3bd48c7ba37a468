package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Redirect addresses of an application, as its acts added and removed them. */
public final class Redirects {

    /** Operations that add addresses. */
    public static final Set<String> ADDING =
            Set.of(Operations.ADD_APPLICATION, Operations.UPDATE_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL);

    /**
     * An address that an act added.
     *
     * @param act a successful act
     * @param undone whether a later act removed the address
     */
    public record Added(AppEvent act, RedirectAddress address, boolean undone) {}

    private Redirects() {}

    /** The addresses that successful acts added, ordered by act. */
    public static List<Added> added(List<AppEvent> acts) {
        List<AppEvent> successful =
                acts.stream().filter(Facts::succeeded).sorted(Facts.ORDER).toList();
        List<Added> all = new ArrayList<>();
        for (AppEvent act : successful) {
            for (String address : addedBy(act)) {
                all.add(new Added(act, RedirectAddress.of(address), isUndone(act, address, successful)));
            }
        }
        return all;
    }

    private static List<String> addedBy(AppEvent act) {
        if (!ADDING.contains(act.getOperation())) {
            return List.of();
        }
        // A registration states all addresses; of an update only the difference is new.
        if (Facts.is(act, Operations.ADD_APPLICATION)) {
            return Details.of(act, Registration.class)
                    .map(Registration::getRedirectUris)
                    .orElse(List.of());
        }
        return Details.of(act, RedirectChange.class)
                .map(RedirectChange::getAdded)
                .orElse(List.of());
    }

    private static boolean isUndone(AppEvent added, String address, List<AppEvent> acts) {
        return acts.stream()
                .filter(act -> Facts.surelyBefore(added.getEventTime(), act.getEventTime())
                        || Facts.ORDER.compare(added, act) < 0)
                .anyMatch(act -> Details.of(act, RedirectChange.class)
                        .filter(change -> change.getRemoved().contains(address))
                        .isPresent());
    }
}
