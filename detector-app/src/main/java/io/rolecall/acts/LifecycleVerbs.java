package io.rolecall.acts;

import io.rolecall.acts.DirectoryAct.Property;
import java.util.List;

/** Verbs of applications and service principals that are switched off and on, deleted and restored. */
final class LifecycleVerbs {

    private LifecycleVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                enabling("disable-service-principal", "Sign-ins are switched off: *Disable service principal*", false),
                enabling(
                        "enable-service-principal", "Sign-ins are switched on again: *Enable service principal*", true),
                registration("delete-application", "*Delete application*", "Delete application", "Delete"),
                registration(
                        "hard-delete-application", "*Hard delete application*", "Hard Delete application", "Delete"),
                registration("restore-application", "*Restore application*", "Restore application", "Restore"),
                principal(
                        "delete-service-principal", "*Remove service principal*", "Remove service principal", "Delete"),
                principal(
                        "hard-delete-service-principal",
                        "*Hard delete service principal*",
                        "Hard delete service principal",
                        "Delete"),
                principal(
                        "restore-service-principal",
                        "*Restore service principal*",
                        "Restore service principal",
                        "Restore"));
    }

    private static Verb enabling(String name, String text, boolean enabled) {
        String operation = enabled ? "Enable service principal" : "Disable service principal";
        return Verb.directory(
                name,
                text,
                line -> {
                    List<Property> properties = List.of(
                            Properties.changed("AccountEnabled", Json.array(!enabled), Json.array(enabled)),
                            Properties.included("AccountEnabled"),
                            Properties.principalNames(line.app().appId()));
                    return List.of(principalAct(line, operation, "Update", properties));
                },
                VerbFields.ofApplication());
    }

    private static Verb registration(String name, String text, String operation, String kind) {
        return Verb.directory(
                name,
                text,
                line -> List.of(DirectoryActs.act(
                        line.how(),
                        operation,
                        kind,
                        "Application",
                        DirectoryActs.application(line.app(), List.of()),
                        line.how().details(line.app().appId()))),
                VerbFields.ofApplication());
    }

    private static Verb principal(String name, String text, String operation, String kind) {
        return Verb.directory(
                name,
                text,
                line -> List.of(principalAct(
                        line,
                        operation,
                        kind,
                        List.of(Properties.principalNames(line.app().appId())))),
                VerbFields.ofApplication());
    }

    private static DirectoryAct principalAct(Line line, String operation, String kind, List<Property> properties) {
        return DirectoryActs.act(
                line.how(),
                operation,
                kind,
                "ServicePrincipal",
                List.of(DirectoryActs.servicePrincipal(line.app(), properties)),
                line.how().details(line.app().appId()));
    }
}
