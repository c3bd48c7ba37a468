package io.rolecall.audit;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.source.ElementSink;
import io.rolecall.source.LogDecoder;
import io.rolecall.source.split.Chunk;
import io.rolecall.source.split.DecodeSettings;
import io.rolecall.source.split.NeededOperations;
import io.rolecall.source.split.Rejected;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Users whom the logs show deleted or disabled. No detection reads that, so that no history holds it: logs in files are read for it
 * beside the detector, and everything else in them is skipped by its operation's name.
 */
public final class GoneUsers {

    private static final Set<String> OPERATIONS = Set.of(
            Operations.DELETE_USER,
            Operations.HARD_DELETE_USER,
            Operations.RESTORE_USER,
            Operations.DISABLE_ACCOUNT,
            Operations.ENABLE_ACCOUNT);

    private final LogDecoder decoder;
    private final Instant reference;
    private final Instant until;
    private final Map<String, Map<String, Instant>> latest = new HashMap<>();

    /**
     * Of nobody yet.
     *
     * @param reference time against which events in the future are measured
     * @param until what happened later is left out
     */
    public GoneUsers(DecodeSettings settings, Instant reference, Instant until) {
        this.decoder = new LogDecoder(settings, NeededOperations.of(OPERATIONS));
        this.reference = reference;
        this.until = until;
    }

    /** Reads a part of a log. What cannot be read is told by the detector, which reads it too. */
    public void read(Chunk chunk) {
        decoder.decode(chunk, reference, new Sink());
    }

    /** Which of the two each is, by object id and by user principal name, lower case. */
    public Map<String, String> all() {
        Map<String, String> gone = new TreeMap<>();
        latest.forEach((user, times) -> {
            boolean deleted = isLast(times, Operations.RESTORE_USER, Operations.DELETE_USER)
                    || times.containsKey(Operations.HARD_DELETE_USER);
            if (deleted) {
                gone.put(user, "deleted");
            } else if (isLast(times, Operations.ENABLE_ACCOUNT, Operations.DISABLE_ACCOUNT)) {
                gone.put(user, "disabled");
            }
        });
        return gone;
    }

    private static boolean isLast(Map<String, Instant> times, String begin, String end) {
        Instant ended = times.get(end);
        return ended != null && !times.getOrDefault(begin, Instant.MIN).isAfter(ended);
    }

    private final class Sink implements ElementSink {

        @Override
        public void decoded(List<AppEvent> events) {
            for (AppEvent event : events) {
                if (OPERATIONS.contains(event.getOperation())
                        && Facts.succeeded(event)
                        && !event.getEventTime().isAfter(until)) {
                    Details.of(event, ConsentPolicyChange.class).ifPresent(user -> {
                        user.getTargetId().ifPresent(id -> learn(id, event));
                        user.getTargetName()
                                .filter(name -> name.indexOf('@') > 0)
                                .ifPresent(name -> learn(name, event));
                    });
                }
            }
        }

        private void learn(String user, AppEvent event) {
            latest.computeIfAbsent(user.toLowerCase(Locale.ROOT), any -> new HashMap<>())
                    .merge(
                            event.getOperation(),
                            event.getEventTime(),
                            (one, other) -> one.isAfter(other) ? one : other);
        }

        @Override
        public void skipped() {
            // Nearly everything is.
        }

        @Override
        public void rejected(Rejected rejected) {
            // The detector tells of it.
        }
    }
}
