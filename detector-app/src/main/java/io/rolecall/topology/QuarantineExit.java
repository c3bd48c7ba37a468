package io.rolecall.topology;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The way from a step to the quarantine's topic. Whatever goes there comes by, so this is where it is noticed. */
final class QuarantineExit extends OpenedProcessor<String, Routed, String, byte[], ProcessorContext<String, byte[]>> {

    private final QuarantineNotices notices;

    /** @param notices told of every element, by all tasks of the process */
    QuarantineExit(QuarantineNotices notices) {
        this.notices = notices;
    }

    @Override
    ProcessorContext<String, byte[]> open(ProcessorContext<String, byte[]> context) {
        return context;
    }

    @Override
    void process(ProcessorContext<String, byte[]> context, Record<String, Routed> record) {
        if (record.value() instanceof Routed.Quarantine element) {
            long now = context.currentSystemTimeMs();
            // An entry of the network table is told of where it is refused, at every start; it comes by here once.
            if (!element.stage().equals(QuarantineRemedies.NETWORKS)) {
                notices.add(element, now);
            }
            notices.tell(now);
            context.forward(record.withValue(element.rejected().element()));
        }
    }

    @Override
    void close(ProcessorContext<String, byte[]> context) {
        notices.tellRest();
    }
}
