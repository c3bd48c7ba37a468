package io.rolecall.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** How the events of a case may arrive (contract section 8). The alerts must be the same for all. */
public enum Delivery {
    /** As written. */
    IN_ORDER {
        @Override
        List<Run> runs(List<byte[]> events) {
            return List.of(new Run(label(), events));
        }
    },
    /** In several random orders, from fixed seeds, and backwards. */
    SHUFFLED {
        @Override
        List<Run> runs(List<byte[]> events) {
            List<Run> runs = new ArrayList<>();
            for (int seed = 1; seed <= SHUFFLES; seed++) {
                List<byte[]> shuffled = new ArrayList<>(events);
                Collections.shuffle(shuffled, new Random(seed));
                runs.add(new Run(label() + " with seed " + seed, shuffled));
            }
            List<byte[]> backwards = new ArrayList<>(events);
            Collections.reverse(backwards);
            runs.add(new Run(label() + ", backwards", backwards));
            return runs;
        }
    },
    /** Every event twice in a row, and all of them once more at the end. */
    DUPLICATED {
        @Override
        List<Run> runs(List<byte[]> events) {
            List<byte[]> duplicated = new ArrayList<>();
            for (byte[] event : events) {
                duplicated.add(event);
                duplicated.add(event);
            }
            duplicated.addAll(events);
            return List.of(new Run(label(), duplicated));
        }
    },
    /** Every Entra audit event also as the unified audit log tells it, after it and before it. */
    BOTH_LOGS {
        @Override
        List<Run> runs(List<byte[]> events) {
            List<byte[]> after = new ArrayList<>();
            List<byte[]> before = new ArrayList<>();
            for (byte[] event : events) {
                List<byte[]> copies = UnifiedAuditCopy.ofEvent(event);
                after.add(event);
                after.addAll(copies);
                before.addAll(copies);
            }
            before.addAll(events);
            return List.of(new Run(label(), after), new Run(label() + ", the copies first", before));
        }
    },
    /** Some events after all others: each one in turn, and every second. */
    LATE {
        @Override
        List<Run> runs(List<byte[]> events) {
            List<Run> runs = new ArrayList<>();
            for (int late = 0; late < Math.min(events.size(), MOST_LATE); late++) {
                List<byte[]> delivered = new ArrayList<>(events);
                delivered.add(delivered.remove(late));
                runs.add(new Run(label() + ", event " + (late + 1), delivered));
            }
            List<byte[]> delivered = new ArrayList<>();
            for (int parity = 0; parity < 2; parity++) {
                for (int i = parity; i < events.size(); i += 2) {
                    delivered.add(events.get(i));
                }
            }
            runs.add(new Run(label() + ", every second event", delivered));
            return runs;
        }
    };

    private static final int SHUFFLES = 5;
    private static final int MOST_LATE = 12;

    /**
     * One way of delivering a case's events.
     *
     * @param name for reports
     * @param events in the order of delivery
     */
    record Run(String name, List<byte[]> events) {

        Run {
            events = List.copyOf(events);
        }
    }

    /** The ways to try. */
    abstract List<Run> runs(List<byte[]> events);

    /** The name in scenario files, kebab case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Delivery> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(delivery -> delivery.label().equals(label))
                .findFirst();
    }
}
