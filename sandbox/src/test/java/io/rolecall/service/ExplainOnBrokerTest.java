package io.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rolecall.deployment.CommandLineRun;
import io.rolecall.sandbox.BrokerUnderTest;
import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
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
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        try (Site site = new Site.Draft(BROKER.bootstrapServers(), folder, "explain")
                .partitions(3)
                .with("streams: { num.stream.threads: 1, acceptable.recovery.lag: 1000000 }")
                .create()) {
            site.networks(story);
            try (DetectorService first = site.start("a");
                    DetectorService second = site.start("b")) {
                await("both have partitions").atMost(Site.PATIENCE).until(site::isShared);
                site.client()
                        .produce(StoryRecords.of(story, site.topics(), site.partitions())
                                .records());
                Verdicts.of(story).awaitIn(site, Site.PATIENCE);
                AlertApplication application = Verdicts.last(site.alerts()).values().stream()
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
                for (DetectorService service : List.of(first, second)) {
                    for (String id : asked) {
                        // When
                        CommandLineRun answer = explain(service, id);

                        // Then
                        assertThat(answer.exitCode()).as(answer.err()).isZero();
                        assertThat(answer.out())
                                .contains(
                                        "Application " + application.getAppId().orElseThrow() + " in tenant ")
                                .contains("timeline:", " registered the application ", "addresses:", " (external): ")
                                .contains("single-tenant-app-abuse: fired");
                    }
                    CommandLineRun unknown = explain(service, NOBODYS);
                    assertThat(unknown.exitCode()).isEqualTo(1);
                    assertThat(unknown.out()).isEmpty();
                    assertThat(unknown.err()).contains("nothing is known of '" + NOBODYS + "'");
                    CommandLineRun ofPerson = CommandLineRun.of(
                            Map.of(),
                            "explain",
                            "--actor",
                            "admin@contoso.com",
                            "--service",
                            "http://127.0.0.1:" + service.httpPort());
                    assertThat(ofPerson.exitCode()).isEqualTo(1);
                    assertThat(ofPerson.err()).contains("nothing is known of 'admin@contoso.com'");
                }
            }
        }
    }

    private static CommandLineRun explain(DetectorService service, String id) {
        return CommandLineRun.of(
                Map.of(), "explain", "--app", id, "--service", "http://127.0.0.1:" + service.httpPort());
    }
}
