package io.rolecall.incident;

import io.rolecall.alert.AlertRenderer;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the incidents of all alerts, worst first, a line each, once the last alert has come. */
final class IncidentRenderer implements AlertRenderer {

    private final Function<Incident, String> line;
    private final List<AlertExtract> alerts = new ArrayList<>();

    IncidentRenderer(Function<Incident, String> line) {
        this.line = line;
    }

    @Override
    public void alert(Alert alert, Writer out) {
        alerts.add(AlertExtracts.of(alert));
    }

    @Override
    public void end(Writer out) throws IOException {
        for (Incident incident : Incidents.of(alerts)) {
            out.write(line.apply(incident) + "\n");
        }
    }
}
