package io.rolecall.topology;

import io.rolecall.state.Counts;
import io.rolecall.state.StoreFormats;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What one task of a step works with that keeps nothing but counters. */
record CountedTask(ProcessorContext<String, Routed> context, StoreFormats formats, Counts counts) {

    /** @param store name of the store of counters */
    static CountedTask of(ProcessorContext<String, Routed> context, String store) {
        return new CountedTask(
                context, StoreFormats.ofCounters(context, store), new Counts(context.getStateStore(store)));
    }
}
