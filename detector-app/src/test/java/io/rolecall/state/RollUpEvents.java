package io.rolecall.state;

import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.Activity;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events of every kind that is rolled up, and their copies in other envelopes, which leave things out. */
final class RollUpEvents {

    static final Subject APPLICATION =
            Subject.application("75243ab2-44f8-435c-a7a6-b479385df6d4", "6d0f9a52-17c0-4e0c-9c86-2a1f2b3c4d5e");
    static final Instant START = Instant.parse("2026-03-01T22:00:00Z");

    private RollUpEvents() {}

    static AppEvent signIn(String id, Instant time, int code, @Nullable String ip, @Nullable String keyId) {
        Actor actor = Actor.newBuilder()
                .setType("application")
                .setAppId(APPLICATION.id())
                .setIp(ip)
                .build();
        return event(id, "entra-sign-in", Operations.SIGN_IN, time, actor)
                .setOutcome(code == 0 ? "success" : "failure")
                .setDetails(SignIn.newBuilder()
                        .setKind("service-principal")
                        .setErrorCode(code)
                        .setCredentialKeyId(keyId)
                        .setResourceName("Microsoft Graph")
                        .build())
                .build();
    }

    static AppEvent mailRead(String id, Instant time, String mailbox, @Nullable String ip, long items) {
        return event(id, "m365-audit", Operations.MAIL_ITEMS_ACCESSED, time, user(ip))
                .setDetails(MailboxUse.newBuilder()
                        .setAction("read")
                        .setMailbox(mailbox)
                        .setItems(items)
                        .build())
                .build();
    }

    private static AppEvent download(String id, Instant time, @Nullable String ip) {
        return event(id, "m365-audit", "file-downloaded", time, user(ip))
                .setDetails(FileUse.newBuilder().setAction("file-downloaded").build())
                .build();
    }

    static AppEvent deletion(String id, Instant time, String object, @Nullable String ip) {
        return event(id, "azure-activity", "microsoft-compute-disks-delete", time, user(ip))
                .setDetails(Activity.newBuilder()
                        .setAction("microsoft.compute/disks/delete")
                        .setResource(object)
                        .build())
                .build();
    }

    /** Events of all kinds within four hours, over midnight; some have copies. */
    static List<AppEvent> random(Random random) {
        List<AppEvent> copies = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            AppEvent event = one("event-" + i, random);
            copies.add(event);
            for (int more = random.nextInt(3); more > 0; more--) {
                copies.add(copy(event, random));
            }
        }
        return copies;
    }

    private static AppEvent one(String id, Random random) {
        Instant time = START.plusMillis(random.nextInt(4 * 3_600_000));
        String ip = "198.51.100." + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 ->
                signIn(
                        id,
                        time,
                        List.of(0, 7000215, 50126, 90094).get(random.nextInt(4)),
                        ip,
                        "key" + random.nextInt(2));
            case 1 -> mailRead(id, time, "box" + random.nextInt(3), ip, random.nextInt(5));
            case 2 -> download(id, time, ip);
            default -> deletion(id, time, "disk" + random.nextInt(100), ip);
        };
    }

    /** Another envelope of the same log: no address or no credential, whole seconds, another position; sometimes just delivered again. */
    private static AppEvent copy(AppEvent event, Random random) {
        AppEvent copy = AppEvent.newBuilder(event)
                .setPosition("again/0/" + random.nextInt(1_000) + "/0")
                .build();
        if (random.nextInt(3) == 0) {
            return copy;
        }
        copy.setEnvelope("log-analytics");
        if (random.nextBoolean()) {
            copy.setEventTime(event.getEventTime().truncatedTo(ChronoUnit.SECONDS));
        }
        if (random.nextBoolean()) {
            copy.setActor(Actor.newBuilder(event.getActor()).setIp(null).build());
        }
        if (event.getDetails().orElse(null) instanceof SignIn signIn && random.nextBoolean()) {
            copy.setDetails(SignIn.newBuilder(signIn)
                    .setCredentialKeyId(null)
                    .setErrorCode(
                            random.nextBoolean() ? null : signIn.getErrorCode().orElse(null))
                    .build());
        }
        if (event.getDetails().orElse(null) instanceof MailboxUse use && random.nextBoolean()) {
            copy.setDetails(MailboxUse.newBuilder(use).setItems(null).build());
        }
        return copy;
    }

    private static Actor user(@Nullable String ip) {
        return Actor.newBuilder()
                .setType("user")
                .setName("bob@contoso.com")
                .setIp(ip)
                .build();
    }

    private static AppEvent.Builder event(String id, String source, String operation, Instant time, Actor actor) {
        return AppEvent.newBuilder()
                .setEventId(id)
                .setSource(source)
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(time)
                .setTenantId(APPLICATION.tenantId())
                .setOutcome("success")
                .setAppId(APPLICATION.id())
                .setActor(actor)
                .setPosition("test/0/" + id + "/0");
    }
}
