package io.rolecall.state;

import io.rolecall.detection.memory.MailHour;
import io.rolecall.detection.memory.MailMinutes;
import io.rolecall.detection.memory.MailSlot;
import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.CountedSlot;
import io.rolecall.schema.state.MailMemory;
import io.rolecall.schema.state.MailboxBits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Use of mailboxes by minutes and ten minutes: one entry a subject and UTC hour. */
final class MailUse {

    private static final char MAIL = 'm';
    private static final int SECONDS_A_MINUTE = 60;
    private static final AvroSerde<MailMemory> HOURS = AvroSerde.stored(MailMemory.class);

    private final EntryStore store;

    MailUse(EntryStore store) {
        this.store = store;
    }

    /** Counts a successful use, which has not been counted before. */
    void add(Subject subject, AppEvent event) {
        if (!(event.getDetails().orElse(null) instanceof MailboxUse use)) {
            return;
        }
        Instant hour = EventDays.hour(event.getEventTime());
        byte[] key = StoreKeys.join(prefix(subject), StoreKeys.time(hour));
        byte[] known = store.get(key);
        MailMemory memory = known == null ? MailMemory.newBuilder().build() : HOURS.fromBytes(known);
        int minute = (int) (Duration.between(hour, event.getEventTime()).toSeconds() / SECONDS_A_MINUTE);
        Optional<Long> mailbox = use.getMailbox().map(MailUse::hash);
        mailbox.ifPresent(owner -> addMinute(memory, owner, minute));
        addSlot(memory, (int) (minute / EventDays.SLOT.toMinutes()), use, mailbox);
        store.put(key, HOURS.toBytes(memory));
    }

    MailMinutes between(Subject subject, Instant from, Instant to) {
        byte[] prefix = prefix(subject);
        List<MailHour> hours = store
                .between(
                        StoreKeys.join(
                                prefix, StoreKeys.time(EventDays.hour(EventDays.later(from, EventDays.EARLIEST)))),
                        StoreKeys.join(prefix, StoreKeys.time(to)))
                .stream()
                .map(entry -> shown(StoreKeys.time(entry.key, prefix.length), HOURS.fromBytes(entry.value)))
                .toList();
        return new MailMinutes(from, to, hours);
    }

    /** Deletes hours before the horizon. */
    void expire(Subject subject, Instant horizon) {
        byte[] start = prefix(subject);
        store.deleteBetween(start, StoreKeys.join(start, StoreKeys.time(horizon)));
    }

    private static void addMinute(MailMemory memory, long mailbox, int minute) {
        TreeMap<Long, Long> minutes = new TreeMap<>();
        memory.getMailboxes().forEach(known -> minutes.put(known.getMailbox(), known.getMinutes()));
        minutes.merge(mailbox, 1L << minute, (one, other) -> one | other);
        if (minutes.size() > MailHour.MOST_MAILBOXES) {
            minutes.pollLastEntry();
            memory.setMoreMailboxes(true);
        }
        List<MailboxBits> kept = new ArrayList<>();
        minutes.forEach((owner, bits) -> kept.add(new MailboxBits(owner, bits)));
        memory.setMailboxes(kept);
    }

    private static void addSlot(MailMemory memory, int number, MailboxUse use, Optional<Long> mailbox) {
        TreeMap<Integer, CountedSlot> slots = new TreeMap<>();
        memory.getSlots().forEach(slot -> slots.put(slot.getSlot(), slot));
        CountedSlot slot = slots.computeIfAbsent(
                number, any -> CountedSlot.newBuilder().setSlot(number).build());
        if (use.getAction().equals("send")) {
            slot.setSends(slot.getSends() + 1);
            mailbox.ifPresent(sender -> addSender(slot, sender));
        } else {
            slot.setReads(slot.getReads() + 1);
            slot.setItems(slot.getItems() + use.getItems().orElse(1L));
        }
        memory.setSlots(new ArrayList<>(slots.values()));
    }

    private static void addSender(CountedSlot slot, long sender) {
        TreeSet<Long> senders = new TreeSet<>(slot.getSenders());
        senders.add(sender);
        if (senders.size() > MailSlot.MOST_SENDERS) {
            senders.pollLast();
            slot.setMoreSenders(true);
        }
        slot.setSenders(new ArrayList<>(senders));
    }

    private static MailHour shown(Instant hour, MailMemory memory) {
        Map<Long, Long> minutes = new TreeMap<>();
        memory.getMailboxes().forEach(mailbox -> minutes.put(mailbox.getMailbox(), mailbox.getMinutes()));
        List<MailSlot> slots = memory.getSlots().stream()
                .map(slot -> new MailSlot(
                        hour.plus(EventDays.SLOT.multipliedBy(slot.getSlot())),
                        slot.getReads(),
                        slot.getItems(),
                        slot.getSends(),
                        slot.getSenders(),
                        slot.getMoreSenders()))
                .toList();
        return new MailHour(hour, minutes, memory.getMoreMailboxes(), slots);
    }

    private static long hash(String mailbox) {
        return Hashes.number(Hashes.sha256(mailbox.toLowerCase(Locale.ROOT)));
    }

    private static byte[] prefix(Subject subject) {
        return StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(MAIL));
    }
}
