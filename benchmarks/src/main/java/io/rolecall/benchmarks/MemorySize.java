package io.rolecall.benchmarks;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Reads;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.TrustedRecords;
import io.rolecall.state.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Bytes of the memory for baselines of one quiet and of one busy application, after the 52 days for which counts are kept. */
final class MemorySize {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final int DAYS = 52;
    private static final String TENANT = guid("tenant");
    private static final String APP = guid("application");

    private MemorySize() {}

    /** Declares everything that detections of applications will read. */
    private static final class Everything implements Detection {

        @Override
        public String id() {
            return "everything";
        }

        @Override
        public Set<SubjectKind> subjects() {
            return Set.of(SubjectKind.APPLICATION);
        }

        @Override
        public Reads reads() {
            return Reads.of(Set.of(Operations.SIGN_IN, Operations.MAIL_ITEMS_ACCESSED))
                    .remembering(
                            BaselineNeed.of(
                                            ActivitySource.SERVICE_PRINCIPAL_SIGN_INS,
                                            Dimension.COUNTRY,
                                            Dimension.NETWORK,
                                            Dimension.AUTONOMOUS_SYSTEM,
                                            Dimension.CREDENTIAL_TYPE,
                                            Dimension.RESOURCE)
                                    .withCounts(),
                            BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.MAILBOX)
                                    .withCounts());
        }

        @Override
        public Evaluation evaluate(DetectionInput input) {
            return Evaluation.of(List.of(), List.of());
        }
    }

    static void print() {
        TrustedRecords.trust();
        List<AppEvent> quiet = new ArrayList<>();
        List<AppEvent> busy = new ArrayList<>();
        Random random = new Random(1);
        for (int day = 0; day < DAYS; day++) {
            quiet.add(signIn(START.plus(Duration.ofDays(day)), 1, 1));
        }
        for (int minute = 0; minute < DAYS * 24 * 60; minute += 2) {
            Instant time = START.plus(Duration.ofMinutes(minute));
            busy.add(signIn(time, random.nextInt(20), random.nextInt(100)));
            busy.add(mail(time, random.nextInt(400)));
        }
        print("none", List.of());
        print("quiet, a sign-in a day", quiet);
        print("busy, 720 sign-ins and mails a day", busy);
    }

    private static void print(String name, List<AppEvent> events) {
        Map<String, StoredBytes.Size> sizes = StoredBytes.ofMemory(new Everything(), TENANT, APP, events);
        sizes.forEach((store, size) -> System.out.printf(
                Locale.ROOT, "%-36s %-12s %,6d entries, %,9d bytes%n", name, store, size.count(), size.bytes()));
    }

    private static AppEvent signIn(Instant time, int country, int network) {
        return event(time, Operations.SIGN_IN)
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setIp("198.51." + network + ".7")
                        .build())
                .setDetails(SignIn.newBuilder()
                        .setKind("service-principal")
                        .setCountry("C" + country)
                        .setAsn(64_500L + network)
                        .setCredentialType("clientSecret")
                        .setResourceAppId(guid("resource " + network % 5))
                        .build())
                .build();
    }

    private static AppEvent mail(Instant time, int mailbox) {
        return event(time, Operations.MAIL_ITEMS_ACCESSED)
                .setDetails(MailboxUse.newBuilder()
                        .setAction(mailbox % 10 == 0 ? "send" : "read")
                        .setMailbox("user" + mailbox + "@contoso.com")
                        .build())
                .build();
    }

    private static AppEvent.Builder event(Instant time, String operation) {
        return AppEvent.newBuilder()
                .setEventId(guid(operation + time))
                .setSource("benchmark")
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(time)
                .setTenantId(TENANT)
                .setAppId(APP)
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("application").build())
                .setPosition("benchmark/0/0/0");
    }

    private static String guid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
