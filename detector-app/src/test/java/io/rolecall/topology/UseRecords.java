package io.rolecall.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Raw sign-ins of a service principal, in two envelopes of which one leaves the credential out, and raw use of mailboxes. */
final class UseRecords {

    static final String APP = "crm";

    private static final Instant START = Instant.parse("2026-03-01T20:00:00Z");

    private UseRecords() {}

    static String signIn(String id, Instant time, int code, String ip) {
        return """
                {"time":"%s","category":"ServicePrincipalSignInLogs","operationName":"Sign-in activity","tenantId":"%s","resultType":"%d","properties":{"id":"%s","createdDateTime":"%s","appId":"%s","servicePrincipalId":"%s","servicePrincipalName":"%s","ipAddress":"%s","location":"NL","status":{"errorCode":%d},"servicePrincipalCredentialKeyId":"%s","resourceDisplayName":"Microsoft Graph","resourceId":"%s"}}""".formatted(
                        time,
                        RawEvents.TENANT,
                        code,
                        RawEvents.id("sign-in " + id),
                        time,
                        RawEvents.appId(APP),
                        RawEvents.spId(APP),
                        APP,
                        ip,
                        code,
                        RawEvents.id("key"),
                        RawEvents.GRAPH);
    }

    /** The same sign-in as advanced hunting keeps it. */
    static String huntedSignIn(String id, Instant time, int code, String ip) {
        return """
                {"time":"%s","category":"AdvancedHunting-EntraIdSpnSignInEvents","operationName":"Publish","tenantId":"%s","properties":{"Timestamp":"%s","ReportId":"%s","ApplicationId":"%s","ServicePrincipalId":"%s","ServicePrincipalName":"%s","IPAddress":"%s","Country":"NL","ErrorCode":%d,"ResourceDisplayName":"Microsoft Graph","ResourceId":"%s"}}""".formatted(
                        time,
                        RawEvents.TENANT,
                        time,
                        RawEvents.id("sign-in " + id),
                        RawEvents.appId(APP),
                        RawEvents.spId(APP),
                        APP,
                        ip,
                        code,
                        RawEvents.GRAPH);
    }

    static String mailRead(String id, Instant time, String mailbox, int items) {
        return """
                {"CreationTime":"%s","Id":"%s","Operation":"MailItemsAccessed","OrganizationId":"%s","RecordType":50,"ResultStatus":"Succeeded","UserType":5,"Version":1,"Workload":"Exchange","UserId":"%s","AppId":"%s","ClientAppId":"%s","ClientIPAddress":"198.51.100.7","MailboxOwnerUPN":"%s","OperationCount":%d}""".formatted(
                        time,
                        RawEvents.id("mail " + id),
                        RawEvents.TENANT,
                        RawEvents.spId(APP),
                        RawEvents.GRAPH,
                        RawEvents.appId(APP),
                        mailbox,
                        items);
    }

    /** Sign-ins and mail over two days and a night, some of them twice, and the registration of the application. */
    static List<String> random(Random random) {
        List<String> events = new ArrayList<>();
        events.add(RawEvents.addApplication(APP, "2026-03-02T10:00:00Z", "203.0.113.9"));
        for (int i = 0; i < 45; i++) {
            String id = Integer.toString(i);
            // Few hours, so that some have enough failures.
            Instant time = START.plusSeconds(random.nextInt(8) * 3_600L).plusMillis(random.nextInt(3_600_000));
            int code = List.of(0, 7000215, 7000215, 7000222).get(random.nextInt(4));
            String ip = "198.51.100." + random.nextInt(3);
            boolean hunted = random.nextInt(3) == 0;
            if (hunted) {
                events.add(huntedSignIn(id, time, code, ip));
            }
            if (!hunted || random.nextBoolean()) {
                events.add(signIn(id, time, code, ip));
            }
        }
        for (int i = 0; i < 14; i++) {
            Instant time = START.plusSeconds(random.nextInt(3 * 86_400));
            events.add(mailRead(
                    Integer.toString(i), time, "box" + random.nextInt(5) + "@contoso.com", 1 + random.nextInt(9)));
        }
        return events;
    }
}
