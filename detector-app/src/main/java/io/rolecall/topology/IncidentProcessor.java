package io.rolecall.topology;

import io.rolecall.incident.PublicationRules;
import io.rolecall.schema.Incident;
import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.Supersession;
import io.rolecall.state.Counts;
import io.rolecall.state.IncidentStore;
import io.rolecall.state.Names;
import io.rolecall.state.StoreFormats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the alerts of each group and publishes its incident when that is due. */
final class IncidentProcessor
        extends OpenedProcessor<String, SpecificRecord, String, Routed, IncidentProcessor.Following> {

    private static final Logger LOG = LoggerFactory.getLogger(IncidentProcessor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final PublicationRules rules;

    IncidentProcessor(PublicationRules rules) {
        this.rules = rules;
    }

    /** What one task works with. */
    record Following(ProcessorContext<String, Routed> context, IncidentBook book, Counts counts, StoreFormats formats) {

        void publish(Incident incident, long timestamp) {
            context.forward(new Record<>(incident.getIncidentId(), new Routed.Published(incident), timestamp));
            book.superseding(incident).ifPresent(groupKey -> {
                Supersession word = new Supersession(incident.getIncidentId());
                context.forward(new Record<>(groupKey, new Routed.Superseding(word), timestamp));
            });
        }
    }

    @Override
    Following open(ProcessorContext<String, Routed> context) {
        StoreFormats formats = StoreFormats.compare(context, List.of(Names.INCIDENTS), List.of(Names.INCIDENT_COUNTS));
        Counts counts = new Counts(context.getStateStore(Names.INCIDENT_COUNTS));
        IncidentStore store = new IncidentStore(context.getStateStore(Names.INCIDENTS));
        Following task = new Following(context, new IncidentBook(store, counts, rules), counts, formats);
        every(context, INTERVAL, now -> tick(task, now));
        return task;
    }

    private static void tick(Following task, long now) {
        task.formats().write();
        task.book().lookAtDue(now, incident -> task.publish(incident, now));
        task.book().expire();
    }

    /** One bad alert stays one bad alert; trouble of Kafka or of a store is everybody's and ends the process. */
    @Override
    void process(Following task, Record<String, SpecificRecord> record) {
        task.formats().write();
        try {
            take(task, record).ifPresent(incident -> task.publish(incident, record.timestamp()));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(StackOnly.of(e))
                    .log("An alert cannot be taken into its incident, which stays as it is");
            LOG.atDebug().addKeyValue("group", record.key()).setCause(e).log("The group and the error");
            task.counts().add(Counts.ALERTS_FAILED, 1);
        }
    }

    private static Optional<Incident> take(Following task, Record<String, SpecificRecord> record) {
        long now = task.context().currentSystemTimeMs();
        return record.value() instanceof Supersession word
                ? task.book().supersedes(record.key(), word.getIncidentId(), now)
                : task.book().take((AlertExtract) record.value(), now);
    }
}
