package io.rolecall.scenario;

import io.rolecall.detection.Catalogue;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events of the lines of a scenario, for tests that need events and not a case. */
public final class Lines {

    private Lines() {}

    /** The events, as JSON, of lines such as {@code at: +9d, by: mallory, do: assign-app-role, app: Payroll Sync, role: Mail.Read}. */
    public static List<String> events(String... lines) {
        return cases(lines).stream().map(event -> text(event.event())).toList();
    }

    /** The events with those of the other log. */
    public static List<CaseEvent> cases(String... lines) {
        StringBuilder file = new StringBuilder("detection: single-tenant-app-abuse\n"
                + "people: { mallory: outside, admin: office, ann: office, robot: unknown, edge: frontend }\n"
                + "cases:\n- name: lines\n  expect: []\n  events:\n");
        for (String line : lines) {
            file.append("  - { ").append(line).append(" }\n");
        }
        return ScenarioFile.read(
                        "lines",
                        file.toString(),
                        path -> {
                            throw new FileNotFoundException(path);
                        },
                        Catalogue.shipped())
                .cases()
                .get(0)
                .events();
    }

    static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
