package io.rolecall.sandbox;

import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.Incident;
import io.rolecall.schema.TimelineEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened, by the timeline of an incident, and when people were told of it. */
final class TimelineView {

    /** Acts of a kind in a row are told once, such as the reading of one mailbox after the other. */
    private static final String FIRST_NUMBER = "\\d.*";

    private final TerminalStyle style;
    private final Incident incident;
    private final List<Incident> publications;

    /** A moment of the timeline; what was told comes after the acts of its instant. */
    private record Moment(Instant time, int rank, List<String> lines) {}

    /**
     * The timeline of an incident.
     *
     * @param incident as it stands
     * @param publications what was published of it, in this order
     */
    TimelineView(TerminalStyle style, Incident incident, List<Incident> publications) {
        this.style = style;
        this.incident = incident;
        this.publications = List.copyOf(publications);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(style.in("strong", "What happened: ") + IncidentLines.name(incident));
        incident.getApplication()
                .flatMap(AlertApplication::getAppId)
                .ifPresent(id -> lines.add(style.in("dim", "  App ID " + id)));
        lines.add(style.in("dim", "  incident " + incident.getIncidentId()));
        List<Moment> moments = new ArrayList<>();
        acts(moments);
        told(moments);
        // One of the two logs knows whole seconds only, so an incident may seem to precede the act that it tells of.
        moments.sort(Comparator.comparing((Moment moment) -> moment.time().truncatedTo(ChronoUnit.SECONDS))
                .thenComparingInt(Moment::rank)
                .thenComparing(Moment::time));
        moments.forEach(moment -> lines.addAll(moment.lines()));
        return lines;
    }

    private void acts(List<Moment> moments) {
        List<TimelineEntry> timeline = incident.getTimeline();
        int next = 0;
        while (next < timeline.size()) {
            TimelineEntry first = timeline.get(next);
            int end = next + 1;
            while (end < timeline.size() && kind(timeline.get(end)).equals(kind(first))) {
                end++;
            }
            moments.add(act(first, first.getText() + from(first)));
            int more = end - next - 1;
            if (more > 0) {
                TimelineEntry last = timeline.get(end - 1);
                moments.add(act(last, "... and " + more + " more like that until then"));
            }
            next = end;
        }
    }

    private Moment act(TimelineEntry entry, String text) {
        String time = AlertLines.time(entry.getTime());
        return new Moment(
                entry.getTime(), 0, style.indented(style.in("dim", time) + "  ", TerminalStyle.TIME, text, ""));
    }

    private void told(List<Moment> moments) {
        Instant latest = Instant.MIN;
        for (int i = 0; i < publications.size(); i++) {
            // Which acts decide may change, and the latest of them with it; what was told before stays told.
            latest = later(latest, publications.get(i));
            boolean followed = i + 1 < publications.size()
                    && later(latest, publications.get(i + 1)).equals(latest);
            // Of several without an act between them the last tells all; the first is always of interest.
            if (i == 0 || !followed) {
                moments.add(new Moment(latest, 1, List.of(told(publications.get(i), i == 0))));
            }
        }
    }

    private String told(Incident publication, boolean first) {
        int findings = publication.getAlerts().size();
        return " ".repeat(TerminalStyle.TIME)
                + style.in("dim", first ? "-> incident published: " : "-> incident has grown: ")
                + style.in(publication.getSeverity(), IncidentLines.badge(publication))
                + style.in("dim", ", " + findings + (findings == 1 ? " finding" : " findings"));
    }

    private static Instant later(Instant time, Incident publication) {
        Instant told = publication.getLastEventTime();
        return told.isAfter(time) ? told : time;
    }

    private static String kind(TimelineEntry entry) {
        return entry.getIp().orElse("") + entry.getText().replaceFirst(FIRST_NUMBER, "");
    }

    private static String from(TimelineEntry entry) {
        return entry.getIp()
                .map(ip -> " from " + ip
                        + entry.getIpClass().map(kind -> " (" + kind + ")").orElse(""))
                .orElse("");
    }
}
