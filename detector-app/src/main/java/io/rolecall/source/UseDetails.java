package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.event.OperationGroups;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Use of mailboxes and files. */
final class UseDetails {

    private static final Pattern CLIENT_INFO = Pattern.compile("\\[AppId=([0-9a-fA-F-]{36})]");

    private UseDetails() {}

    /** Mail read or sent. Outlook and its web client log no application. */
    static Part mailbox(EventFields fields, String operation) {
        boolean read = OperationGroups.MAIL_READ.contains(operation);
        MailboxUse use = MailboxUse.newBuilder()
                .setAction(read ? "read" : "send")
                .setMailbox(Values.lower(fields.text("MailboxOwnerUPN")))
                .setItems(items(fields, read))
                .build();
        return new Part(new AppRef(client(fields), null, null, null), use);
    }

    /**
     * The application that used a mailbox: {@code ClientAppId}, while {@code AppId} is the API it called; over EWS it also stands
     * in the client information; without either, {@code AppId}, unless that is a front-end of Microsoft's own.
     */
    static @Nullable String client(EventFields fields) {
        return Values.first(
                fields.guid("ClientAppId"),
                ofClientInfo(fields.text("ClientInfoString")),
                FrontEnds.other(fields.guid("AppId")));
    }

    /** A file operation; the application is optional. */
    static Part file(EventFields fields, String operation) {
        FileUse use = FileUse.newBuilder()
                .setAction(operation)
                .setSite(fields.text("SiteUrl", "Site_Url"))
                .setObject(fields.text("ObjectId", "OfficeObjectId"))
                .build();
        return new Part(new AppRef(fileClient(fields), null, null, fields.text("ApplicationDisplayName")), use);
    }

    /** The application that used a file; null when the event names none. */
    static @Nullable String fileClient(EventFields fields) {
        return Values.first(
                fields.guid("ApplicationId"), fields.object("AppAccessContext").guid("ClientAppId"));
    }

    private static @Nullable Long items(EventFields fields, boolean read) {
        Long count = Values.number(fields.text("OperationCount"));
        if (count != null || !read) {
            return count == null ? Long.valueOf(1) : count;
        }
        long items = 0;
        for (JsonNode folder : fields.list("Folders")) {
            items += EventFields.of(folder).list("FolderItems").size();
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
