package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.UseHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Use of mail and files by hour: per action, outcome, user, mailbox and address. An event counts as many items as it tells of. A
 * refused use never stands for one that succeeded.
 */
final class UseHours implements RollUpKind<UseHour> {

    static final UseHours KIND = new UseHours();

    private static final AvroSerde<UseHour> HOURS = AvroSerde.stored(UseHour.class);

    private UseHours() {}

    @Override
    public char code() {
        return 'e';
    }

    @Override
    public Duration span() {
        return Duration.ofHours(1);
    }

    @Override
    public List<Optional<String>> group(AppEvent event) {
        return List.of(
                Optional.of(action(event)),
                Optional.of(event.getOutcome()),
                Actors.key(event.getActor()),
                mailbox(event),
                event.getActor().getIp());
    }

    @Override
    public String countedAs(AppEvent event) {
        long items = event.getDetails().orElse(null) instanceof MailboxUse use
                ? use.getItems().orElse(1L)
                : 1;
        return Long.toString(items);
    }

    @Override
    public UseHour open(AppEvent first) {
        return UseHour.newBuilder()
                .setHour(start(first.getEventTime()))
                .setFirst(first.getEventTime())
                .setLast(first.getEventTime())
                .setAction(action(first))
                .setUserKey(Actors.key(first.getActor()).orElse(null))
                .setMailbox(mailbox(first).orElse(null))
                .setIp(first.getActor().getIp().orElse(null))
                .setFirstEvent(first)
                .build();
    }

    @Override
    public void see(UseHour hour, AppEvent copy) {
        if (FIRST.compare(copy, hour.getFirstEvent().orElseThrow()) < 0) {
            hour.setFirstEvent(copy);
            hour.setFirst(copy.getEventTime());
        }
        hour.setLast(EventDays.later(hour.getLast(), copy.getEventTime()));
    }

    @Override
    public void count(UseHour hour, String as, int oneMoreOrLess) {
        hour.setEvents(hour.getEvents() + oneMoreOrLess);
        hour.setItems(hour.getItems() + oneMoreOrLess * Long.parseLong(as));
    }

    @Override
    public boolean isCounted(UseHour hour) {
        return hour.getEvents() > 0;
    }

    @Override
    public byte[] toBytes(UseHour hour) {
        return HOURS.toBytes(UseHour.newBuilder()
                .setHour(Instant.EPOCH)
                .setFirst(Instant.EPOCH)
                .setLast(hour.getLast())
                .setAction("")
                .setEvents(hour.getEvents())
                .setItems(hour.getItems())
                .setFirstEvent(hour.getFirstEvent().orElseThrow())
                .build());
    }

    @Override
    public UseHour fromBytes(byte[] bytes) {
        UseHour stored = HOURS.fromBytes(bytes);
        UseHour hour = open(stored.getFirstEvent().orElseThrow());
        hour.setLast(stored.getLast());
        hour.setEvents(stored.getEvents());
        hour.setItems(stored.getItems());
        return hour;
    }

    private static String action(AppEvent event) {
        return event.getDetails().orElse(null) instanceof MailboxUse use
                ? "mail-" + use.getAction()
                : event.getOperation();
    }

    private static Optional<String> mailbox(AppEvent event) {
        return event.getDetails().orElse(null) instanceof MailboxUse use ? use.getMailbox() : Optional.empty();
    }
}
