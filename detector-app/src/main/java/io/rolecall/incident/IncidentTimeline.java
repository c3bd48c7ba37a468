package io.rolecall.incident;

import io.rolecall.schema.TimelineEntry;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.ExtractedAct;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The acts of the alerts of an incident, each once, by time. */
final class IncidentTimeline {

    private static final int MOST_ENTRIES = 100;
    private static final int MOST_ALERTS = 10;

    private static final Comparator<Line> KEPT_FIRST = Comparator.comparing((Line line) -> line.alerts.isEmpty())
            .thenComparingInt(line -> line.rank)
            .thenComparing(line -> line.time)
            .thenComparing(line -> line.text);

    private IncidentTimeline() {}

    /** Of more than 100 the deciding ones are kept first, then those of the worst alerts, then the earliest. */
    static List<TimelineEntry> of(List<AlertExtract> worst) {
        Map<String, Line> lines = new HashMap<>();
        for (int rank = 0; rank < worst.size(); rank++) {
            AlertExtract alert = worst.get(rank);
            for (ExtractedAct act : alert.getActs()) {
                Line line = lines.computeIfAbsent(
                        act.getTime() + " " + act.getText(), key -> new Line(act.getTime(), act.getText()));
                line.add(act, alert.getAlertId(), rank);
            }
        }
        return lines.values().stream()
                .sorted(KEPT_FIRST)
                .limit(MOST_ENTRIES)
                .sorted(Comparator.comparing((Line line) -> line.time).thenComparing(line -> line.text))
                .map(Line::entry)
                .toList();
    }

    /** One act as the alerts tell it together: the worst one's word counts where they differ. */
    private static final class Line {

        private final Instant time;
        private final String text;
        private final TreeSet<String> alerts = new TreeSet<>();
        private int rank = Integer.MAX_VALUE;
        private Optional<String> actor = Optional.empty();
        private Optional<String> ip = Optional.empty();
        private Optional<String> ipClass = Optional.empty();

        Line(Instant time, String text) {
            this.time = time;
            this.text = text;
        }

        void add(ExtractedAct act, String alertId, int rankOfAlert) {
            rank = Math.min(rank, rankOfAlert);
            if (act.getDeciding()) {
                alerts.add(alertId);
            }
            actor = actor.or(act::getActor);
            if (ip.isEmpty() || (ipClass.isEmpty() && ip.equals(act.getIp()))) {
                ip = act.getIp();
                ipClass = act.getIpClass();
            }
        }

        TimelineEntry entry() {
            return TimelineEntry.newBuilder()
                    .setTime(time)
                    .setText(text)
                    .setActor(actor.orElse(null))
                    .setIp(ip.orElse(null))
                    .setIpClass(ipClass.orElse(null))
                    .setAlertIds(alerts.stream().limit(MOST_ALERTS).toList())
                    .build();
        }
    }
}
