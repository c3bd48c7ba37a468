package io.rolecall.sandbox;

import io.rolecall.schema.Containment;
import io.rolecall.schema.Incident;
import java.util.ArrayList;
import java.util.List;

/** What whoever is called looks at first, and what they do, by an incident's own lists. */
final class FirstSteps {

    private static final int MOST = 5;

    private final TerminalStyle style;

    FirstSteps(TerminalStyle style) {
        this.style = style;
    }

    List<String> of(Incident incident) {
        List<String> lines = new ArrayList<>();
        numbered("Check first", incident.getCheckFirst(), lines);
        numbered(
                "Do this",
                incident.getContainment().stream().map(FirstSteps::step).toList(),
                lines);
        return lines;
    }

    private void numbered(String heading, List<String> texts, List<String> lines) {
        if (texts.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.in("strong", heading));
        for (int i = 0; i < Math.min(MOST, texts.size()); i++) {
            lines.addAll(style.item(i + 1 + ".", texts.get(i)));
        }
        if (texts.size() > MOST) {
            lines.add("     and " + (texts.size() - MOST) + " more");
        }
    }

    private static String step(Containment step) {
        return step.getAction() + step.getTargetId().map(id -> " (" + id + ")").orElse("");
    }
}
