package io.rolecall.scenario;

import java.util.List;

/** Lines of acts with a mistake. */
final class Mistakes {

    /** What a schema can see. */
    static final List<String> OF_STRUCTURE = List.of(
            "{ at: +9d, by: mallory, do: assign-app-roles, app: Sync, role: Mail.Read }",
            "{ at: +9d, by: mallory, do: assign-app-role, app: Sync, rol: Mail.Read }",
            "{ at: +9d, by: mallory, do: assign-app-role, app: Sync }",
            "{ at: +9d, do: assign-app-role, app: Sync, role: Mail.Read }",
            "{ at: 9d, by: mallory, do: assign-app-role, app: Sync, role: Mail.Read }",
            "{ by: mallory, do: assign-app-role, app: Sync, role: Mail.Read }",
            "{ at: +9d, by: mallory, app: Sync, role: Mail.Read }",
            "{ at: +9d, by: mallory, do: register-application, app: Sync, tenancy: some }",
            "{ at: +9d, by: mallory, do: register-application, app: Sync, times: 0 }",
            "{ at: +9d, by: mallory, do: register-application, app: Sync, every: soon }",
            "{ at: +9d, by: mallory, do: sign-in, silent: perhaps }",
            "{ at: +9d, by: mallory, do: change-consent-policy, changes: { a: [ b ] } }",
            "{ at: +9d, by: { person: mallory }, do: register-application, app: Sync }");

    private Mistakes() {}

    /** A file with one case and one line. */
    static String file(String line) {
        return "detection: single-tenant-app-abuse\npeople: { mallory: outside, admin: office }\ncases:\n- name: one\n"
                + "  events:\n  - " + line + "\n  expect: []\n";
    }
}
