package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OwnerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ActorNamesTest {

    private static AppEvent by(Actor actor) {
        return AppEvent.newBuilder()
                .setEventId("e")
                .setSource("entra-audit")
                .setEnvelope("x")
                .setOperation("update-application")
                .setRawOperation("Update application")
                .setEventTime(Instant.EPOCH)
                .setTenantId("t")
                .setOutcome("success")
                .setActor(actor)
                .setPosition("p")
                .build();
    }

    private static AppEvent owner(String id, String name) {
        AppEvent act = by(Actor.newBuilder().setType("unknown").build());
        act.setDetails(
                OwnerChange.newBuilder().setOwnerId(id).setOwnerName(name).build());
        return act;
    }

    private static Actor user(String id, String name) {
        return Actor.newBuilder().setType("user").setId(id).setName(name).build();
    }

    @Property(tries = 100)
    void names_that_facts_show_together_are_one_actors_in_any_order(@ForAll Random order) {
        // Given an owner known by id, a credential by the principal name, and acts that lead from one to the other
        List<AppEvent> facts = new ArrayList<>(List.of(
                owner("ID-1", "Mallory@contoso.com"),
                by(user("id-2", "mallory@contoso.com")),
                by(user("id-2", "mallory.new@contoso.com")),
                by(user("id-3", "eve@contoso.com")),
                owner("id-3", "Eve Display")));
        Collections.shuffle(facts, order);

        // When
        ActorNames names = ActorNames.of(facts);

        // Then
        assertThat(names.same(Set.of("id-1"), Set.of("mallory.new@contoso.com")))
                .isTrue();
        assertThat(names.same(Set.of("mallory.new@contoso.com"), Set.of("id-1")))
                .isTrue();
        assertThat(names.same(Set.of("id-1"), Set.of("eve@contoso.com"))).isFalse();
        assertThat(names.same(Set.of(), Set.of())).isFalse();
    }

    @Test
    void a_display_name_is_nobody() {
        // Given
        OwnerChange shown = OwnerChange.newBuilder()
                .setOwnerId("ID-3")
                .setOwnerName("Eve Display")
                .build();

        // When
        Set<String> names = ActorNames.of(shown);

        // Then
        assertThat(names).containsExactly("id-3");
    }
}
