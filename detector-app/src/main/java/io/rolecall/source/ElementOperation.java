package io.rolecall.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which operation an element tells of, where its fields do not simply name one. */
final class ElementOperation {

    private static final String SIGN_IN_NAME = "Sign-in activity";

    private ElementOperation() {}

    /** The operation of an element as logged; null when nothing in it names one. */
    static @Nullable RawOperation of(Element element) {
        EventFields fields = element.fields();
        if (HuntingSignIns.isRow(fields)) {
            return new RawOperation("operationname", SIGN_IN_NAME, false);
        }
        RawOperation named = fields.operation();
        RawOperation authorized = authorized(fields, named);
        if (authorized != null) {
            return authorized;
        }
        if (named != null) {
            return named;
        }
        String activity = fields.object("properties").text("activityDisplayName", "operationName");
        if (activity != null) {
            return new RawOperation("operationname", activity, false);
        }
        // Search-UnifiedAuditLog without AuditData, and CloudAppEvents without RawEventData.
        String column = fields.text("Operations");
        if (column == null && element.cloudApp()) {
            column = fields.text("ActionType");
        }
        if (column != null) {
            return new RawOperation("operation", column, false);
        }
        return unnamed(fields);
    }

    /**
     * The action that was authorised, in rows of Azure activities without {@code OperationNameValue}, of which {@code
     * OperationName} is a translation; null for everything else.
     */
    private static @Nullable RawOperation authorized(EventFields fields, @Nullable RawOperation named) {
        if (fields.hasExactly("operationName")) {
            // Records spell it so, and tell the operation's own name.
            return null;
        }
        boolean translation = named == null
                || (named.key().equals("operationname")
                        && !named.localised()
                        && named.text().indexOf('/') < 0);
        String action = translation ? fields.object("authorization").text("action") : null;
        return action == null || action.indexOf('/') <= 0
                ? null
                : new RawOperation("operationnamevalue", action, false);
    }

    /** Rows of tables that need no operation, or of which the query took none; sign-ins as Graph pages them. */
    private static @Nullable RawOperation unnamed(EventFields fields) {
        String table = lower(fields, "Type");
        if (GraphActivityDecoder.isTable(table) || GraphActivityDecoder.isTable(lower(fields, "category"))) {
            return new RawOperation("operationname", "Microsoft Graph Activity", false);
        }
        boolean signIn =
                table.endsWith("signinlogs") || lower(fields, "category").endsWith("signinlogs");
        return signIn || isGraphSignIn(fields) ? new RawOperation("operationname", SIGN_IN_NAME, false) : null;
    }

    private static boolean isGraphSignIn(EventFields fields) {
        return fields.has("createdDateTime")
                && fields.has("appId", "appDisplayName")
                && fields.has("userPrincipalName", "userId", "servicePrincipalId", "status");
    }

    private static String lower(EventFields fields, String name) {
        String text = fields.text(name);
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
