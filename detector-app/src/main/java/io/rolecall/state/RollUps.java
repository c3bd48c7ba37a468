package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.Hashes;
import io.rolecall.event.SignIns;
import io.rolecall.event.Subject;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** What can be many a subject, rolled up by hour: sign-ins, and use of mail and files. An event id counts once. */
public final class RollUps {

    private static final char SIGN_IN = 's';
    private static final char USE = 'e';
    private static final char EVENT_ID = 'd';
    private static final int HASH = 8;
    private static final byte[] PRESENT = new byte[0];
    private static final AvroSerde<SignInHour> SIGN_INS = AvroSerde.stored(SignInHour.class);
    private static final AvroSerde<UseHour> USES = AvroSerde.stored(UseHour.class);

    private final EntryStore store;

    RollUps(EntryStore store) {
        this.store = store;
    }

    /** Whether a fact is rolled up instead of being kept as an act; Azure activity too ({@link AzureRollUps}). */
    public static boolean takes(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        return details instanceof SignIn
                || details instanceof MailboxUse
                || details instanceof FileUse
                || AzureRollUps.takes(event);
    }

    /** Remembers an event id; false when it is known. */
    public boolean isFirst(Subject subject, AppEvent event) {
        byte[] id = StoreKeys.hash(Hashes.sha256(event.getSource(), event.getEventId()), 2 * HASH);
        byte[] seen = StoreKeys.join(
                StoreKeys.subject(subject), StoreKeys.of(EVENT_ID), StoreKeys.day(event.getEventTime()), id);
        if (store.get(seen) != null) {
            return false;
        }
        store.put(seen, PRESENT);
        return true;
    }

    /** Counts a sign-in or a use, which has not been counted before. */
    public void add(Subject subject, AppEvent event) {
        byte[] prefix = StoreKeys.subject(subject);
        if (event.getDetails().orElse(null) instanceof SignIn signIn) {
            addSignIn(prefix, event, signIn);
        } else {
            addUse(prefix, event);
        }
    }

    public List<SignInHour> signIns(Subject subject, Instant from, Instant to, int limit) {
        return between(subject, SIGN_IN, from, to, limit).stream()
                .map(entry -> SIGN_INS.fromBytes(entry.value))
                .toList();
    }

    List<UseHour> uses(Subject subject, Instant from, Instant to, int limit) {
        return between(subject, USE, from, to, limit).stream()
                .map(entry -> USES.fromBytes(entry.value))
                .toList();
    }

    void expire(Subject subject, Instant horizon) {
        byte[] prefix = StoreKeys.subject(subject);
        Map.of(SIGN_IN, StoreKeys.time(horizon), USE, StoreKeys.time(horizon), EVENT_ID, StoreKeys.day(horizon))
                .forEach((group, until) -> {
                    byte[] start = StoreKeys.join(prefix, StoreKeys.of(group));
                    for (KeyValue<byte[], byte[]> entry :
                            store.between(start, Bytes.wrap(StoreKeys.join(start, until)), Integer.MAX_VALUE)) {
                        store.delete(entry.key);
                    }
                });
    }

    private void addSignIn(byte[] prefix, AppEvent event, SignIn signIn) {
        Optional<String> resource = signIn.getResourceAppId().or(signIn::getResourceName);
        Optional<String> user =
                event.getActor().getType().equals("user") ? Actors.key(event.getActor()) : Optional.empty();
        String group = Hashes.sha256(
                text(user),
                text(event.getActor().getIp()),
                text(signIn.getCountry()),
                text(signIn.getCredentialKeyId()),
                text(signIn.getCredentialType()),
                text(resource),
                signIn.getKind());
        byte[] key = hourKey(prefix, SIGN_IN, event.getEventTime(), group);
        byte[] known = store.get(key);
        SignInHour hour = known != null
                ? SIGN_INS.fromBytes(known)
                : SignInHour.newBuilder()
                        .setHour(EventDays.hour(event.getEventTime()))
                        .setFirst(event.getEventTime())
                        .setLast(event.getEventTime())
                        .setUserKey(user.orElse(null))
                        .setIp(event.getActor().getIp().orElse(null))
                        .setCountry(signIn.getCountry().orElse(null))
                        .setCredentialKeyId(signIn.getCredentialKeyId().orElse(null))
                        .setCredentialType(signIn.getCredentialType().orElse(null))
                        .setResource(resource.orElse(null))
                        .setKind(signIn.getKind())
                        .build();
        hour.setFirst(EventDays.earlier(hour.getFirst(), event.getEventTime()));
        hour.setLast(EventDays.later(hour.getLast(), event.getEventTime()));
        if (event.getOutcome().equals("success")) {
            hour.setSuccesses(hour.getSuccesses() + 1);
        } else if (SignIns.interrupted(event)) {
            hour.setInterrupted(hour.getInterrupted() + 1);
        } else {
            Map<String, Long> failures = new HashMap<>(hour.getFailures());
            failures.merge(signIn.getErrorCode().map(String::valueOf).orElse("unknown"), 1L, Long::sum);
            hour.setFailures(failures);
        }
        store.put(key, SIGN_INS.toBytes(hour));
    }

    private void addUse(byte[] prefix, AppEvent event) {
        Optional<String> user = Actors.key(event.getActor());
        Optional<String> mailbox = Optional.empty();
        String action;
        long items = 1;
        if (event.getDetails().orElse(null) instanceof MailboxUse use) {
            action = "mail-" + use.getAction();
            mailbox = use.getMailbox();
            items = use.getItems().orElse(1L);
        } else {
            action = event.getOperation();
        }
        String group = Hashes.sha256(
                action, text(user), text(mailbox), text(event.getActor().getIp()));
        byte[] key = hourKey(prefix, USE, event.getEventTime(), group);
        byte[] known = store.get(key);
        UseHour hour = known != null
                ? USES.fromBytes(known)
                : UseHour.newBuilder()
                        .setHour(EventDays.hour(event.getEventTime()))
                        .setFirst(event.getEventTime())
                        .setLast(event.getEventTime())
                        .setAction(action)
                        .setUserKey(user.orElse(null))
                        .setMailbox(mailbox.orElse(null))
                        .setIp(event.getActor().getIp().orElse(null))
                        .build();
        hour.setFirst(EventDays.earlier(hour.getFirst(), event.getEventTime()));
        hour.setLast(EventDays.later(hour.getLast(), event.getEventTime()));
        hour.setEvents(hour.getEvents() + 1);
        hour.setItems(hour.getItems() + items);
        store.put(key, USES.toBytes(hour));
    }

    private List<KeyValue<byte[], byte[]>> between(Subject subject, char group, Instant from, Instant to, int limit) {
        byte[] prefix = StoreKeys.join(StoreKeys.subject(subject), StoreKeys.of(group));
        return store.between(
                StoreKeys.join(prefix, StoreKeys.time(EventDays.hour(from))),
                StoreKeys.after(StoreKeys.join(prefix, StoreKeys.time(to))),
                limit);
    }

    private static byte[] hourKey(byte[] prefix, char group, Instant time, String hash) {
        return StoreKeys.join(
                prefix, StoreKeys.of(group), StoreKeys.time(EventDays.hour(time)), StoreKeys.hash(hash, HASH));
    }

    private static String text(Optional<String> value) {
        return value.orElse("-");
    }
}
