package io.rolecall.topology;

import io.rolecall.schema.AppEvent;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one bad event one bad event: what fails on it goes to the quarantine, and the next one lives. Trouble of Kafka, of a store
 * or of the registry is everybody's, and is thrown on: it ends the process.
 */
final class StepFailures {

    private static final Logger LOG = LoggerFactory.getLogger(StepFailures.class);

    private StepFailures() {}

    /**
     * Runs a step on one event.
     *
     * @param stage where in the topology, for the quarantine's header
     */
    static void run(
            ProcessorContext<String, Routed> context, String stage, AppEvent event, long timestamp, Runnable step) {
        try {
            step.run();
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            log(LOG, stage, event, e);
            context.forward(QuarantineRecords.failed(event, stage, e, timestamp));
        }
    }

    /** Logs what failed where, and leaves to the quarantine what the error says: it may quote the event. */
    static void log(Logger log, String stage, AppEvent event, RuntimeException error) {
        log.atError()
                .addKeyValue("stage", stage)
                .addKeyValue("position", event.getPosition())
                .setCause(StackOnly.of(error))
                .log("Processing failed; the element is in the quarantine");
    }
}
