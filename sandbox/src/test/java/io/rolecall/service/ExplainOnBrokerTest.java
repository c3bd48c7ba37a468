package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} asks a service of two instances, of which each follows other applications. */
class ExplainOnBrokerTest {

    private static final String NOBODYS = "00000000-1111-4222-8333-444444444444";

    @RegisterExtension
    private static final BrokerUnderTest BROKER = new BrokerUnderTest();

    @TempDir
    private Path folder;

    @Test
    void either_instance_explains_an_application_by_any_of_its_ids_and_by_name() throws Exception {
        // Given
        try (StorySite opened = StorySite.open(BROKER.bootstrapServers(), folder, "explain")) {
            AlertApplication application = Verdicts.last(opened.site().alerts()).values().stream()
                    .filter(alert -> alert.getSeverity().equals("critical"))
                    .map(Alert::getApplication)
                    .findFirst()
                    .orElseThrow()
                    .orElseThrow();
            List<String> asked = List.of(
                    application.getAppId().orElseThrow(),
                    application.getObjectId().orElseThrow(),
                    application.getServicePrincipalId().orElseThrow(),
                    application.getDisplayName().orElseThrow().toUpperCase(java.util.Locale.ROOT));
            for (DetectorService service : List.of(opened.first(), opened.second())) {
                for (String id : asked) {
                    // When
                    CommandLineRun answer = explain(service, id);

                    // Then
                    assertThat(answer.exitCode()).as(answer.err()).isZero();
                    assertThat(answer.out())
                            .contains("Application " + application.getAppId().orElseThrow() + " in tenant ")
                            .contains("timeline:", " registered the application ", "addresses:", " (external): ")
                            .contains("single-tenant-app-abuse: fired");
                }
                CommandLineRun unknown = explain(service, NOBODYS);
                assertThat(unknown.exitCode()).isEqualTo(1);
                assertThat(unknown.out()).isEmpty();
                assertThat(unknown.err()).contains("nothing is known of '" + NOBODYS + "'");
                CommandLineRun ofPerson = CommandLineRun.of(
                        Map.of(), "explain", "--actor", "admin@contoso.com", "--service", StorySite.address(service));
                assertThat(ofPerson.exitCode()).isEqualTo(1);
                assertThat(ofPerson.err()).contains("nothing is known of 'admin@contoso.com'");
            }
        }
    }

    private static CommandLineRun explain(DetectorService service, String id) {
        return CommandLineRun.of(Map.of(), "explain", "--app", id, "--service", StorySite.address(service));
    }
}
