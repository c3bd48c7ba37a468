package io.rolecall.replay;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Incident;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.Positions;
import io.rolecall.source.split.Rejected;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was gathered into one directory, or into the directories of all shares of one plan: complete, and decoded as this program
 * decodes. It can be read as often as wanted. Not for use by several threads at once.
 */
public final class GatheredHistory {

    /** Elements are sorted with so much of the heap. */
    private static final int HEAP_PART = 12;

    private static final long LEAST_SORTING_BYTES = 4L << 20;

    private final Plan plan;
    private final Map<PlannedPartition, Part> parts = new TreeMap<>(GatheredHistory::byPlace);
    private final Tally tally = new Tally();
    private final List<String> notes;

    /** The file of a partition, and the counts at its end. */
    private record Part(Path file, Tally tally) {

        /** Mostly nothing was refused, which the counts tell without reading the file. */
        boolean mayHold(Kept.What what) {
            return what != Kept.What.REFUSED || tally.get(Counted.REFUSED) > 0;
        }
    }

    private GatheredHistory(Plan plan, List<String> notes) {
        this.plan = plan;
        this.notes = notes;
    }

    private static int byPlace(PlannedPartition one, PlannedPartition other) {
        int topics = one.topic().compareTo(other.topic());
        return topics != 0 ? topics : Integer.compare(one.partition(), other.partition());
    }

    /**
     * Opens it.
     *
     * @param directories of one plan, all shares of it, in any order
     * @param now how this program decodes
     * @throws IOException when they are not complete, do not belong together, or were decoded otherwise; the message says what to do
     */
    public static GatheredHistory open(List<Path> directories, Decoding now) throws IOException {
        List<Plan> plans = new ArrayList<>();
        for (Path directory : directories) {
            plans.add(PlanFile.read(directory));
        }
        GatheredHistory history = new GatheredHistory(
                Shares.merged(directories, plans),
                Shares.apart(plans).map(List::of).orElse(List.of()));
        requireDecodable(history.plan, now);
        Map<PlannedPartition, Path> places = new TreeMap<>(GatheredHistory::byPlace);
        for (int i = 0; i < plans.size(); i++) {
            Path directory = directories.get(i);
            plans.get(i).share().forEach(partition -> places.put(partition, directory));
        }
        for (PlannedPartition partition : history.plan.partitions()) {
            history.add(partition, places.getOrDefault(partition, directories.get(0)));
        }
        return history;
    }

    /**
     * Refuses facts that this program cannot decide over.
     *
     * @throws IOException when they were decoded otherwise; the message says why and what to gather again
     */
    public static void requireDecodable(Plan plan, Decoding now) throws IOException {
        Optional<String> trouble = plan.decoding().lacks(now);
        if (trouble.isPresent()) {
            throw new IOException(
                    "the gathered facts cannot be used: " + trouble.orElseThrow() + "; gather again: replay --from "
                            + plan.from() + " --to " + plan.to() + ", which reads from " + plan.readFrom() + " on");
        }
    }

    /** How much of a directory's share is not read yet, in offsets. */
    public static long unread(Path directory, Plan plan) throws IOException {
        long unread = 0;
        for (PlannedPartition partition : plan.share()) {
            unread += Math.max(
                    0,
                    partition.end()
                            - reached(directory.resolve(partition.fileName()), partition)
                                    .next());
        }
        return unread;
    }

    private void add(PlannedPartition partition, Path directory) throws IOException {
        Path file = directory.resolve(partition.fileName());
        PartFrame last = reached(file, partition);
        if (last.next() < partition.end()) {
            throw new IOException(directory + " is not complete: " + partition + " is read to offset " + last.next()
                    + " of " + partition.end() + "; --resume " + directory + " alone goes on with it");
        }
        parts.put(partition, new Part(file, last.tally()));
        if (partition.kind() == SourceKind.RAW) {
            tally.add(last.tally());
        }
    }

    private static PartFrame reached(Path file, PlannedPartition partition) throws IOException {
        try (PartReader reader = PartReader.open(file)) {
            PartFrame last = reader == null ? null : reader.last();
            return last == null ? new PartFrame(partition.start(), new Tally(), List.of()) : last;
        }
    }

    /** The plan with the bounds of every partition as they were for the share that read it. */
    public Plan plan() {
        return plan;
    }

    /** What the user should know of it, in sentences. */
    public List<String> notes() {
        return notes;
    }

    /** Counts of the raw logs together. */
    public Tally tally() {
        return tally;
    }

    /** Counts of each partition. */
    public Map<PlannedPartition, Tally> tallies() {
        return parts.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, part -> part.getValue()
                .tally()));
    }

    /** What takes something that was kept. */
    public interface Taking<T> {
        /** Takes one. */
        void take(T one) throws IOException;
    }

    /**
     * Hands over the elements in the order of their events, each once.
     *
     * @param scratch a directory for what does not fit into memory
     */
    public void elements(Path scratch, Taking<GatheredElement> taking) throws IOException {
        long bytes = Math.max(LEAST_SORTING_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART);
        try (EventOrder order = new EventOrder(scratch, bytes)) {
            each(
                    SourceKind.RAW,
                    Kept.What.EVENTS,
                    (partition, kept) -> order.add(new GatheredElement(
                            earliest(KeptForms.events(kept.payload())),
                            partition.topic(),
                            partition.partition(),
                            kept.offset(),
                            kept.index(),
                            kept.millis(),
                            kept.payload())));
            order.forEach(taking::take);
        }
    }

    /** What takes where an element lies, and the timestamp of its record. */
    interface Places {
        /** Takes one. */
        void take(String position, long millis);
    }

    /** Hands over the positions of the elements, by partition and offset. */
    void positions(Places taking) throws IOException {
        each(
                SourceKind.RAW,
                Kept.What.EVENTS,
                (partition, kept) -> taking.take(
                        Positions.ofRecord(partition.topic(), partition.partition(), kept.offset())
                                .position(kept.index()),
                        kept.millis()));
    }

    /** Hands over the elements that were refused, by partition and offset. */
    public void refused(Taking<Rejected> taking) throws IOException {
        for (SourceKind kind : List.of(SourceKind.RAW, SourceKind.NETWORKS, SourceKind.INVENTORY)) {
            each(kind, Kept.What.REFUSED, (partition, kept) -> taking.take(KeptForms.refused(kept.payload())));
        }
    }

    /** The networks of the topic as they were when the plan was made, by key. */
    public List<OrgNetwork> networks() throws IOException {
        Map<String, OrgNetwork> table = new TreeMap<>();
        each(SourceKind.NETWORKS, Kept.What.NETWORK, (partition, kept) -> {
            KeyedEntry<OrgNetwork> entry = KeptForms.network(kept.payload());
            OrgNetwork network = entry.value();
            if (network == null) {
                table.remove(entry.key());
            } else {
                table.put(entry.key(), network);
            }
        });
        return List.copyOf(table.values());
    }

    /**
     * An imported fact.
     *
     * @param fact the fact
     * @param millis timestamp of its record: when it was imported
     */
    public record Imported(AppEvent fact, long millis) {}

    /** The imported facts as they were when the plan was made, by key. */
    public List<Imported> imported() throws IOException {
        Map<String, Imported> facts = new TreeMap<>();
        each(SourceKind.INVENTORY, Kept.What.IMPORTED, (partition, kept) -> {
            KeyedEntry<AppEvent> entry = KeptForms.fact(kept.payload());
            AppEvent fact = entry.value();
            if (fact != null) {
                facts.put(entry.key(), new Imported(fact, kept.millis()));
            }
        });
        return List.copyOf(facts.values());
    }

    /** Every record of the alerts' topic. */
    public void alerts(Taking<Alert> taking) throws IOException {
        each(SourceKind.ALERTS, Kept.What.ALERT, (partition, kept) -> taking.take(KeptForms.alert(kept.payload())));
    }

    /** Every record of the incidents' topic. */
    public void incidents(Taking<Incident> taking) throws IOException {
        each(
                SourceKind.INCIDENTS,
                Kept.What.INCIDENT,
                (partition, kept) -> taking.take(KeptForms.incident(kept.payload())));
    }

    /** Positions of the elements that live refused as late. */
    Set<String> late() throws IOException {
        Set<String> positions = new HashSet<>();
        each(SourceKind.QUARANTINE, Kept.What.LATE, (partition, kept) -> positions.add(KeptForms.late(kept.payload())));
        return positions;
    }

    /**
     * A fact of live.
     *
     * @param entry the fact under the key of its subject
     * @param isRead whether live had taken it into its history when the plan was made
     */
    record LiveFact(KeyedEntry<AppEvent> entry, boolean isRead) {}

    /** Facts of live. */
    void liveFacts(Taking<LiveFact> taking) throws IOException {
        each(SourceKind.FACTS, Kept.What.FACT, (partition, kept) -> {
            Long committed = partition.liveFrom();
            taking.take(new LiveFact(KeptForms.fact(kept.payload()), committed == null || kept.offset() < committed));
        });
    }

    private interface Visit {
        void of(PlannedPartition partition, Kept kept) throws IOException;
    }

    private void each(SourceKind kind, Kept.What what, Visit visit) throws IOException {
        for (Map.Entry<PlannedPartition, Part> part : parts.entrySet()) {
            if (part.getKey().kind() == kind && part.getValue().mayHold(what)) {
                each(part.getKey(), part.getValue().file(), what, visit);
            }
        }
    }

    private static void each(PlannedPartition partition, Path file, Kept.What what, Visit visit) throws IOException {
        try (PartReader reader = PartReader.open(file)) {
            if (reader == null) {
                return;
            }
            for (PartFrame frame = reader.next(); frame != null; frame = reader.next()) {
                for (Kept kept : frame.kept()) {
                    if (kept.what() == what) {
                        visit.of(partition, kept);
                    }
                }
            }
        }
    }

    private static Instant earliest(List<AppEvent> element) {
        return element.stream()
                .map(AppEvent::getEventTime)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
