package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Keeps one bad event one bad event: what fails on it goes to the quarantine, and the next one lives. Trouble of Kafka, of a store
 * or of the registry is everybody's, and is thrown on: it ends the process.
 */
final class StepFailures {

    private StepFailures() {}

    /**
     * Runs a step on one event.
     *
     * @param stage where in the topology, for the quarantine's header
     */
    static void run(
            ProcessorContext<String, Routed> context, String stage, AppEvent event, long timestamp, Runnable step) {
        run(context, stage, () -> event, timestamp, step);
    }

    /** As above; the event is made only when the step fails. */
    static void run(
            ProcessorContext<String, Routed> context,
            String stage,
            Supplier<AppEvent> event,
            long timestamp,
            Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            context.forward(QuarantineRecords.failed(event.get(), stage, e, timestamp));
        }
    }
}
