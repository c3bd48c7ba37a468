package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Use of mailboxes and files. */
final class UseDetails {

    private static final Pattern CLIENT_INFO = Pattern.compile("\\[AppId=([0-9a-fA-F-]{36})]");

    private UseDetails() {}

    /**
     * Mail read or sent. The application is the client; {@code AppId} is the API it called. Over EWS the client also stands in
     * the client information; Outlook and its web client log none.
     */
    static Part mailbox(Fields fields, String operation) {
        boolean read = CatalogueOperations.MAIL_READ.contains(operation);
        MailboxUse use = MailboxUse.newBuilder()
                .setAction(read ? "read" : "send")
                .setMailbox(Values.lower(fields.text("MailboxOwnerUPN")))
                .setItems(items(fields, read))
                .build();
        AppRef app = new AppRef(
                Values.first(fields.guid("ClientAppId"), ofClientInfo(fields.text("ClientInfoString"))),
                null,
                null,
                null);
        return new Part(app, use);
    }

    /** A file operation; the application is optional. */
    static Part file(Fields fields, String operation) {
        FileUse use = FileUse.newBuilder()
                .setAction(operation)
                .setSite(fields.text("SiteUrl", "Site_Url"))
                .setObject(fields.text("ObjectId", "OfficeObjectId"))
                .build();
        String appId = Values.first(
                fields.guid("ApplicationId"), fields.object("AppAccessContext").guid("ClientAppId"));
        return new Part(new AppRef(appId, null, null, fields.text("ApplicationDisplayName")), use);
    }

    private static @Nullable Long items(Fields fields, boolean read) {
        Long count = Values.number(fields.text("OperationCount"));
        if (count != null || !read) {
            return count == null ? Long.valueOf(1) : count;
        }
        long items = 0;
        for (JsonNode folder : fields.list("Folders")) {
            items += Fields.of(folder).list("FolderItems").size();
        }
        return items == 0 ? null : items;
    }

    private static @Nullable String ofClientInfo(@Nullable String info) {
        if (info == null) {
            return null;
        }
        Matcher matcher = CLIENT_INFO.matcher(info);
        return matcher.find() ? Values.guid(matcher.group(1)) : null;
    }
}
