package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes of inbox rules that a mail client made ({@code UpdateInboxRules}): what {@code New-InboxRule} has in its parameters
 * stands in {@code OperationProperties}, the actions as JSON in {@code RuleActions}, in older events in {@code ServerRule} with
 * class names for kinds. Recipients are given by the names of the command's parameters.
 */
final class InboxRules {

    private static final Pattern MAILBOX = Pattern.compile("[^\\s<>\"';,:=/\\[\\]]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final String[] KINDS = {"ActionType", "$type", "__type", "Type"};

    private InboxRules() {}

    /** Properties of the change by name as logged, and the addresses that mail is forwarded or redirected to. */
    static Map<String, String> of(EventFields fields) {
        KeyValues properties = KeyValues.of(fields.node("OperationProperties"));
        Map<String, String> parameters = new LinkedHashMap<>(properties.texts());
        Map<String, Set<String>> recipients = new LinkedHashMap<>();
        // Older events name the kind of action in a property of its own.
        String kind = null;
        for (String value : parameters.values()) {
            kind = value.endsWith("Action") ? Values.first(kind, parameter(value)) : kind;
        }
        actions(Values.unpacked(properties.node("RuleActions")), null, recipients);
        actions(Values.unpacked(properties.node("ServerRule")), kind, recipients);
        recipients.forEach((name, addresses) -> parameters.putIfAbsent(name, String.join(";", addresses)));
        return parameters;
    }

    /** Collects the addresses below an action by the parameter that stands for the action. */
    private static void actions(JsonNode node, @Nullable String parent, Map<String, Set<String>> recipients) {
        if (node.isTextual()) {
            Matcher matcher = parent == null ? null : MAILBOX.matcher(node.asText());
            while (matcher != null && matcher.find()) {
                recipients
                        .computeIfAbsent(String.valueOf(parent), name -> new LinkedHashSet<>())
                        .add(matcher.group());
            }
            return;
        }
        String kind = parent;
        if (node.isObject()) {
            kind = Values.first(parameter(EventFields.of(node).text(KINDS)), parent);
        }
        for (JsonNode inner : node) {
            actions(inner, kind, recipients);
        }
    }

    /** For {@code Forward}, {@code ForwardAsAttachmentToRecipientsAction} and the like; null for actions that send nothing on. */
    private static @Nullable String parameter(@Nullable String kind) {
        String text = kind == null ? "" : kind.toLowerCase(Locale.ROOT);
        if (text.contains("redirect")) {
            return "RedirectTo";
        }
        if (text.contains("forward")) {
            return text.contains("attachment") ? "ForwardAsAttachmentTo" : "ForwardTo";
        }
        return null;
    }
}
