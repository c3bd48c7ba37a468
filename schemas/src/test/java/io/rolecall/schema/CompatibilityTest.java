package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The check itself: it must refuse what would break a reader, and nothing else. */
class CompatibilityTest {

    private static final String ID = "{'name':'id','type':'string'}";
    private static final String REQUIRED = "{'name':'when','type':'long'}";
    private static final String OPTIONAL = "{'name':'note','type':['null','string'],'default':null}";
    private static final String NANOS =
            "{'name':'when','type':['null',{'type':'long','logicalType':'timestamp-nanos'}],'default':null}";
    private static final String MICROS =
            "{'name':'when','type':['null',{'type':'long','logicalType':'timestamp-micros'}],'default':null}";

    @Test
    void a_removed_required_field_is_refused_for_a_topic() {
        // Given
        Schema released = fact(ID, REQUIRED);
        Schema current = fact(ID);

        // When
        List<String> problems = Compatibility.FULL.problems(current, released);

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("new records with the old schema", "READER_FIELD_MISSING_DEFAULT_VALUE", "when");
    }

    @Test
    void a_removed_required_field_of_a_released_event_is_refused() {
        // Given
        Schema released = AppEvent.getClassSchema();
        Schema current = without(released, "eventTime");

        // When
        List<String> problems = Compatibility.FULL.problems(current, released);

        // Then
        assertThat(problems).singleElement().asString().contains("eventTime");
    }

    @Test
    void an_added_required_field_is_refused_for_state() {
        // Given
        Schema released = fact(ID);
        Schema current = fact(ID, REQUIRED);

        // When
        List<String> problems = Compatibility.BACKWARD.problems(current, released);

        // Then
        assertThat(problems).singleElement().asString().contains("old records with the new schema", "when");
    }

    @Test
    void a_field_of_another_type_is_refused_in_both_directions() {
        // Given
        Schema released = fact(REQUIRED);
        Schema current = fact("{'name':'when','type':'string'}");

        // When
        List<String> problems = Compatibility.FULL.problems(current, released);

        // Then
        assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("TYPE_MISMATCH"));
    }

    @Test
    void a_change_of_the_unit_of_time_is_refused_although_avro_would_allow_it() {
        // Given
        Schema released = fact(NANOS);
        Schema current = fact(MICROS);

        // When
        List<String> problems = Compatibility.BACKWARD.problems(current, released);

        // Then
        assertThat(problems)
                .containsExactly("logical type of test.Fact.when: was [timestamp-nanos], is [timestamp-micros]");
    }

    @Test
    void a_new_branch_of_a_union_is_refused_for_a_topic_because_old_readers_stumble() {
        // Given
        Schema released = fact("{'name':'details','type':['null','string'],'default':null}");
        Schema current = fact("{'name':'details','type':['null','string','long'],'default':null}");

        // When
        List<String> problems = Compatibility.FULL.problems(current, released);

        // Then
        assertThat(problems).singleElement().asString().contains("MISSING_UNION_BRANCH");
    }

    @Test
    void an_added_and_a_removed_optional_field_are_allowed() {
        // Given
        Schema released = fact(ID, OPTIONAL);
        Schema current = fact(ID, NANOS);

        // When
        List<String> problems = Compatibility.FULL.problems(current, released);

        // Then
        assertThat(problems).isEmpty();
    }

    private static Schema fact(String... fields) {
        String json = "{'type':'record','namespace':'test','name':'Fact','fields':[" + String.join(",", fields) + "]}";
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    private static Schema without(Schema record, String field) {
        List<Schema.Field> left = record.getFields().stream()
                .filter(candidate -> !candidate.name().equals(field))
                .map(candidate -> new Schema.Field(candidate, candidate.schema()))
                .toList();
        return Schema.createRecord(record.getName(), record.getDoc(), record.getNamespace(), false, left);
    }
}
