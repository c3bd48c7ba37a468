package io.rolecall.cli;

import io.rolecall.explain.AlertChange;
import io.rolecall.explain.AlertChangeJson;
import io.rolecall.explain.Printable;
import io.rolecall.policy.SettingChange;
import io.rolecall.schema.Alert;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what two policies see differently: the differences as data, their sums on standard error. */
final class PolicyDiffReport {

    private final Console console;

    PolicyDiffReport(Console console) {
        this.console = console;
    }

    void print(List<AlertChange> changes, boolean asJson) throws IOException {
        PrintWriter out = console.out();
        changes.forEach(change -> {
            if (asJson) {
                out.println(AlertChangeJson.tree(change));
            } else {
                text(change, out);
            }
        });
        out.flush();
        if (out.checkError()) {
            throw new IOException("standard output cannot be written to");
        }
    }

    private static void text(AlertChange change, PrintWriter out) {
        Alert alert = change.alert();
        out.println(String.format(Locale.ROOT, "%-9s %s", change.kind().label(), Printable.line(alert.getTitle())));
        line(out, alert.getDetection() + ", " + alert.getAlertId() + ", " + alert.getFirstEventTime());
        line(out, side(change.old()) + " -> " + side(change.now()));
        change.cause().settings().forEach(setting -> line(out, Printable.line(setting.toString())));
        change.cause()
                .conditions()
                .forEach(deciding -> line(
                        out,
                        deciding.policy() + ": " + deciding.condition().state().label() + ": "
                                + deciding.condition().name() + ": "
                                + Printable.line(deciding.condition().because())));
        if (change.cause().settings().isEmpty()) {
            line(out, "not by its own facts: what it hangs on of another application or person is judged otherwise");
        }
    }

    private static void line(PrintWriter out, String text) {
        out.println("          " + text);
    }

    private static String side(Optional<Alert> alert) {
        return alert.map(it -> it.getSeverity() + ", " + it.getStatus()
                        + it.getSuppressedBy().map(by -> " by " + by).orElse(""))
                .orElse("none");
    }

    void summarise(List<SettingChange> settings, List<Alert> old, List<Alert> now, List<AlertChange> changes) {
        PrintWriter err = console.err();
        err.println(settings.isEmpty() ? "the two policies say the same" : "settings that differ: " + settings.size());
        settings.forEach(setting -> err.println("  " + Printable.line(setting.toString())));
        String counts = Arrays.stream(AlertChange.Kind.values())
                .map(kind -> count(changes, kind) + " "
                        + switch (kind) {
                            case APPEARS -> "appear";
                            case VANISHES -> "vanish";
                            case SEVERITY -> "of another severity";
                            case STATUS -> "of another status";
                        })
                .collect(Collectors.joining(", "));
        err.println("old " + standing(old) + " alerts, new " + standing(now) + ": " + counts);
        err.flush();
    }

    private static long count(List<AlertChange> changes, AlertChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static long standing(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> !alert.getStatus().equals("withdrawn"))
                .count();
    }
}
