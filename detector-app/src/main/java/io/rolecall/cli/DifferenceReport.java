package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.explain.Printable;
import io.rolecall.replay.Cause;
import io.rolecall.replay.DifferenceReasons;
import io.rolecall.replay.IncidentComparison;
import io.rolecall.replay.IncidentDifference;
import io.rolecall.replay.LiveDifference;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The differences from live with their reasons, for people and for programs. */
final class DifferenceReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DifferenceReport() {}

    /**
     * Tells how many there are and what they are.
     *
     * @param same number of alerts of which both say the same
     * @param later number of those of which live says the same with what it has read since
     */
    static void tell(PrintWriter err, int same, int later, List<DifferenceReasons.Explained> explained) {
        Map<String, Long> kinds = new TreeMap<>();
        Map<Cause, Long> causes = new TreeMap<>();
        explained.forEach(one -> {
            kinds.merge(one.difference().kind(), 1L, Long::sum);
            causes.merge(one.cause(), 1L, Long::sum);
        });
        err.println("against live: " + counted(same + later, kinds));
        for (DifferenceReasons.Explained one : explained) {
            LiveDifference difference = one.difference();
            Alert alert = difference.alert();
            err.println(" " + difference.kind().toUpperCase(Locale.ROOT) + "  " + alert.getSeverity() + "  "
                    + alert.getDetection() + "  " + alert.getSubject().getId() + "  " + difference.alertId()
                    + fields(difference.fields())
                    + "  " + one.cause().label() + ": " + Printable.line(one.because()));
        }
        causes.forEach((cause, count) -> err.println("differences because of " + cause.label() + ": " + count));
        tellOfLater(err, later);
    }

    /** The same of incidents. */
    static void tell(PrintWriter err, IncidentComparison comparison) {
        Map<String, Long> kinds = new TreeMap<>();
        comparison.differences().forEach(one -> kinds.merge(one.kind(), 1L, Long::sum));
        err.println("incidents against live: " + counted(comparison.same(), kinds));
        for (IncidentDifference difference : comparison.differences()) {
            Incident incident = difference.incident();
            err.println(" " + difference.kind().toUpperCase(Locale.ROOT) + "  " + incident.getSeverity() + "  "
                    + incident.getIncidentId() + "  " + Printable.line(incident.getTitle())
                    + fields(difference.fields()) + "  " + difference.cause().label() + ": "
                    + Printable.line(difference.because()));
        }
        tellOfLater(err, comparison.later());
        if (comparison.partly() > 0) {
            err.println("note: " + comparison.partly() + " incidents are not compared, because not all of their alerts"
                    + " are among those that are told");
        }
    }

    private static String counted(int same, Map<String, Long> kinds) {
        return "same " + same + " · changed " + kinds.getOrDefault("changed", 0L) + " · new "
                + kinds.getOrDefault("new", 0L) + " · missing " + kinds.getOrDefault("missing", 0L);
    }

    private static String fields(List<String> differing) {
        return differing.isEmpty() ? "" : "  (" + String.join(", ", differing) + ")";
    }

    private static void tellOfLater(PrintWriter err, int later) {
        if (later > 0) {
            err.println("note: " + later + " of the same are so with what live has read since the ends of the raw"
                    + " logs were taken");
        }
    }

    /** Writes the differences to a file, one JSON object a line, alerts before incidents. */
    static void write(List<DifferenceReasons.Explained> explained, List<IncidentDifference> incidents, Path into)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(into, StandardCharsets.UTF_8)) {
            for (DifferenceReasons.Explained one : explained) {
                LiveDifference difference = one.difference();
                ObjectNode line = JSON.createObjectNode();
                line.put("alertId", difference.alertId());
                line.put("difference", difference.kind());
                line.put("detection", difference.alert().getDetection());
                line.put("subject", difference.alert().getSubject().getId());
                write(out, line, one.cause(), one.because(), difference.fields());
            }
            for (IncidentDifference difference : incidents) {
                ObjectNode line = JSON.createObjectNode();
                line.put("incidentId", difference.incident().getIncidentId());
                line.put("difference", difference.kind());
                line.put("groupKey", difference.incident().getGroupKey());
                write(out, line, difference.cause(), difference.because(), difference.fields());
            }
        }
    }

    private static void write(BufferedWriter out, ObjectNode line, Cause cause, String because, List<String> differing)
            throws IOException {
        line.put("reason", cause.label());
        line.put("because", because);
        ArrayNode fields = line.putArray("fields");
        differing.forEach(fields::add);
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
    }
}
