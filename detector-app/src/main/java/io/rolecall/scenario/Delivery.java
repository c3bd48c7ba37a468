package io.rolecall.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** How the events of a case may arrive (contract section 8). The alerts must be the same for all. */
public enum Delivery {
    /** As written. */
    IN_ORDER {
        @Override
        List<Run> runs(List<CaseEvent> events) {
            return List.of(new Run(label(), events));
        }
    },
    /** In several random orders, from fixed seeds, and backwards. */
    SHUFFLED {
        @Override
        List<Run> runs(List<CaseEvent> events) {
            List<Run> runs = new ArrayList<>();
            for (int seed = 1; seed <= SHUFFLES; seed++) {
                List<CaseEvent> shuffled = new ArrayList<>(events);
                Collections.shuffle(shuffled, new Random(seed));
                runs.add(new Run(label() + " with seed " + seed, shuffled));
            }
            List<CaseEvent> backwards = new ArrayList<>(events);
            Collections.reverse(backwards);
            runs.add(new Run(label() + ", backwards", backwards));
            return runs;
        }
    },
    /** Every event twice in a row, and all of them once more at the end. */
    DUPLICATED {
        @Override
        List<Run> runs(List<CaseEvent> events) {
            List<CaseEvent> duplicated = new ArrayList<>();
            for (CaseEvent event : events) {
                duplicated.add(event);
                duplicated.add(event);
            }
            duplicated.addAll(events);
            return List.of(new Run(label(), duplicated));
        }
    },
    /** Every act also as the other log tells it, after the one that usually has it and before all of them; raw events as they are. */
    BOTH_LOGS {
        @Override
        List<Run> runs(List<CaseEvent> events) {
            List<CaseEvent> after = new ArrayList<>();
            for (CaseEvent event : events) {
                after.add(event);
                event.inOtherLog().map(CaseEvent::raw).ifPresent(after::add);
            }
            List<CaseEvent> before = Stream.concat(
                            events.stream().flatMap(event -> event.inOtherLog().map(CaseEvent::raw).stream()),
                            events.stream())
                    .toList();
            return List.of(new Run(label(), after), new Run(label() + ", the copies first", before));
        }
    },
    /** Some events after all others: each one in turn, and every second. */
    LATE {
        @Override
        List<Run> runs(List<CaseEvent> events) {
            List<Run> runs = new ArrayList<>();
            for (int late = 0; late < Math.min(events.size(), MOST_LATE); late++) {
                List<CaseEvent> delivered = new ArrayList<>(events);
                delivered.add(delivered.remove(late));
                runs.add(new Run(label() + ", event " + (late + 1), delivered));
            }
            List<CaseEvent> delivered = new ArrayList<>();
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
    record Run(String name, List<CaseEvent> events) {

        Run {
            events = List.copyOf(events);
        }
    }

    /** The ways to try. */
    abstract List<Run> runs(List<CaseEvent> events);

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
