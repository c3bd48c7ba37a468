package io.rolecall.event;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Copy;
import io.rolecall.schema.TrustedRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Merges the copies of one act, field by field: present beats absent; then the source rank entra-audit, Graph, Log Analytics,
 * Microsoft 365; then the smaller text. Lists are united. The result is a function of the set of copies.
 */
public final class ActMerge {

    /** Most distinct copies kept of one act; the best by rank, time and event id win. */
    public static final int MOST_COPIES = 8;

    private static final Comparator<AppEvent> BEST_FIRST = Comparator.comparingInt(ActMerge::rank)
            .thenComparing(AppEvent::getEventTime)
            .thenComparing(AppEvent::getEventId)
            .thenComparing(ActMerge::contentText);

    static {
        // Merging makes records anew.
        TrustedRecords.trust();
    }

    private ActMerge() {}

    /**
     * Adds a copy to those known.
     *
     * @return the copies with the new one, best first; the same list when the copy says nothing new
     */
    public static List<AppEvent> add(List<AppEvent> copies, AppEvent copy) {
        String content = contentText(copy);
        if (copies.stream().anyMatch(known -> contentText(known).equals(content))) {
            return copies;
        }
        List<AppEvent> all = Stream.concat(copies.stream(), Stream.of(copy))
                .sorted(BEST_FIRST)
                .limit(MOST_COPIES)
                .toList();
        return all.equals(copies) ? copies : all;
    }

    /**
     * The act that the copies tell of.
     *
     * @param copies at least one, in any order
     */
    public static AppEvent merged(List<AppEvent> copies) {
        List<AppEvent> ranked = copies.stream().sorted(BEST_FIRST).toList();
        AppEvent best = ranked.get(0);
        if (ranked.size() == 1) {
            return best;
        }
        AppEvent merged = (AppEvent) mergeRecords(ranked);
        merged.setEventId(best.getEventId());
        merged.setEventTime(best.getEventTime());
        merged.setPosition(best.getPosition());
        merged.setAppIdResolved(ranked.stream()
                .allMatch(copy -> copy.getAppIdResolved() || copy.getAppId().isEmpty()));
        merged.setAlsoSeenAs(otherCopies(best, ranked));
        return merged;
    }

    private static List<Copy> otherCopies(AppEvent best, List<AppEvent> copies) {
        Map<String, Copy> others = new TreeMap<>();
        for (AppEvent copy : copies) {
            if (!(copy.getSource().equals(best.getSource()) && copy.getEventId().equals(best.getEventId()))) {
                others.putIfAbsent(
                        copy.getSource() + " " + copy.getEventId(),
                        new Copy(copy.getEventId(), copy.getSource(), copy.getPosition()));
            }
        }
        return List.copyOf(others.values());
    }

    private static int rank(AppEvent event) {
        if (event.getSource().equals("m365-audit")) {
            return 3;
        }
        if (event.getEnvelope().endsWith("log-analytics")) {
            return 2;
        }
        return event.getEnvelope().endsWith("graph") ? 1 : 0;
    }

    /** Everything but where it was read. */
    private static String contentText(AppEvent event) {
        return event.getSource()
                + event.getEventId()
                + event.getEventTime()
                + event.getAppId()
                + event.getAppObjectId()
                + event.getServicePrincipalId()
                + event.getAppDisplayName()
                + event.getActor()
                + event.getDetails()
                + event.getOutcomeReason()
                + event.getAppIdResolved();
    }

    private static SpecificRecord mergeRecords(List<? extends SpecificRecord> ranked) {
        Schema schema = ranked.get(0).getSchema();
        SpecificRecordBase merged =
                (SpecificRecordBase) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            List<Object> values = new ArrayList<>();
            for (SpecificRecord record : ranked) {
                Object value = record.get(field.pos());
                if (value != null) {
                    values.add(value);
                }
            }
            merged.put(field.pos(), mergeValues(values));
        }
        return merged;
    }

    private static @Nullable Object mergeValues(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        Object first = values.get(0);
        if (first instanceof SpecificRecord) {
            return mergeRecords(values.stream()
                    .filter(value -> value.getClass() == first.getClass())
                    .map(SpecificRecord.class::cast)
                    .toList());
        }
        if (first instanceof List) {
            return unite(values);
        }
        return first;
    }

    private static List<Object> unite(List<Object> lists) {
        Map<String, Object> united = new LinkedHashMap<>();
        for (Object list : lists) {
            for (Object element : (List<?>) list) {
                united.putIfAbsent(elementKey(element), Objects.requireNonNull(element));
            }
        }
        return united.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Credentials are one when their key id is; everything else when its whole content is. */
    private static String elementKey(Object element) {
        return element instanceof io.rolecall.schema.Credential credential
                ? credential.getKeyId()
                : String.valueOf(element);
    }

    /** Orders acts by time, then by act id: the order in which histories are shown. */
    public static Comparator<AppEvent> byTimeThenAct() {
        return Comparator.<AppEvent, Instant>comparing(AppEvent::getEventTime).thenComparing(Acts::id);
    }
}
