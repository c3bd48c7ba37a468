package io.rolecall.detection.read;

import io.rolecall.event.Details;
import io.rolecall.event.OperationGroups;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A successful Exchange command that changes how mail flows, or a change of inbox rules by a mail client.
 *
 * @param act the act
 * @param verb first word of the command, lower case: {@code new}, {@code set}, {@code remove}, {@code enable}, {@code disable}
 * @param noun what it is done to, for example {@code inbound-connector}
 * @param object name of the object, lower case: the last part of its path, else the parameter {@code Name} or {@code Identity}
 * @param parameters what the command states, by name in lower case
 */
public record MailChange(AppEvent act, String verb, String noun, String object, Map<String, String> parameters) {

    /** These set a great many things; what counts is what names mail. */
    private static final Set<String> OF_MANY_THINGS = Set.of("mailbox", "organization-config");

    private static final Pattern OF_MAIL = Pattern.compile(
            "forward|deliver|redirect|connector|journal|smtp|acceptmessages|rejectmessages|sendonbehalf|moderat|bypass");

    /** Microsoft's own accounts, which run commands in every tenant. */
    private static final Pattern EXCHANGE = Pattern.compile("nt authority\\\\.*|.*@[a-z0-9.-]+\\.prod\\.outlook\\.com");

    private static final String INBOX_RULES = "update-inbox-rules";

    /** The changes among some acts, in their order. */
    public static List<MailChange> of(List<AppEvent> acts) {
        return acts.stream()
                .filter(act -> Facts.succeeded(act) && OperationGroups.MAIL_FLOW.contains(act.getOperation()))
                .flatMap(act -> Details.of(act, MailFlow.class).map(flow -> of(act, flow)).stream())
                .filter(MailChange::isOfMail)
                .toList();
    }

    private static MailChange of(AppEvent act, MailFlow flow) {
        Map<String, String> parameters = new TreeMap<>();
        flow.getParameters()
                .forEach((name, value) -> parameters.merge(
                        name.toLowerCase(Locale.ROOT), value, (one, other) -> one.compareTo(other) <= 0 ? one : other));
        String operation = act.getOperation();
        if (operation.equals(INBOX_RULES)) {
            String rule = Optional.ofNullable(parameters.get("rulename"))
                    .or(flow::getObject)
                    .orElse("");
            return new MailChange(
                    act, verb(parameters.getOrDefault("ruleoperation", "")), "inbox-rule", last(rule), parameters);
        }
        int dash = operation.indexOf('-');
        String object = flow.getObject()
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(parameters.get("name")))
                .or(() -> Optional.ofNullable(parameters.get("identity")))
                .orElse("");
        return new MailChange(
                act, operation.substring(0, dash), operation.substring(dash + 1), last(object), parameters);
    }

    /** What a mail client did, as {@code AddMailboxRule}, {@code ModifyMailboxRule}, {@code RemoveMailboxRule}. */
    private static String verb(String ruleOperation) {
        String text = ruleOperation.toLowerCase(Locale.ROOT);
        if (text.startsWith("remove") || text.startsWith("delete")) {
            return "remove";
        }
        return text.startsWith("add") || text.startsWith("create") ? "new" : "set";
    }

    /** A path has slashes; a backslash stands between a mailbox and its rule, which are one name. */
    private static String last(String path) {
        String name = path.strip().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('/', name.length() - 2) + 1);
    }

    /** What the changes of one thing have in common, whichever command made them. */
    public String thing() {
        return noun + "\n" + object;
    }

    /** The noun of the command, as commands write it, without regard to case: {@code inboundconnector}. */
    public String cmdletNoun() {
        return noun.replace("-", "");
    }

    /** The command with its object, for sentences. */
    public String label() {
        String cmdlet = Details.of(act, MailFlow.class).map(MailFlow::getCmdlet).orElse(act.getRawOperation());
        return cmdlet + (object.isEmpty() ? "" : " '" + object + "'");
    }

    /** The value of a parameter; empty when the command does not state it. */
    Optional<String> value(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).map(String::strip);
    }

    /** Whether a parameter states one of some values, in any case. */
    boolean states(String parameter, String... values) {
        return value(parameter)
                .filter(text -> Set.of(values).contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** Whether Exchange or one of Microsoft's accounts in it ran the command, whatever application it names. */
    public boolean isExchangesOwn() {
        return isExchangesOwn(act);
    }

    static boolean isExchangesOwn(AppEvent act) {
        return act.getActor()
                .getName()
                .filter(name -> EXCHANGE.matcher(name.toLowerCase(Locale.ROOT)).matches())
                .isPresent();
    }

    private boolean isOfMail() {
        return !OF_MANY_THINGS.contains(noun)
                || parameters.keySet().stream()
                        .anyMatch(name -> OF_MAIL.matcher(name).find());
    }
}
