package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.DirectoryAct.ByApplication;
import io.rolecall.acts.DirectoryAct.ByUser;
import io.rolecall.acts.DirectoryAct.Initiator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verbs of what is done in Microsoft 365: mail, files, mail flow, calls of Microsoft Graph. */
final class UseVerbs {

    private static final VerbField MAILBOX =
            VerbField.text("mailbox", "The person whose mailbox it is").must();
    private static final VerbField DELEGATED =
            VerbField.flag("delegated", "With the person's token, not the application's own");

    private UseVerbs() {}

    static List<Verb> verbs() {
        return List.of(
                Verb.unattended(
                        Log.UNIFIED,
                        "read-mail",
                        "Mail is read: *MailItemsAccessed*; without `app` in Outlook on the web",
                        UseVerbs::read,
                        fields(
                                MAILBOX,
                                VerbField.text("app", "The application that reads"),
                                VerbField.of("items", VerbField.Type.NUMBER, "How many, usually one to four"),
                                VerbField.flag("ews", "Over Exchange Web Services instead of Microsoft Graph"),
                                DELEGATED)),
                Verb.unattended(
                        Log.UNIFIED,
                        "send-mail",
                        "Mail is sent: *Send*; without `app` in Outlook on the web",
                        UseVerbs::send,
                        fields(
                                MAILBOX,
                                VerbField.text("app", "The application that sends"),
                                VerbField.text("subject", "Subject"),
                                DELEGATED)),
                Verb.of(
                        Log.UNIFIED,
                        "use-file",
                        "A file is used: *FileDownloaded* or another operation",
                        UseVerbs::file,
                        fields(
                                VerbField.text("app", "The application it is used with"),
                                VerbField.text("operation", "Operation as the log writes it, usually `FileDownloaded`"),
                                VerbField.text("file", "Name of the file"))),
                Verb.of(
                        Log.UNIFIED,
                        "change-mail-flow",
                        "An Exchange command is run: `New-InboundConnector`, `New-TransportRule`, `New-InboxRule`,"
                                + " `Set-Mailbox`, `New-ManagementRoleAssignment` ...; by `nobody` it is Exchange's own",
                        UseVerbs::command,
                        VerbField.text("cmdlet", "The command").must(),
                        VerbField.of("parameters", VerbField.Type.TABLE, "Its parameters"),
                        VerbField.text("object", "The object changed, without it the parameter `Name` or `Identity`"),
                        VerbField.text("app", "The application a person runs it with")),
                Verb.unattended(
                        Log.ENTRA,
                        "graph-request",
                        "An application calls Microsoft Graph: a record of *MicrosoftGraphActivityLogs*",
                        UseVerbs::graph,
                        fields(
                                VerbField.text("app", "The application").must(),
                                VerbField.text("method", "HTTP method, usually `GET`"),
                                VerbField.text("uri", "Address called").must(),
                                VerbField.of("status", VerbField.Type.NUMBER, "HTTP status, usually 200"))));
    }

    private static VerbField[] fields(VerbField... own) {
        List<VerbField> fields = new ArrayList<>(List.of(own));
        fields.addAll(VerbFields.ids());
        return fields.toArray(VerbField[]::new);
    }

    private static Optional<App> client(Line line) {
        return line.has("app") ? Optional.of(line.app()) : Optional.empty();
    }

    private static Telling read(Line line) {
        Optional<App> app = client(line);
        ObjectNode event = new OfficeShape(line.tenant())
                .mailRead(line.time(), line.person("mailbox"), ip(line), app, line.random("read"));
        if (line.has("items")) {
            event.put("OperationCount", line.number("items", 1));
        }
        if (line.is("ews") && app.isPresent()) {
            event.put("AppId", app.get().appId());
            event.put(
                    "ClientInfoString",
                    "Client=WebServices;ExchangeServicesClient/15.0;[AppId="
                            + app.get().appId() + "]");
        }
        return used(line, event);
    }

    private static Telling send(Line line) {
        return used(
                line,
                new OfficeShape(line.tenant())
                        .send(
                                line.time(),
                                line.person("mailbox"),
                                ip(line),
                                client(line),
                                line.text("subject").orElse("Minutes"),
                                line.random("send")));
    }

    private static Telling used(Line line, ObjectNode event) {
        if (line.is("delegated")) {
            event.put("UserType", 0);
        }
        if (ip(line).isEmpty()) {
            event.remove("ClientIPAddress");
            event.remove("ClientIP");
        }
        return Telling.in(Log.UNIFIED, event);
    }

    private static Telling file(Line line) {
        Initiator by = line.initiator();
        Person person = by instanceof ByUser user ? user.person() : line.cast().person("nobody", line.tenantName());
        ObjectNode event = new OfficeShape(line.tenant())
                .file(
                        line.time(),
                        line.text("operation").orElse("FileDownloaded"),
                        person,
                        ip(line),
                        line.random("file"));
        client(line).ifPresent(app -> {
            event.put("ApplicationId", app.appId());
            event.put("ApplicationDisplayName", app.name());
        });
        if (by instanceof ByApplication) {
            event.put("UserId", "app@sharepoint")
                    .put("UserType", 5)
                    .put("UserKey", "i:0i.t|00000003-0000-0ff1-ce00-" + "000000000000|app@sharepoint");
        }
        line.text("file").ifPresent(name -> {
            event.put("SourceFileName", name);
            event.put("ObjectId", event.path("SiteUrl").asText() + "Shared Documents/" + name);
        });
        return Telling.in(Log.UNIFIED, event);
    }

    private static Telling command(Line line) {
        Map<String, String> parameters = new LinkedHashMap<>(line.table("parameters"));
        ExchangeShape shape = new ExchangeShape(line.tenant());
        Initiator by = line.initiator();
        String cmdlet = line.needed("cmdlet");
        ObjectNode event;
        if (by instanceof ByApplication application) {
            App app = line.cast().app(application.displayName(), line.tenant());
            event = shape.byApplication(line.time(), cmdlet, app, ip(line), parameters, line.random("command"));
        } else if (by instanceof ByUser user) {
            event = shape.byUser(line.time(), cmdlet, user.person(), ip(line), parameters, line.random("command"));
        } else {
            event = shape.bySystem(line.time(), cmdlet, parameters, line.random("command"));
        }
        client(line).ifPresent(app -> event.put("ClientAppId", app.appId()));
        line.text("object").ifPresent(object -> event.put("ObjectId", object));
        return Telling.in(Log.UNIFIED, event);
    }

    private static Telling graph(Line line) {
        App app = line.app();
        ObjectNode properties = Json.object(
                "timeGenerated", Times.ticks(line.time()),
                "requestId", line.guid("request"),
                "operationId", line.correlation(),
                "apiVersion", "v1.0",
                "requestMethod", line.text("method").orElse("GET"),
                "responseStatusCode", line.number("status", 200),
                "tenantId", line.tenant().id(),
                "appId", app.appId(),
                "ipAddress", ip(line),
                "userAgent", line.text("agent").orElse("python-requests/2.32.3"),
                "requestUri", line.needed("uri"));
        if (line.initiator() instanceof ByUser user) {
            properties.put("userId", user.person().id());
        } else {
            properties.put("servicePrincipalId", app.servicePrincipalId());
        }
        return Telling.in(
                Log.ENTRA,
                Json.object(
                        "time",
                        Times.ticks(line.time()),
                        "resourceId",
                        "/TENANTS/" + line.tenant().id() + "/PROVIDERS/MICROSOFT.AADIAM",
                        "operationName",
                        "Microsoft Graph Activity",
                        "operationVersion",
                        "v1.0",
                        "category",
                        "MicrosoftGraphActivityLogs",
                        "resultSignature",
                        String.valueOf(line.number("status", 200)),
                        "durationMs",
                        40,
                        "callerIpAddress",
                        ip(line),
                        "correlationId",
                        line.correlation(),
                        "level",
                        "Informational",
                        "tenantId",
                        line.tenant().id(),
                        "properties",
                        properties));
    }

    /** The address of the act; empty text when no log shows any. */
    private static String ip(Line line) {
        return line.address().orElse("");
    }
}
