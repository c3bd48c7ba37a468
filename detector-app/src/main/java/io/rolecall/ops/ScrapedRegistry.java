package io.rolecall.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A registry from which meters may be removed while it is scraped. Micrometer's own answers such a scrape with an exception: of a meter
 * that is removed and made anew, as those of Kafka's metrics are when a task comes, it reads the old one and the new one, which are
 * duplicates.
 */
final class ScrapedRegistry extends PrometheusMeterRegistry {

    ScrapedRegistry() {
        super(PrometheusConfig.DEFAULT);
    }

    @Override
    public synchronized String scrape() {
        return super.scrape();
    }

    @Override
    public synchronized @Nullable Meter remove(Meter.Id id) {
        return super.remove(id);
    }
}
