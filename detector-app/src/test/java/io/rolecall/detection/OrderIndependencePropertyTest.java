package io.rolecall.detection;

import static io.rolecall.detection.LineFacts.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OrderIndependencePropertyTest {

    /**
     * Of these nothing happens in the story: they look at a tenant, at Azure, at a list, at what is usual, or at what an
     * application did or used.
     */
    private static final Set<String> ELSEWHERE = Set.of(
            "consent-policy-weakened",
            "azure-role-to-application",
            "azure-abuse-after-grant",
            "mailbox-use-after-grant",
            "application-creation-burst",
            "known-abused-application",
            "mail-flow-tampering",
            "service-principal-sign-in-anomaly",
            "dormant-application-awakened",
            "rare-application",
            "privileged-change-after-access",
            "workload-token-used-elsewhere");

    private static final List<AppEvent> STORY = Stream.concat(
                    Stream.of(LineFacts.address("+2d30s, by: mallory, do: sign-in, from: outside")),
                    LineFacts.of(
                            "+0d, by: mallory, do: register-application, from: office, without: [ owner ]",
                            "+2d, by: mallory, do: assign-app-role, role: Mail.ReadWrite, from: unknown",
                            "+3d, by: mallory, do: assign-app-role, role: RoleManagement.ReadWrite.Directory, from: office",
                            "+5d, by: admin, do: remove-app-role, role: Mail.ReadWrite",
                            "+1d, by: mallory, do: add-credential, key: one, from: office",
                            "+6d, by: ann, do: add-credential, key: two, from: outside",
                            "+4d, by: ann, do: consent, scopes: [ offline_access, Mail.Read ], from: outside",
                            "+4d90s, by: bob@contoso.com, do: consent, scopes: User.Read, logged: [ consent ]",
                            "+4d95s, by: cid@contoso.com, do: consent, scopes: [ offline_access, Files.ReadWrite ],"
                                    + " logged: [ consent ]",
                            "+1d7s, by: mallory, do: update-application, tenancy: multi, from: office",
                            "+1d23h, by: mallory, do: update-application, tenancy: single, from: office",
                            "+5d, by: mallory, do: add-delegated-grant, scopes: [ Mail.Read, offline_access ],"
                                    + " for: dan@contoso.com",
                            "+6d30s, by: admin, do: remove-delegated-grant, for: cid@contoso.com, unnamed: true,"
                                    + " was: [ Files.ReadWrite, Mail.Read ]",
                            "+7d, by: admin, do: remove-delegated-grant, for: ann",
                            "+4d97s, by: admin, do: consent, scopes: User.Read, for: everybody,"
                                    + " logged: [ consent, assignment ]",
                            "+3d, by: mallory, do: assign-directory-role, role: Global Administrator, from: office",
                            "+4d, by: mallory, do: assign-directory-role, role: User Administrator, scope: Berlin",
                            "+7d, by: admin, do: remove-directory-role, role: Global Administrator",
                            "+2d, by: mallory, do: change-redirect-uris, add: [ https://x.netlify.app/cb, http://a.example/ ]",
                            "+6d, by: admin, do: change-redirect-uris, remove: http://a.example/",
                            "+3d, by: mallory, do: update-application, name: Micros0ft Teams",
                            "+2d, by: mallory, do: declare-permissions, roles: Mail.Read, from: office",
                            "+2d12h, by: mallory, do: update-application, tenancy: multi, from: office",
                            "+2d13h, by: mallory, do: update-application, tenancy: single, from: office",
                            "+6d, by: { app: Robot }, do: assign-app-role, role: exchange-online/full_access_as_app",
                            "+6d5m, by: mallory, do: remove-app-role, role: exchange-online/full_access_as_app",
                            "+4d98s, by: admin, do: add-delegated-grant, scopes: Mail.Read, for: everybody",
                            "+4d2h, by: admin, do: add-delegated-grant, scopes: [ Mail.Read, Files.ReadWrite ], for: everybody",
                            "+4d3h, by: ann, do: consent, scopes: [ Mail.Send ], failure: risky",
                            "+5d12h, by: mallory, do: add-owner, owner: ann",
                            "+5d13h, by: mallory, do: add-federated-credential, issuer: 'https://token.example',"
                                    + " subject: 'repo:x'",
                            "+8d, by: admin, do: disable-service-principal",
                            "+9d, by: admin, do: enable-service-principal")
                            .stream())
            .toList();

    @Example
    void nearly_every_detection_finds_something_in_the_story() {
        // When
        List<String> silent = Catalogue.shipped().of(SubjectKind.APPLICATION).stream()
                .map(Detection::id)
                .filter(id -> Evaluations.of(id).on(STORY).findings().isEmpty())
                .toList();

        // Then
        assertThat(silent).isSubsetOf(ELSEWHERE);
    }

    @Property(tries = 150)
    void the_same_facts_in_any_order_with_any_duplicates_give_the_same_findings(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> shuffled = new ArrayList<>(STORY);
        STORY.stream().filter(fact -> random.nextBoolean()).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(STORY));
    }

    @Property(tries = 100)
    void copies_of_another_log_change_nothing_but_what_they_add_whatever_the_order(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> both = new ArrayList<>(STORY);
        STORY.stream()
                .filter(fact -> !Facts.is(fact, Operations.ACTOR_ADDRESS))
                .map(OrderIndependencePropertyTest::inOtherLog)
                .forEach(both::add);
        List<AppEvent> shuffled = new ArrayList<>(both);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(both));
        assertThat(evaluations.stream()
                        .map(OrderIndependencePropertyTest::anchors)
                        .toList())
                .isEqualTo(all(STORY).stream()
                        .map(OrderIndependencePropertyTest::anchors)
                        .toList());
    }

    @Property(tries = 100)
    void acts_at_one_moment_have_no_order(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> atOnce = STORY.stream()
                .map(fact -> Facts.is(fact, Operations.ACTOR_ADDRESS)
                        ? LineFacts.address("+0d, by: mallory, do: sign-in, from: outside")
                        : AppEvent.newBuilder(fact).setEventTime(START).build())
                .toList();
        List<AppEvent> shuffled = new ArrayList<>(atOnce);
        Collections.shuffle(shuffled, random);

        // When
        List<Evaluation> evaluations = all(shuffled);

        // Then
        assertThat(evaluations).isEqualTo(all(atOnce));
    }

    /** As the unified audit log tells it: another id, whole seconds, no address. */
    private static AppEvent inOtherLog(AppEvent fact) {
        return AppEvent.newBuilder(fact)
                .setEventId("copy of " + fact.getEventId())
                .setSource("m365-audit")
                .setEnvelope("unified-audit")
                .setEventTime(fact.getEventTime().truncatedTo(ChronoUnit.SECONDS))
                .setActor(Actor.newBuilder(fact.getActor()).clearIp().build())
                .build();
    }

    private static List<List<String>> anchors(Evaluation evaluation) {
        return evaluation.findings().stream().map(Finding::anchor).toList();
    }

    private static List<Evaluation> all(List<AppEvent> facts) {
        String banned = STORY.stream()
                .flatMap(fact -> fact.getAppId().stream())
                .findFirst()
                .orElseThrow();
        return Catalogue.shipped().of(SubjectKind.APPLICATION).stream()
                .map(detection -> Evaluations.of(detection.id()).banning(banned).on(facts))
                .toList();
    }
}
