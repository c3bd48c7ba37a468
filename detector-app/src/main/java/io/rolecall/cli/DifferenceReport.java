package io.rolecall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.explain.Printable;
import io.rolecall.replay.Cause;
import io.rolecall.replay.DifferenceReasons;
import io.rolecall.replay.LiveDifference;
import io.rolecall.schema.Alert;
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
     */
    static void tell(PrintWriter err, int same, List<DifferenceReasons.Explained> explained) {
        Map<String, Long> kinds = new TreeMap<>();
        Map<Cause, Long> causes = new TreeMap<>();
        explained.forEach(one -> {
            kinds.merge(one.difference().kind(), 1L, Long::sum);
            causes.merge(one.cause(), 1L, Long::sum);
        });
        err.println("against live: same " + same + " · changed " + kinds.getOrDefault("changed", 0L) + " · new "
                + kinds.getOrDefault("new", 0L) + " · missing " + kinds.getOrDefault("missing", 0L));
        for (DifferenceReasons.Explained one : explained) {
            LiveDifference difference = one.difference();
            Alert alert = difference.alert();
            err.println(" " + difference.kind().toUpperCase(Locale.ROOT) + "  " + alert.getSeverity() + "  "
                    + alert.getDetection() + "  " + alert.getSubject().getId() + "  " + difference.alertId()
                    + (difference.fields().isEmpty() ? "" : "  (" + String.join(", ", difference.fields()) + ")")
                    + "  " + one.cause().label() + ": " + Printable.line(one.because()));
        }
        causes.forEach((cause, count) -> err.println("differences because of " + cause.label() + ": " + count));
    }

    /** Writes the differences to a file, one JSON object a line. */
    static void write(List<DifferenceReasons.Explained> explained, Path into) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(into, StandardCharsets.UTF_8)) {
            for (DifferenceReasons.Explained one : explained) {
                LiveDifference difference = one.difference();
                ObjectNode line = JSON.createObjectNode();
                line.put("alertId", difference.alertId());
                line.put("difference", difference.kind());
                line.put("detection", difference.alert().getDetection());
                line.put("subject", difference.alert().getSubject().getId());
                line.put("reason", one.cause().label());
                line.put("because", one.because());
                ArrayNode fields = line.putArray("fields");
                difference.fields().forEach(fields::add);
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }
}
