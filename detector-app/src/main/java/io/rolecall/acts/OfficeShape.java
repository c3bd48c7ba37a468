package io.rolecall.acts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes use of Microsoft 365 as unified audit records. */
public final class OfficeShape {

    private final Tenant tenant;

    public OfficeShape(Tenant tenant) {
        this.tenant = tenant;
    }

    /** {@code UserLoggedIn}, or {@code UserLoginFailed} with an error number. */
    public ObjectNode signIn(
            Instant time, Person person, String ip, SignInShape.Client client, int error, SplittableRandom random) {
        String id = Ids.guid(random);
        ObjectNode node = record(
                time, id, error == 0 ? "UserLoggedIn" : "UserLoginFailed", 15, error == 0 ? "Success" : "Failed");
        node.put("UserKey", person.id());
        node.put("UserType", 0);
        node.put("Version", 1);
        node.put("Workload", "AzureActiveDirectory");
        node.put("ClientIP", ip);
        node.put("ObjectId", client.resourceId());
        node.put("UserId", random.nextInt(4) == 0 ? person.mixedCaseUpn() : person.upn());
        node.put("AzureActiveDirectoryEventType", 1);
        node.set(
                "ExtendedProperties",
                Json.array(
                        pair("ResultStatusDetail", error == 0 ? "Success" : "UserError"),
                        pair("UserAgent", UserAgents.EDGE),
                        pair("RequestType", "OAuth2:Authorize")));
        node.set("ModifiedProperties", Json.array());
        node.set(
                "Actor",
                Json.array(Json.object("ID", person.id(), "Type", 0), Json.object("ID", person.upn(), "Type", 5)));
        node.put("ActorContextId", tenant.id());
        node.put("ActorIpAddress", ip);
        node.put("InterSystemsId", Ids.guid(random));
        node.put("IntraSystemId", id);
        node.put("SupportTicketId", "");
        node.set("Target", Json.array(Json.object("ID", client.resourceId(), "Type", 0)));
        node.put("TargetContextId", tenant.id());
        node.put("ApplicationId", client.clientId());
        node.set(
                "DeviceProperties",
                Json.array(pair("OS", "Windows10"), pair("BrowserType", "Edge"), pair("SessionId", Ids.guid(random))));
        node.put("ErrorNumber", String.valueOf(error));
        return node;
    }

    /**
     * {@code MailItemsAccessed}.
     *
     * @param reader the application that read; empty for Outlook
     */
    public ObjectNode mailRead(Instant time, Person owner, String ip, Optional<App> reader, SplittableRandom random) {
        ObjectNode node = mailbox(time, "MailItemsAccessed", 50, owner, reader.isPresent(), random);
        node.put("AppId", reader.isPresent() ? Api.GRAPH.appId() : "00000002-0000-0ff1-ce00-000000000000");
        reader.ifPresent(app -> node.put("ClientAppId", app.appId()));
        node.put("ClientIPAddress", ip);
        node.put("ClientInfoString", reader.isPresent() ? "Client=REST;;" : "Client=OWA;Action=ViaProxy");
        owned(node, owner);
        node.set("OperationProperties", Json.array(pair("MailAccessType", "Bind"), pair("IsThrottled", "False")));
        server(node, random);
        int count = random.nextInt(1, 5);
        var items = Json.array();
        for (int i = 0; i < count; i++) {
            items.add(Json.object("InternetMessageId", message(random), "SizeInBytes", random.nextInt(4_000, 90_000)));
        }
        node.set("Folders", Json.array(Json.object("FolderItems", items, "Id", folder(random), "Path", "\\Inbox")));
        node.put("OperationCount", count);
        return node;
    }

    /** {@code Send}. */
    public ObjectNode send(
            Instant time, Person owner, String ip, Optional<App> sender, String subject, SplittableRandom random) {
        ObjectNode node = mailbox(time, "Send", 2, owner, sender.isPresent(), random);
        node.put("ClientIP", ip);
        sender.ifPresent(app -> node.put("AppId", app.appId()));
        node.put("ClientIPAddress", ip);
        node.put("ClientInfoString", sender.isPresent() ? "Client=REST;;" : "Client=OWA;Action=ViaProxy");
        owned(node, owner);
        server(node, random);
        node.set(
                "Item",
                Json.object(
                        "Id", "Unknown",
                        "InternetMessageId", message(random),
                        "ParentFolder", Json.object("Id", folder(random), "Path", "\\Drafts"),
                        "SizeInBytes", random.nextInt(4_000, 90_000),
                        "Subject", subject));
        return node;
    }

    /** {@code FileAccessed}, {@code FileDownloaded} and their kind. */
    public ObjectNode file(Instant time, String operation, Person person, String ip, SplittableRandom random) {
        String site = "https://contoso.sharepoint.com/sites/operations/";
        String name = "Report " + random.nextInt(1, 400) + ".docx";
        ObjectNode node = record(time, Ids.guid(random), operation, 6, "Succeeded");
        node.remove("ResultStatus");
        node.put("UserKey", "i:0h.f|membership|" + person.puid().toLowerCase(java.util.Locale.ROOT) + "@live.com");
        node.put("UserType", 0);
        node.put("Version", 1);
        node.put("Workload", "SharePoint");
        node.put("ClientIP", ip);
        node.put("ObjectId", site + "Shared Documents/" + name);
        node.put("UserId", person.upn());
        node.put("CorrelationId", Ids.guid(random));
        node.put("EventSource", "SharePoint");
        node.put("ItemType", "File");
        node.put("ListId", Ids.guid(random));
        node.put("ListItemUniqueId", Ids.guid(random));
        node.put("Site", tenant.ids().guid("site/operations"));
        node.put("UserAgent", UserAgents.EDGE);
        node.put("WebId", tenant.ids().guid("web/operations"));
        node.put("SourceFileExtension", "docx");
        node.put("SiteUrl", site);
        node.put("SourceFileName", name);
        node.put("SourceRelativeUrl", "Shared Documents");
        return node;
    }

    ObjectNode record(Instant time, String id, String operation, int type, String result) {
        return Json.object(
                "CreationTime", Times.seconds(time),
                "Id", id,
                "Operation", operation,
                "OrganizationId", tenant.id(),
                "RecordType", type,
                "ResultStatus", result);
    }

    private ObjectNode mailbox(
            Instant time, String operation, int type, Person owner, boolean byApplication, SplittableRandom random) {
        ObjectNode node = record(time, Ids.guid(random), operation, type, "Succeeded");
        node.put("UserKey", owner.puid());
        node.put("UserType", byApplication ? 5 : 0);
        node.put("Version", 1);
        node.put("Workload", "Exchange");
        node.put("UserId", random.nextInt(5) == 0 ? owner.mixedCaseUpn() : owner.upn());
        return node;
    }

    private void owned(ObjectNode node, Person owner) {
        String sid = "S-1-5-21-1148582062-3132321681-773847816-"
                + tenant.ids().random("sid/" + owner.upn()).nextInt(10_000_000, 99_999_999);
        node.put("ExternalAccess", false);
        node.put("InternalLogonType", 0);
        node.put("LogonType", 0);
        node.put("LogonUserSid", sid);
        node.put("MailboxGuid", tenant.ids().guid("mailbox/" + owner.upn()));
        node.put("MailboxOwnerSid", sid);
        node.put("MailboxOwnerUPN", owner.upn());
    }

    private static void server(ObjectNode node, SplittableRandom random) {
        node.put("OrganizationName", "contoso.onmicrosoft.com");
        node.put(
                "OriginatingServer",
                "AM" + random.nextInt(10) + "PR08MB" + random.nextInt(1000, 9999) + " (15.20.4200.000)\r\n");
    }

    static ObjectNode pair(String name, String value) {
        return Json.object("Name", name, "Value", value);
    }

    private static String message(SplittableRandom random) {
        return "<" + Ids.letters(random, 30) + "@AM0PR08MB5530.eurprd08.prod.outlook.com>";
    }

    private static String folder(SplittableRandom random) {
        return "LgAAAAC0" + Ids.letters(random, 48) + "AQAAAAAAEMAAAB";
    }
}
