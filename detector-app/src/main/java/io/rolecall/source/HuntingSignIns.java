package io.rolecall.source;

import io.rolecall.schema.Actor;
import io.rolecall.schema.SignIn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entra sign-ins as Defender's advanced hunting keeps them, in records of its streaming, answers of queries and exports.
 *
 * @see <a href="https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-entraidsigninevents-table">EntraIdSignInEvents</a>
 * @see <a href="https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-entraidspnsigninevents-table">
 *     EntraIdSpnSignInEvents</a>
 */
final class HuntingSignIns implements SourceDecoder {

    /** Envelope of every row. */
    static final String ENVELOPE = "advanced-hunting";

    private static final String PREFIX = "advancedhunting-";

    /** Present and former names of the tables, lower case. */
    private static final Set<String> TABLES =
            Set.of("entraidsigninevents", "entraidspnsigninevents", "aadsignineventsbeta", "aadspnsignineventsbeta");

    /** Whether the element is of one of the tables, by its name or, where an export has none, by columns that stand in no other. */
    static boolean isRow(EventFields fields) {
        if (fields.hasExactly("Operation")) {
            return false;
        }
        String category = fields.text("category");
        if (category != null) {
            return category.length() > PREFIX.length() && TABLES.contains(table(category));
        }
        String type = fields.text("Type");
        if (type != null && TABLES.contains(table(type))) {
            return true;
        }
        return fields.has("ReportId", "RequestId")
                && fields.has("ErrorCode")
                && fields.has("Timestamp")
                && fields.hasValue("ApplicationId")
                && fields.has("LogonType", "ServicePrincipalId")
                && !fields.has("ActionType", "Operation", "OperationName");
    }

    private static String table(String name) {
        String table = name.toLowerCase(Locale.ROOT);
        return table.startsWith(PREFIX) ? table.substring(PREFIX.length()) : table;
    }

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        EventFields properties = fields.object("properties");
        EventFields row = properties.isEmpty() ? fields : properties;
        String kind = kind(fields, row);
        AppRef app = new AppRef(
                row.guid("ApplicationId"),
                null,
                row.guid("ServicePrincipalId"),
                row.text("Application", "ServicePrincipalName"));
        Integer error = errorCode(row);
        boolean success = error == null || error == 0;
        return new Decoded(
                EventTimes.first(
                        row.node("Timestamp"),
                        fields.node("time"),
                        row.node("TimeGenerated"),
                        fields.node("@timestamp")),
                row.text("ReportId", "RequestId"),
                Values.id(properties.isEmpty() ? fields.text("AADTenantId") : fields.text("tenantId")),
                Values.id(row.text("CorrelationId")),
                Outcome.of(success ? "0" : String.valueOf(error), null),
                actor(row, kind, app),
                List.of(new Part(app, details(row, kind, error))),
                false);
    }

    private static SignIn details(EventFields row, String kind, @Nullable Integer error) {
        SignIn details = new SignIn();
        details.setKind(kind);
        details.setResourceAppId(row.guid("ResourceId"));
        details.setResourceName(row.text("ResourceDisplayName"));
        details.setErrorCode(error);
        details.setCountry(row.text("Country"));
        details.setCity(row.text("City"));
        details.setTokenId(row.text("UniqueTokenId"));
        return details;
    }

    private static Actor actor(EventFields row, String kind, AppRef app) {
        Origin origin = Origin.of(EventAddresses.first(row.node("IPAddress")), row.text("UserAgent"));
        if (kind.equals(EntraSignInDecoder.SERVICE_PRINCIPAL) || kind.equals(EntraSignInDecoder.MANAGED_IDENTITY)) {
            String name = Values.first(row.text("ServicePrincipalName"), app.displayName());
            return ActorFacts.application(new AppRef(app.appId(), null, app.servicePrincipalId(), name), origin);
        }
        String id = row.guid("AccountObjectId");
        String name = row.text("AccountUpn", "AccountDisplayName");
        return id == null && name == null ? ActorFacts.unknown(null, origin) : ActorFacts.user(id, name, origin);
    }

    /** {@code LogonType} is a list as text, for example {@code ["nonInteractiveUser"]}. */
    private static String kind(EventFields fields, EventFields row) {
        if (Boolean.TRUE.equals(Values.bool(row.text("IsManagedIdentity")))) {
            return EntraSignInDecoder.MANAGED_IDENTITY;
        }
        String table = String.valueOf(Values.first(fields.text("category"), fields.text("Type")));
        boolean user = row.hasValue("AccountObjectId", "AccountUpn", "LogonType");
        if (table.toLowerCase(Locale.ROOT).contains("spn") || (!user && row.guid("ServicePrincipalId") != null)) {
            return EntraSignInDecoder.SERVICE_PRINCIPAL;
        }
        String logon = String.join(" ", Values.texts(row.node("LogonType"))).toLowerCase(Locale.ROOT);
        return logon.contains("noninteractive") ? EntraSignInDecoder.NON_INTERACTIVE : EntraSignInDecoder.INTERACTIVE;
    }

    private static @Nullable Integer errorCode(EventFields row) {
        Long code = Values.number(row.text("ErrorCode"));
        return code == null || code < 0 || code > Integer.MAX_VALUE ? null : code.intValue();
    }
}
