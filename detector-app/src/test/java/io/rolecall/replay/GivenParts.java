package io.rolecall.replay;

import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Partitions' files for tests. */
final class GivenParts {

    static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
    static final Instant TO = Instant.parse("2026-07-01T00:00:00Z");
    static final Instant TAKEN = Instant.parse("2026-07-02T00:00:00Z");
    static final Decoding DECODING = new Decoding(1, "0123456789abcdef", "unknown", "PT1H", List.of("add-application"));

    private GivenParts() {}

    static PlannedPartition partition(String topic, int number, long end) {
        return new PlannedPartition(topic, SourceKind.RAW, number, 0, 0, end, end, null, null);
    }

    static Plan plan(Shard shard, PlannedPartition... partitions) {
        return plan(shard, TAKEN, partitions);
    }

    static Plan plan(Shard shard, Instant taken, PlannedPartition... partitions) {
        return new Plan(
                Plan.FORMAT, FROM, TO, FROM.minusSeconds(60), "rolecall", DECODING, shard, List.of(partitions), taken);
    }

    /** Reads a partition that holds a network an offset. */
    static void networks(Path directory, PlannedPartition partition, String... labels) throws IOException {
        try (PartWriter writer = PartWriter.open(directory, partition)) {
            for (String label : labels) {
                OrgNetwork network = OrgNetwork.newBuilder()
                        .setCidr("192.0.2.0/24")
                        .setLabel(label)
                        .build();
                writer.keep(new Kept(Kept.What.NETWORK, writer.next(), 0, 0, KeptForms.network(label, network)));
                writer.readTo(writer.next() + 1);
            }
            writer.sync();
        }
    }

    /** Reads a partition from where its file ends, one thing kept an offset, in frames of three. */
    static void gather(Path directory, PlannedPartition partition) throws IOException {
        try (PartWriter writer = PartWriter.open(directory, partition)) {
            for (long offset = writer.next(); offset < partition.end(); offset++) {
                writer.tally().add(Counted.RECORDS, 1);
                writer.tally().add(Counted.KEPT, 1);
                writer.keep(new Kept(Kept.What.LATE, offset, 0, offset * 10, new byte[] {(byte) offset, 1, 2, 3}));
                writer.readTo(offset + 1);
                if (offset % 3 == 2) {
                    writer.sync();
                }
            }
            writer.sync();
        }
    }

    /** Offsets of what is kept in a file. */
    static List<Long> offsets(Path directory, PlannedPartition partition) throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (PartReader reader = PartReader.open(directory.resolve(partition.fileName()))) {
            for (PartFrame frame = reader == null ? null : reader.next();
                    frame != null;
                    frame = reader == null ? null : reader.next()) {
                frame.kept().forEach(kept -> offsets.add(kept.offset()));
            }
        }
        return offsets;
    }
}
