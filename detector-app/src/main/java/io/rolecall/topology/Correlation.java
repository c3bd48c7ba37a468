package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.state.Counts;
import io.rolecall.state.Names;
import io.rolecall.state.PendingWork;
import io.rolecall.state.Retention;
import io.rolecall.state.StoreFormats;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.TaskClock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one task of the correlate step works with: its stores, its clock, and the ways out. */
record Correlation(
        ProcessorContext<String, Routed> context,
        SubjectStores stores,
        AlertBook book,
        PendingWork pending,
        TaskClock clock,
        Counts counts,
        Evaluator evaluator,
        StoreFormats formats,
        DetectorObserver observer) {

    private static final Logger LOG = LoggerFactory.getLogger(Correlation.class);

    static Correlation open(
            ProcessorContext<String, Routed> context,
            Evaluator.Rules rules,
            Retention retention,
            DetectorObserver observer) {
        StoreFormats formats = StoreFormats.compare(
                context,
                List.of(Names.HISTORY, Names.PROFILES, Names.ALERTS, Names.PENDING),
                List.of(Names.HISTORY_COUNTS));
        SubjectStores stores = SubjectStores.of(context);
        Counts counts = new Counts(context.getStateStore(Names.HISTORY_COUNTS));
        AlertBook book = new AlertBook(
                context.getStateStore(Names.ALERTS),
                context.getStateStore(Names.PENDING),
                rules.config().revisionInterval(),
                rules.policy().minimumSeverity());
        return new Correlation(
                context,
                stores,
                book,
                new PendingWork(context.getStateStore(Names.PENDING)),
                new TaskClock(counts, retention),
                counts,
                new Evaluator(rules, stores, book),
                formats,
                observer);
    }

    Evaluator.Moment moment(Interval focus) {
        return new Evaluator.Moment(focus, clock.historyHorizon(), context.currentSystemTimeMs());
    }

    /** Withdraws the alerts of a subject that has turned out to be another. */
    void supersede(Subject subject, String because, Record<String, AppEvent> record) {
        Instant at = record.value().getEventTime();
        Evaluator.Moment moment = moment(new Interval(at, at));
        stores.view(subject)
                .ifPresent(history -> publish(
                        evaluator.supersede(subject, because, history, moment), record.timestamp(), record.headers()));
    }

    /**
     * Sends revisions out.
     *
     * @param headers of the fact that brought them about; none when time did
     */
    void publish(List<Routed.Raised> revisions, long timestamp, Headers headers) {
        for (Routed.Raised revision : revisions) {
            Alert alert = revision.alert();
            context.forward(new Record<>(alert.getAlertId(), revision, timestamp, headers));
            if (alert.getRevision() == 1) {
                counts.add(Counts.RAISED + alert.getDetection() + " " + alert.getSeverity(), 1);
            }
            observer.alertPublished(alert);
        }
    }

    /** One bad fact stays one bad fact; trouble of Kafka or of a store is everybody's and ends the process. */
    void quarantine(String counter, String stage, RuntimeException error, Record<String, AppEvent> record) {
        if (error instanceof KafkaException) {
            throw error;
        }
        Containment.log(LOG, stage, record.value(), error);
        counts.add(counter, 1);
        context.forward(QuarantineRecords.failed(record.value(), stage, error, record.timestamp()));
    }
}
