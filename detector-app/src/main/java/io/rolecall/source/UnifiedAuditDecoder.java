package io.rolecall.source;

import io.rolecall.event.OperationGroups;
import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.SignIn;
import io.rolecall.source.split.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Microsoft 365 audit events: management API, Search-UnifiedAuditLog, Log Analytics rows, CloudAppEvents. */
final class UnifiedAuditDecoder implements SourceDecoder {

    private static final String FILE = "file-";

    @Override
    public Decoded decode(Element element, Shape shape) throws RejectedElementException {
        EventFields fields = element.fields();
        if (element.cloudApp() && !fields.hasValue("Operation", "ApplicationId")) {
            throw new RejectedElementException(
                    Reason.NOT_AN_EVENT, "an ActionType without ApplicationId and RawEventData");
        }
        KeyValues extended = KeyValues.of(fields.node("ExtendedProperties"));
        KeyValues additional = KeyValues.of(extended.node("additionalDetails"));
        ModifiedProperties changed = new ModifiedProperties();
        changed.add(fields.node("ModifiedProperties"));
        List<Target> targets = UnifiedTargets.of(fields);
        DirectoryEvent event = new DirectoryEvent(shape.operation(), changed, targets, additional);
        Actor actor = UnifiedActors.of(fields, agent(fields, extended, additional), client(fields, shape));
        if (actor.getType().equals(ActorFacts.USER) && isCommand(fields, shape.operation())) {
            actor.setAppId(MailFlowDetails.tool(fields));
        }
        return new Decoded(
                EventTimes.first(
                        fields.node("CreationTime"),
                        fields.node("CreationDate"),
                        fields.node("TimeGenerated"),
                        fields.node("Timestamp"),
                        fields.node("Start_Time")),
                fields.text("Id", "OfficeId", "SourceRecordId", "Identity", "ReportId"),
                Values.id(fields.text("OrganizationId")),
                Values.id(Values.first(extended.text("correlationId"), fields.text("InterSystemsId"))),
                outcome(fields, shape, changed),
                actor,
                parts(fields, shape, event, extended),
                fields.hasValue("ObjectId", "OfficeObjectId", "MailboxOwnerUPN"));
    }

    private static List<Part> parts(EventFields fields, Shape shape, DirectoryEvent event, KeyValues extended) {
        String operation = shape.operation();
        if (operation.equals(Operations.SIGN_IN)) {
            return List.of(signIn(fields, extended));
        }
        if (isMail(operation)) {
            return List.of(UseDetails.mailbox(fields, operation));
        }
        if (operation.startsWith(FILE)) {
            return List.of(UseDetails.file(fields, operation));
        }
        if (isCommand(fields, operation)) {
            return List.of(MailFlowDetails.of(fields, shape.rawOperation()));
        }
        return DirectoryDetails.parts(event);
    }

    private static boolean isMail(String operation) {
        return OperationGroups.MAIL_READ.contains(operation) || OperationGroups.MAIL_SENT.contains(operation);
    }

    private static boolean isCommand(EventFields fields, String operation) {
        return fields.hasValue("Parameters") || operation.equals("update-inbox-rules");
    }

    /** The application an act of use or of Exchange administration was done with. */
    private static @Nullable String client(EventFields fields, Shape shape) {
        String operation = shape.operation();
        if (isMail(operation)) {
            return UseDetails.client(fields);
        }
        if (operation.startsWith(FILE)) {
            return UseDetails.fileClient(fields);
        }
        return isCommand(fields, operation) ? MailFlowDetails.client(fields) : null;
    }

    private static Part signIn(EventFields fields, KeyValues extended) {
        Long error = Values.number(fields.text("ErrorNumber"));
        String request = extended.text("RequestType");
        // A token request goes without the user; everything else is a prompt.
        boolean silent = request != null && request.endsWith(":Token");
        SignIn details = new SignIn();
        details.setKind(silent ? "non-interactive" : "interactive");
        details.setResourceAppId(Values.first(fields.guid("ObjectId"), UnifiedTargets.firstGuid(fields)));
        details.setErrorCode(error == null || error < 0 || error > Integer.MAX_VALUE ? null : error.intValue());
        return new Part(new AppRef(fields.guid("ApplicationId"), null, null, null), details);
    }

    private static Outcome outcome(EventFields fields, Shape shape, ModifiedProperties changed) {
        String reason = Values.first(
                GrantDetails.reason(changed), fields.text("LogonError"), fields.text("ResultStatusDetail"));
        boolean failed = shape.rawOperation().strip().startsWith("UserLoginFailed");
        return Outcome.of(failed ? "Failed" : fields.text("ResultStatus"), reason);
    }

    private static @Nullable String agent(EventFields fields, KeyValues extended, KeyValues additional) {
        return Values.first(additional.text("User-Agent"), extended.text("UserAgent"), fields.text("UserAgent"));
    }
}
