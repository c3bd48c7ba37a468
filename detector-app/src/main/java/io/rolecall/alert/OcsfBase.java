package io.rolecall.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What findings of OCSF 1.8.0 have in common, whatever their class: category, activity, status, severity and product. */
public final class OcsfBase {

    private static final String SCHEMA_VERSION = "1.8.0";
    private static final int CATEGORY = 2;
    private static final List<String> SEVERITIES = List.of("informational", "low", "medium", "high", "critical");

    private OcsfBase() {}

    /** What became of what a finding tells of. */
    public enum Activity {
        CREATE(1, "Create"),
        UPDATE(2, "Update"),
        CLOSE(3, "Close");

        private final int id;
        private final String caption;

        Activity(int id, String caption) {
            this.id = id;
            this.caption = caption;
        }
    }

    /**
     * Puts class and activity.
     *
     * @param classUid number of the class
     * @param className its caption
     */
    public static void classify(ObjectNode finding, int classUid, String className, Activity activity) {
        finding.put("activity_id", activity.id);
        finding.put("activity_name", activity.caption);
        finding.put("category_uid", CATEGORY);
        finding.put("category_name", "Findings");
        finding.put("class_uid", classUid);
        finding.put("class_name", className);
        finding.put("type_uid", classUid * 100L + activity.id);
        finding.put("type_name", className + ": " + activity.caption);
    }

    /** Puts a status; an empty detail is left out. */
    public static void status(ObjectNode finding, int id, String caption, String detail) {
        finding.put("status_id", id);
        finding.put("status", caption);
        if (!detail.isEmpty()) {
            finding.put("status_detail", detail.strip());
        }
    }

    /**
     * Puts a severity.
     *
     * @param label informational, low, medium, high or critical
     * @return its rank, from 0 to 4
     */
    public static int severity(ObjectNode finding, String label) {
        int severity = SEVERITIES.indexOf(label);
        finding.put("severity_id", severity + 1);
        finding.put("severity", AttackNames.capitalized(label));
        return severity;
    }

    /** Puts the version of the schema and the id of a finding, with which metadata begins. */
    public static void begin(ObjectNode metadata, String uid) {
        metadata.put("version", SCHEMA_VERSION);
        metadata.put("uid", uid);
    }

    /** Puts this program, as far as it knows its version. */
    public static void product(ObjectNode metadata) {
        ObjectNode product = metadata.putObject("product");
        product.put("name", "Rolecall");
        product.put("vendor_name", "Rolecall");
        String version = OcsfBase.class.getPackage().getImplementationVersion();
        if (version != null) {
            product.put("version", version);
        }
    }
}
