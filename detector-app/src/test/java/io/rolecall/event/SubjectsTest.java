package io.rolecall.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final String APP = "e06366ca-8489-4748-b6a2-d7e4332f45c1";
    private static final String SERVICE_PRINCIPAL = "2dedf863-ac93-4f45-87b3-e32f48145380";

    private static AppEvent mailFlow(Actor.Builder actor) {
        return AppEvent.newBuilder()
                .setEventId("event")
                .setSource("m365-audit")
                .setEnvelope("management-api")
                .setOperation("new-inbound-connector")
                .setRawOperation("New-InboundConnector")
                .setEventTime(Instant.parse("2026-03-02T09:00:00Z"))
                .setTenantId(TENANT)
                .setOutcome("success")
                .setActor(actor.build())
                .setDetails(
                        MailFlow.newBuilder().setCmdlet("New-InboundConnector").build())
                .setPosition("office.json:1/0")
                .build();
    }

    private static Actor.Builder application() {
        return Actor.newBuilder()
                .setType("application")
                .setId(SERVICE_PRINCIPAL)
                .setServicePrincipalId(SERVICE_PRINCIPAL);
    }

    @Test
    void a_change_of_mail_flow_is_about_the_application_that_made_it() {
        // Given
        AppEvent stated = mailFlow(application().setAppId(APP));
        AppEvent known = mailFlow(application());

        // When
        var ofAppId = Subjects.application(stated);
        var ofServicePrincipal = Subjects.application(known);

        // Then
        assertThat(ofAppId).contains(Subject.application(TENANT, APP));
        assertThat(ofServicePrincipal).contains(Subject.unresolved(TENANT, SERVICE_PRINCIPAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000002-0000-0ff1-ce00-000000000000",
                "497effe9-df71-4043-a8bb-14cf78c4b63b",
                "fb78d390-0c51-40cd-8e17-fdbfab77341b"
            })
    void exchange_itself_made_none(String own) {
        // Given
        AppEvent event = mailFlow(application().setAppId(own));

        // When
        var subject = Subjects.application(event);

        // Then
        assertThat(subject).isEmpty();
    }

    @Test
    void nor_is_it_an_application_that_a_person_made_it_with() {
        // Given
        AppEvent event = mailFlow(Actor.newBuilder().setType("user").setName("admin@contoso.com"));

        // When
        var subject = Subjects.application(event);

        // Then
        assertThat(subject).isEmpty();
    }
}
