package io.rolecall.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class OpenedProcessorTest {

    private static final Record<String, String> RECORD = new Record<>("key", "value", 0);

    private final List<List<String>> opened = new ArrayList<>();

    private final OpenedProcessor<String, String, String, String, List<String>> step = new OpenedProcessor<>() {
        @Override
        List<String> open(ProcessorContext<String, String> context) {
            opened.add(new ArrayList<>());
            return opened.get(0);
        }

        @Override
        void process(List<String> task, Record<String, String> record) {
            task.add(record.value());
        }
    };

    @Test
    void all_records_of_a_task_meet_what_was_opened_once() {
        // Given
        step.init(new MockProcessorContext<>());

        // When
        step.process(RECORD);
        step.process(RECORD);

        // Then
        assertThat(opened).containsExactly(List.of("value", "value"));
    }

    @Test
    void a_record_before_the_task_is_opened_is_an_error() {
        // Given
        var unopened = step;

        // When
        Throwable thrown = catchThrowable(() -> unopened.process(RECORD));

        // Then
        assertThat(thrown).isInstanceOf(IllegalStateException.class);
    }
}
