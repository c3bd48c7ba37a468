package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Owner;
import io.rolecall.detection.read.ActorNames;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ExportedOwner;
import io.rolecall.schema.OwnerChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who owns an application: whom an export states, and whom the acts made an owner since, or at all; of the registration and of the
 * service principal together, each once.
 */
final class OwnersKnown {

    private static final String PRINCIPAL = "service-principal";

    /** An owner with the place of the ownership. */
    private record Entry(Set<String> names, boolean ofPrincipal, Owner owner) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ActorNames actors;
    private boolean contradicted;

    private OwnersKnown(ActorNames actors) {
        this.actors = actors;
    }

    /** Reads them from the acts, and from what an export states, to which later acts are added. */
    static OwnersKnown of(List<AppEvent> acts, ExportedKnown exported) {
        OwnersKnown known = new OwnersKnown(ActorNames.of(acts));
        exported.owners(false).forEach(owner -> known.add(owner, false));
        exported.owners(true).forEach(owner -> known.add(owner, true));
        acts.stream()
                .filter(act -> Operations.OWNER_CHANGES.contains(act.getOperation()) && Facts.succeeded(act))
                .filter(act -> !exported.showOwnersAfter(act, isOfPrincipal(act)))
                .sorted(Facts.ORDER)
                .forEach(act -> Details.of(act, OwnerChange.class).ifPresent(change -> known.change(act, change)));
        return known;
    }

    /** Whether somebody ceased to be an owner whom nothing had told of: then there may be others of whom nothing tells. */
    boolean contradicted() {
        return contradicted;
    }

    private static boolean isOfPrincipal(AppEvent act) {
        return act.getOperation().contains(PRINCIPAL);
    }

    private void add(ExportedOwner owner, boolean ofPrincipal) {
        Set<String> names = new LinkedHashSet<>();
        names.add(owner.getOwnerId());
        owner.getName().map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(names::add);
        entries.add(new Entry(
                names,
                ofPrincipal,
                new Owner(
                        owner.getOwnerId(),
                        owner.getName().orElse(null),
                        null,
                        owner.getGone().orElse(null))));
    }

    private void change(AppEvent act, OwnerChange change) {
        boolean ofPrincipal = isOfPrincipal(act);
        Set<String> names = new LinkedHashSet<>(ActorNames.of(change));
        if (names.isEmpty()) {
            change.getOwnerName().map(name -> name.toLowerCase(Locale.ROOT)).ifPresent(names::add);
        }
        if (act.getOperation().startsWith("remove-")) {
            contradicted |=
                    !entries.removeIf(entry -> entry.ofPrincipal() == ofPrincipal && actors.same(entry.names(), names));
        } else if (!names.isEmpty()) {
            entries.add(new Entry(
                    names,
                    ofPrincipal,
                    new Owner(
                            change.getOwnerId().orElse(null),
                            change.getOwnerName().orElse(null),
                            act.getEventTime(),
                            null)));
        }
    }

    /**
     * The owners, by name.
     *
     * @param gone users who are deleted or disabled, by id or name in lower case: which of the two
     */
    List<Owner> owners(Map<String, String> gone) {
        Map<String, Owner> byId = new TreeMap<>();
        List<Entry> told = new ArrayList<>();
        for (Entry entry : entries) {
            if (told.stream().noneMatch(other -> actors.same(entry.names(), other.names()))) {
                told.add(entry);
                Owner owner = entry.owner();
                String why = owner.gone() != null ? owner.gone() : goneOf(entry.names(), gone);
                byId.put(owner.label(), new Owner(owner.id(), owner.name(), owner.since(), why));
            }
        }
        return byId.values().stream().sorted(Comparator.comparing(Owner::label)).toList();
    }

    private static @Nullable String goneOf(Set<String> names, Map<String, String> gone) {
        return names.stream()
                .filter(gone::containsKey)
                .map(gone::get)
                .findFirst()
                .orElse(null);
    }
}
