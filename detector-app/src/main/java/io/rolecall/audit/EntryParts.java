package io.rolecall.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.audit.KnownApplication.HeldKey;
import io.rolecall.audit.KnownApplication.Owner;
import io.rolecall.audit.KnownApplication.Permit;
import io.rolecall.audit.KnownApplication.Use;
import io.rolecall.event.AvroJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parts of an entry as JSON; what is not known says so. */
final class EntryParts {

    private static final String UNKNOWN = KnownApplication.UNKNOWN;

    private EntryParts() {}

    static ObjectNode permission(Permit permit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("resource", orUnknown(permit.resource()));
        json.put("value", permit.value());
        json.put("type", permit.type());
        text(json, "tier", permit.tier());
        json.put("for", permit.holders());
        if (permit.holders().equals("users")) {
            json.put("users", permit.users());
        }
        json.put("by", orUnknown(permit.by()));
        json.put("since", time(permit.since()));
        Boolean declared = permit.declared();
        if (!permit.isRole()) {
            json.put("declared", declared == null ? UNKNOWN : declared ? "yes" : "no");
        }
        return json;
    }

    static ObjectNode owner(Owner owner) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        text(json, "id", owner.id());
        text(json, "name", owner.name());
        json.put("since", time(owner.since()));
        text(json, "gone", owner.gone());
        return json;
    }

    static ObjectNode credential(KnownApplication app, HeldKey key, Watched watched, Instant asOf) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("keyId", key.keyId());
        json.put("type", key.type());
        text(json, "name", key.name());
        json.put("on", key.onServicePrincipal() ? "service-principal" : "registration");
        json.put("addedAt", time(key.addedAt()));
        json.put("by", orUnknown(key.by()));
        Instant added = key.addedAt();
        if (added != null && !added.isAfter(asOf)) {
            json.put("ageDays", Duration.between(added, asOf).toDays());
        }
        json.put("expiresAt", time(key.expiresAt()));
        Use last = key.lastUsed();
        json.put(
                "lastUsed", last != null ? use(last) : Unknowns.neverUsed(app, key, watched, asOf) ? "never" : UNKNOWN);
        return json;
    }

    static String use(Use use) {
        return use.dayOnly() ? use.at().toString().substring(0, "2026-01-01".length()) : AvroJson.time(use.at());
    }

    static String time(@Nullable Instant time) {
        return time == null ? UNKNOWN : AvroJson.time(time);
    }

    static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }

    static void text(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
