package io.rolecall.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.Question;
import io.rolecall.detection.QuestionKind;
import io.rolecall.detection.Reply;
import io.rolecall.event.Subject;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.InquiryAnswer;
import io.rolecall.schema.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** What subjects ask of each other, as the stores keep it. */
class InquiryStoreTest {

    private static final String TENANT = "75243ab2-44f8-435c-a7a6-b479385df6d4";
    private static final Subject ASKER = Subject.application(TENANT, "aaaaaaaa-0000-0000-0000-000000000001");
    private static final Subject ASKED = Subject.application(TENANT, "aaaaaaaa-0000-0000-0000-000000000002");
    private static final Subject UNRESOLVED = Subject.unresolved(TENANT, "aaaaaaaa-0000-0000-0000-000000000003");
    private static final Question QUESTION = new Question(QuestionKind.ACTING_APPLICATION, ASKED, "");
    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");

    private final InquiryStore store = new InquiryStore(new EntryStore(memory()));

    private static KeyValueStore<Bytes, byte[]> memory() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("history"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<String, String>().getStateStoreContext(), store);
        return store;
    }

    private static AppEvent question(Subject by, Instant at) {
        AppEvent act = AppEvent.newBuilder()
                .setEventId("act " + at)
                .setSource("entra-audit")
                .setEnvelope("graph")
                .setOperation("add-owner-to-application")
                .setRawOperation("Add owner to application")
                .setEventTime(at)
                .setTenantId(TENANT)
                .setOutcome("success")
                .setActor(Actor.newBuilder().setType("application").build())
                .setPosition("test.ndjson:1/0")
                .build();
        return InquiryFacts.question(QUESTION, by, act);
    }

    private static AppEvent answer(Subject by, long number, String told) {
        return InquiryFacts.answer(
                question(ASKER, DAY),
                InquiryAnswer.newBuilder()
                        .setBy(by.key())
                        .setNumber(number)
                        .setKnown(!told.isEmpty())
                        .setTold(
                                told.isEmpty()
                                        ? List.of()
                                        : List.of(Told.newBuilder()
                                                .setName(told)
                                                .setSince(DAY.getEpochSecond())
                                                .build()))
                        .build());
    }

    @Property(tries = 200)
    void the_answer_with_the_largest_number_counts_whatever_came_when(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        List<AppEvent> answers = new ArrayList<>(List.of(
                answer(UNRESOLVED, 7, "unresolved"),
                answer(UNRESOLVED, 90, ""),
                answer(ASKED, 3, "first"),
                answer(ASKED, 5, ""),
                answer(ASKED, 8, "last")));
        answers.addAll(answers.subList(random.nextInt(5), 5));
        Collections.shuffle(answers, random);
        InquiryStore any = new InquiryStore(new EntryStore(memory()));

        // When
        answers.forEach(answer -> any.receive(ASKER, answer));

        // Then
        assertThat(any.answer(ASKER, QUESTION)).contains(answer(ASKED, 8, "last"));
    }

    @Example
    void an_answer_is_another_when_it_tells_another_thing() {
        assertThat(store.receive(ASKER, answer(ASKED, 1, ""))).isEqualTo(new InquiryStore.Received(true, false));
        assertThat(store.receive(ASKER, answer(ASKED, 2, "a"))).isEqualTo(new InquiryStore.Received(true, true));
        assertThat(store.receive(ASKER, answer(ASKED, 3, "a"))).isEqualTo(new InquiryStore.Received(true, false));
        assertThat(store.receive(ASKER, answer(ASKED, 3, "a"))).isEqualTo(new InquiryStore.Received(false, false));
        assertThat(store.receive(ASKER, answer(ASKED, 2, "b"))).isEqualTo(new InquiryStore.Received(false, false));
        assertThat(store.receive(ASKER, answer(ASKED, 4, ""))).isEqualTo(new InquiryStore.Received(true, true));
        assertThat(store.answer(ASKER, QUESTION).map(Reply::of)).contains(Reply.NOT_YET_KNOWN);
    }

    @Example
    void however_many_acts_of_a_day_ask_there_is_one_question() {
        // Given
        Instant later = DAY.plusSeconds(3_600);
        Instant nextDay = DAY.plusSeconds(86_400);

        // When, Then
        assertThat(store.ask(ASKED, question(ASKER, later))).isTrue();
        assertThat(store.ask(ASKED, question(ASKER, DAY))).isFalse();
        assertThat(store.ask(ASKED, question(ASKER, later.plusSeconds(1)))).isFalse();
        assertThat(store.ask(ASKED, question(ASKER, nextDay))).isTrue();
        assertThat(store.ask(ASKED, question(ASKER, DAY))).isFalse();
        assertThat(store.asked(ASKED, question(ASKER, DAY))).containsExactly(question(ASKER, nextDay));
        assertThat(store.told(ASKED)).hasSize(1);
    }

    @Example
    void what_acts_before_the_history_asked_is_forgotten() {
        // Given
        store.ask(ASKED, question(ASKER, DAY));
        store.ask(ASKED, question(UNRESOLVED, DAY.plusSeconds(86_400)));
        store.receive(ASKER, answer(ASKED, 1, "a"));

        // When
        store.expire(ASKED, DAY.plusSeconds(1));
        store.expire(ASKER, DAY.plusSeconds(1));

        // Then
        assertThat(store.asked(ASKED, question(ASKER, DAY))).hasSize(1);
        assertThat(store.isAsked(ASKED)).isTrue();
        assertThat(store.answer(ASKER, QUESTION)).isEmpty();

        // When
        store.expire(ASKED, DAY.plusSeconds(200_000));

        // Then
        assertThat(store.isAsked(ASKED)).isFalse();
    }
}
