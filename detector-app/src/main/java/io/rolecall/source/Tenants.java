package io.rolecall.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tenant of an Entra record. */
final class Tenants {

    private static final Pattern PATH = Pattern.compile("/tenants/([^/]{1,128})(?:/|$)", Pattern.CASE_INSENSITIVE);

    private Tenants() {}

    /**
     * The tenant the record names: its tenant id, else the one in its resource id. In Log Analytics rows the column {@code
     * TenantId} is the workspace and {@code AADTenantId} the tenant.
     */
    static @Nullable String of(Element element, Shape shape) {
        EventFields fields = element.fields();
        boolean rows = shape.envelope().endsWith("log-analytics");
        String named = Values.id(rows ? fields.text("AADTenantId") : fields.text("tenantId"));
        String inner = rows ? null : Values.id(fields.object("properties").text("tenantId"));
        return Values.first(named, ofPath(fields.text("resourceId")), inner);
    }

    private static @Nullable String ofPath(@Nullable String resourceId) {
        if (resourceId == null) {
            return null;
        }
        Matcher matcher = PATH.matcher(resourceId);
        return matcher.find() ? Values.id(matcher.group(1)) : null;
    }
}
