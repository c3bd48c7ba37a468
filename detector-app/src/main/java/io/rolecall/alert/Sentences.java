package io.rolecall.alert;

import io.rolecall.detection.read.Declarations;
import io.rolecall.event.Operations;
import io.rolecall.event.SignIns;
import io.rolecall.policy.Permission;
import io.rolecall.schema.Activity;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.DirectoryRole;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.PropertyChange;
import io.rolecall.schema.Registration;
import io.rolecall.schema.ServicePrincipalState;
import io.rolecall.schema.SignIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One act as one plain sentence: who did what to which application, and whether it failed. */
public final class Sentences {

    /** Acts without details, by operation; an empty object is the application itself. */
    private static final Map<String, Phrase> PLAIN = Map.ofEntries(
            Map.entry(Operations.UPDATE_APPLICATION, new Phrase("changed", "change", "")),
            Map.entry(Operations.DELETE_APPLICATION, new Phrase("deleted", "delete", "")),
            Map.entry(Operations.HARD_DELETE_APPLICATION, new Phrase("permanently deleted", "permanently delete", "")),
            Map.entry(Operations.RESTORE_APPLICATION, new Phrase("restored", "restore", "")),
            Map.entry(Operations.ADD_SERVICE_PRINCIPAL, new Phrase("created", "create", "the service principal of ")),
            Map.entry(
                    Operations.UPDATE_SERVICE_PRINCIPAL, new Phrase("changed", "change", "the service principal of ")),
            Map.entry(
                    Operations.REMOVE_SERVICE_PRINCIPAL, new Phrase("removed", "remove", "the service principal of ")),
            Map.entry(
                    Operations.HARD_DELETE_SERVICE_PRINCIPAL,
                    new Phrase("permanently deleted", "permanently delete", "the service principal of ")),
            Map.entry(
                    Operations.RESTORE_SERVICE_PRINCIPAL,
                    new Phrase("restored", "restore", "the service principal of ")),
            Map.entry(Operations.DISABLE_SERVICE_PRINCIPAL, new Phrase("disabled", "disable", "the sign-in of ")),
            Map.entry(Operations.ENABLE_SERVICE_PRINCIPAL, new Phrase("enabled", "enable", "the sign-in of ")));

    private Sentences() {}

    /**
     * The sentence, without a full stop.
     *
     * @param act any fact; names come from it as logged
     */
    public static String of(AppEvent act) {
        if (act.getDetails().orElse(null) instanceof ActorAddress address) {
            return DisplayNames.actor(act.getActor()) + " was seen at " + address.getIp() + " ("
                    + (address.getBasis().equals("sign-in") ? "sign-in" : "another audit event") + ")";
        }
        if (SignIns.interrupted(act)) {
            // The password was right, and nothing was given out.
            Phrase signIn = phrase(act);
            return (DisplayNames.actor(act.getActor()) + " was interrupted while signing in " + signIn.object()).strip()
                    + act.getOutcomeReason().map(why -> ": " + why).orElse("");
        }
        String sentence = phrase(act).sentence(DisplayNames.actor(act.getActor()), act.getOutcome());
        return act.getOutcome().equals("failure")
                ? sentence + act.getOutcomeReason().map(why -> ": " + why).orElse("")
                : sentence;
    }

    private static Phrase phrase(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof Registration registration) {
            return registration(act, registration);
        }
        if (details instanceof ServicePrincipalState state
                && state.getAccountEnabled().isPresent()) {
            boolean enabled = state.getAccountEnabled().get();
            return new Phrase(
                    enabled ? "enabled" : "disabled",
                    enabled ? "enable" : "disable",
                    "the sign-in of " + DisplayNames.application(act));
        }
        if (details instanceof DirectoryRole role) {
            return directoryRole(act, role);
        }
        if (details instanceof ConsentPolicyChange policy
                && !policy.getChanges().isEmpty()) {
            String properties = DisplayNames.list(policy.getChanges().stream()
                    .map(PropertyChange::getProperty)
                    .toList());
            return new Phrase("changed", "change", "a policy of the tenant (" + properties + ")");
        }
        return GrantSentences.phrase(act)
                .or(() -> use(details))
                .or(() -> Optional.ofNullable(PLAIN.get(act.getOperation()))
                        .map(plain -> plain.about(
                                plain.object().isEmpty()
                                        ? DisplayNames.theApplication(act)
                                        : DisplayNames.application(act))))
                .orElseGet(() -> new Phrase(
                        "performed", "perform", "'" + act.getRawOperation() + "' on " + DisplayNames.application(act)));
    }

    private static Phrase registration(AppEvent act, Registration registration) {
        String tenancy = registration
                .getTenancy()
                .map(value -> switch (value) {
                    case "single" -> " (single tenant)";
                    case "multi" -> " (multi-tenant)";
                    case "multi-and-personal" -> " (multi-tenant and personal accounts)";
                    default -> " (" + value + " accounts)";
                })
                .orElse("");
        String object = DisplayNames.theApplication(act) + tenancy;
        return act.getOperation().equals(Operations.ADD_APPLICATION)
                ? new Phrase("registered", "register", object)
                : new Phrase("changed", "change", object + newlyRequested(registration));
    }

    /** What a change made the application ask for, by the names that its APIs publish, else by id. */
    private static String newlyRequested(Registration registration) {
        List<String> names = Declarations.added(registration).stream()
                .map(one -> Declarations.named(one).map(Permission::value).orElse(one.getId()))
                .distinct()
                .toList();
        return names.isEmpty() ? "" : ", which now asks for " + DisplayNames.list(names);
    }

    private static Phrase directoryRole(AppEvent act, DirectoryRole role) {
        String name = DisplayNames.firstOf(role.getRoleName(), role.getRoleTemplateId())
                .orElse("the log does not name");
        String member = act.getAppDisplayName()
                .map(display -> "'" + display + "'")
                .or(role::getMemberId)
                .orElse("a member the log does not name");
        return act.getOperation().equals(Operations.REMOVE_MEMBER_FROM_ROLE)
                ? new Phrase("took", "take", "the directory role " + name + " from " + member)
                : new Phrase("gave", "give", "the directory role " + name + " to " + member);
    }

    private static Optional<Phrase> use(@Nullable Object details) {
        if (details instanceof SignIn signIn) {
            String resource = DisplayNames.firstOf(signIn.getResourceName(), signIn.getResourceAppId())
                    .map(name -> " to " + name)
                    .orElse("");
            String place =
                    signIn.getCountry().map(country -> " from " + country).orElse("");
            return Optional.of(new Phrase("signed in", "sign in", (resource + place).strip()));
        }
        if (details instanceof MailboxUse use) {
            return Optional.of(mail(use));
        }
        if (details instanceof FileUse use) {
            String object = DisplayNames.firstOf(use.getObject(), use.getSite()).orElse("a file the log does not name");
            return Optional.of(new Phrase("used", "use", object + " (" + use.getAction() + ")"));
        }
        if (details instanceof MailFlow flow) {
            String outside =
                    flow.getOutside().isEmpty() ? "" : " (outside: " + DisplayNames.list(flow.getOutside()) + ")";
            return Optional.of(new Phrase("ran", "run", flow.getCmdlet() + outside));
        }
        if (details instanceof Activity activity) {
            String resource = activity.getResource().map(on -> " on " + on).orElse("");
            return Optional.of(new Phrase("ran", "run", activity.getAction().orElse("an Azure action") + resource));
        }
        return Optional.empty();
    }

    private static Phrase mail(MailboxUse use) {
        long items = use.getItems().orElse(1L);
        String mailbox = use.getMailbox().orElse("a mailbox the log does not name");
        return use.getAction().equals("send")
                ? new Phrase("sent", "send", DisplayNames.count(items, "message", "messages") + " as " + mailbox)
                : new Phrase("read", "read", DisplayNames.count(items, "mail item", "mail items") + " in " + mailbox);
    }
}
