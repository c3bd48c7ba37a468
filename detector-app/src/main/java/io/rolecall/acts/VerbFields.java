package io.rolecall.acts;

import java.util.ArrayList;
import java.util.List;

/** Fields that many verbs share. */
final class VerbFields {

    static final VerbField FAILURE = VerbField.text("failure", "Why it failed; without it the act succeeded");
    static final VerbField ON =
            VerbField.word("on", "What it is done to; without it the application", "application", "service-principal");
    static final VerbField API = VerbField.text(
            "api",
            "API of permissions without a prefix: `microsoft-graph` (usual), `exchange-online`, "
                    + "`sharepoint-online`, `azure-ad-graph`, `office-365-management`, or an application of the file");

    private VerbFields() {}

    /** The application of an act, the verb's own fields, and the ids of the application. */
    static VerbField[] ofApplication(VerbField... own) {
        List<VerbField> fields = new ArrayList<>();
        fields.add(VerbField.text("app", "Name of the application").must());
        fields.addAll(List.of(own));
        fields.addAll(ids());
        return fields.toArray(VerbField[]::new);
    }

    /** The ids that a line may state for its application. */
    static List<VerbField> ids() {
        return List.of(
                VerbField.text("appId", "App ID of the application in all lines, instead of one made of its name"),
                VerbField.text("objectId", "Object id of its registration, likewise"),
                VerbField.text("servicePrincipalId", "Id of its service principal, likewise"));
    }
}
