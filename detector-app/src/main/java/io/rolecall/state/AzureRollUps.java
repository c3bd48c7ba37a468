package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.AzureObjects;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.Activity;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application does in Azure, rolled up by ten minutes: how often each action, by whom and from where, on how many objects,
 * and the first event of it. Role assignments and elevated access are acts: each of them decides by itself.
 */
public final class AzureRollUps implements RollUpKind<AzureSlot> {

    static final AzureRollUps KIND = new AzureRollUps();

    /** Most objects told apart of one action in one slot; the smallest hashes win, so that order leaves no trace. */
    static final int MOST_OBJECTS = 64;

    private static final Set<String> ACTS =
            Set.of(Operations.AZURE_ROLE_ASSIGNMENT, Operations.AZURE_ROLE_REMOVAL, Operations.AZURE_ELEVATED_ACCESS);

    private static final AvroSerde<AzureSlot> SLOTS = AvroSerde.stored(AzureSlot.class);

    private AzureRollUps() {}

    /** Whether a fact is Azure activity that is rolled up. */
    public static boolean takes(AppEvent event) {
        return Details.of(event, Activity.class).isPresent() && !keepsAct(event);
    }

    /** Whether Azure activity is kept as an act. */
    static boolean keepsAct(AppEvent event) {
        return ACTS.contains(event.getOperation());
    }

    @Override
    public char code() {
        return 'z';
    }

    @Override
    public Duration span() {
        return EventDays.SLOT;
    }

    @Override
    public List<Optional<String>> group(AppEvent event) {
        return List.of(
                Optional.of(action(event)),
                Optional.of(event.getOutcome()),
                begun(event),
                Actors.key(event.getActor()),
                event.getActor().getIp());
    }

    @Override
    public String countedAs(AppEvent event) {
        return "";
    }

    @Override
    public AzureSlot open(AppEvent first) {
        return AzureSlot.newBuilder()
                .setSlot(start(first.getEventTime()))
                .setAction(action(first))
                .setOutcome(first.getOutcome())
                .setUserKey(Actors.key(first.getActor()).orElse(null))
                .setIp(first.getActor().getIp().orElse(null))
                .setFirst(first)
                .setLast(first.getEventTime())
                .build();
    }

    @Override
    public void see(AzureSlot slot, AppEvent copy) {
        if (FIRST.compare(copy, slot.getFirst()) < 0) {
            slot.setFirst(copy);
        }
        slot.setLast(EventDays.later(slot.getLast(), copy.getEventTime()));
        AzureObjects.hash((Activity) copy.getDetails().orElseThrow()).ifPresent(object -> {
            TreeSet<Long> objects = new TreeSet<>(slot.getObjects());
            objects.add(object);
            if (objects.size() > MOST_OBJECTS) {
                objects.pollLast();
                slot.setMoreObjects(true);
            }
            slot.setObjects(List.copyOf(objects));
        });
    }

    @Override
    public void count(AzureSlot slot, String as, int oneMoreOrLess) {
        slot.setEvents(slot.getEvents() + oneMoreOrLess);
    }

    @Override
    public boolean isCounted(AzureSlot slot) {
        return slot.getEvents() > 0;
    }

    @Override
    public byte[] toBytes(AzureSlot slot) {
        return SLOTS.toBytes(AzureSlot.newBuilder()
                .setSlot(Instant.EPOCH)
                .setAction("")
                .setOutcome("")
                .setEvents(slot.getEvents())
                .setObjects(slot.getObjects())
                .setMoreObjects(slot.getMoreObjects())
                .setFirst(slot.getFirst())
                .setLast(slot.getLast())
                .build());
    }

    @Override
    public AzureSlot fromBytes(byte[] bytes) {
        AzureSlot stored = SLOTS.fromBytes(bytes);
        AzureSlot slot = open(stored.getFirst());
        slot.setEvents(stored.getEvents());
        slot.setObjects(stored.getObjects());
        slot.setMoreObjects(stored.getMoreObjects());
        slot.setLast(stored.getLast());
        return slot;
    }

    /** A request that was only started or accepted is told apart from one that succeeded: it may have been refused yet. */
    private static Optional<String> begun(AppEvent event) {
        return event.getOutcome().equals("success") ? event.getOutcomeReason() : Optional.empty();
    }

    private static String action(AppEvent event) {
        return ((Activity) event.getDetails().orElseThrow()).getAction().orElse(event.getOperation());
    }
}
