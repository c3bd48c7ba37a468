package io.rolecall.state;

import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.Registration;
import io.rolecall.schema.SignIn;
import java.time.Instant;

/** Events of one application that are remembered. */
final class MemoryEvents {

    static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    static final String APP = "0a5a0ae4-4cd4-4f36-bbf6-bb5f2b8f0d5c";

    private MemoryEvents() {}

    static AppEvent signIn(String id, Instant time, String country) {
        return signIn(id, time, country, "success");
    }

    static AppEvent signIn(String id, Instant time, String country, String outcome) {
        return event(id, "entra-sign-in", Operations.SIGN_IN, time)
                .setOutcome(outcome)
                .setDetails(SignIn.newBuilder()
                        .setKind("service-principal")
                        .setCountry(country)
                        .setCredentialType("clientSecret")
                        .build())
                .build();
    }

    static AppEvent userSignIn(String id, Instant time) {
        return event(id, "entra-sign-in", Operations.SIGN_IN, time)
                .setDetails(SignIn.newBuilder().setKind("interactive").build())
                .build();
    }

    static AppEvent mail(String id, Instant time, String action, String mailbox) {
        return event(id, "m365-audit", Operations.MAIL_ITEMS_ACCESSED, time)
                .setDetails(MailboxUse.newBuilder()
                        .setAction(action)
                        .setMailbox(mailbox)
                        .setItems(2L)
                        .build())
                .build();
    }

    /** A copy, in one of two logs, of an act. */
    static AppEvent act(String log, String correlationId, Instant time) {
        return event(log + " " + correlationId, log, Operations.UPDATE_APPLICATION, time)
                .setCorrelationId(correlationId)
                .setDetails(Registration.newBuilder().build())
                .build();
    }

    private static AppEvent.Builder event(String id, String source, String operation, Instant time) {
        return AppEvent.newBuilder()
                .setEventId(id)
                .setSource(source)
                .setEnvelope("diagnostic")
                .setOperation(operation)
                .setRawOperation(operation)
                .setEventTime(time)
                .setTenantId(TENANT)
                .setAppId(APP)
                .setOutcome("success")
                .setActor(Actor.newBuilder()
                        .setType("application")
                        .setIp("198.51.100.7")
                        .build())
                .setPosition("test/0/0/0");
    }
}
