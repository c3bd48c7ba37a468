package io.rolecall.acts;

/**
 * An application role.
 *
 * @param api the API that has it
 * @param id role id
 * @param value name in tokens and logs
 * @param displayName what the consent page says
 */
public record Role(Api api, String id, String value, String displayName) {

    public static final Role MAIL_READ =
            graph("810c84a8-4a9e-49e6-bf7d-12d183f40d01", "Mail.Read", "Read mail in all mailboxes");
    public static final Role MAIL_READ_WRITE =
            graph("e2a3a72e-5f79-4c64-b1b1-878b674786c9", "Mail.ReadWrite", "Read and write mail in all mailboxes");
    public static final Role MAIL_READ_BASIC =
            graph("693c5e45-0940-467d-9b8a-1022fb9d42ef", "Mail.ReadBasic.All", "Read basic mail in all mailboxes");
    public static final Role FILES_READ =
            graph("01d4889c-1287-42c6-ac1f-5d1e02578ef6", "Files.Read.All", "Read files in all site collections");
    public static final Role FILES_READ_WRITE = graph(
            "75359482-378d-4052-8f01-80520e7db3cd",
            "Files.ReadWrite.All",
            "Read and write files in all site collections");
    public static final Role DIRECTORY_READ_WRITE =
            graph("19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All", "Read and write directory data");
    public static final Role USER_READ =
            graph("df021288-bdef-4463-88db-98f22de89214", "User.Read.All", "Read all users' full profiles");

    /** Exchange's own role of the same name; Exchange gives it the id that Graph gives its own. */
    public static final Role EXCHANGE_MAIL_READ =
            new Role(Api.EXCHANGE, MAIL_READ.id(), "Mail.Read", "Read mail in all mailboxes");

    private static Role graph(String id, String value, String displayName) {
        return new Role(Api.GRAPH, id, value, displayName);
    }
}
