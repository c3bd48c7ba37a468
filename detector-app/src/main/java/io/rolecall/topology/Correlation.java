package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.detection.Question;
import io.rolecall.event.Subject;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.Counts;
import io.rolecall.state.MemoryNeeds;
import io.rolecall.state.Names;
import io.rolecall.state.PendingWork;
import io.rolecall.state.Retention;
import io.rolecall.state.StoreFormats;
import io.rolecall.state.SubjectStores;
import io.rolecall.state.SubjectWalk;
import io.rolecall.state.TaskClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** What one task of the correlate step works with: its stores, its clock, and the ways out. */
record Correlation(
        ProcessorContext<String, Routed> context,
        SubjectStores stores,
        AlertBook book,
        PendingWork pending,
        SubjectWalk walk,
        TaskClock clock,
        Counts counts,
        Evaluator evaluator,
        Inquiries inquiries,
        StoreFormats formats,
        DetectorObserver observer) {

    static Correlation open(
            ProcessorContext<String, Routed> context,
            Evaluator.Rules rules,
            Retention retention,
            Watermarks watermarks,
            DetectorObserver observer) {
        StoreFormats formats = StoreFormats.compare(
                context,
                List.of(Names.HISTORY, Names.PROFILES, Names.BASELINES, Names.USE_COUNTS, Names.ALERTS, Names.PENDING),
                List.of(Names.HISTORY_COUNTS));
        SubjectStores stores = SubjectStores.of(context, MemoryNeeds.of(rules.catalogue(), rules.policy()));
        Counts counts = new Counts(context.getStateStore(Names.HISTORY_COUNTS));
        KeyValueStore<Bytes, byte[]> pending = context.getStateStore(Names.PENDING);
        SubjectWalk walk = new SubjectWalk(pending, stores.profiles());
        AlertBook book = new AlertBook(
                context.getStateStore(Names.ALERTS),
                pending,
                rules.config().revisionInterval(),
                rules.config().evidenceInterval(),
                rules.policy().minimumSeverity());
        book.beginWith(formats, context::currentSystemTimeMs);
        return new Correlation(
                context,
                stores,
                book,
                new PendingWork(pending),
                walk,
                new TaskClock(watermarks.ofHistory(pending), retention),
                counts,
                new Evaluator(rules, stores, book, walk),
                new Inquiries(
                        context,
                        stores,
                        counts,
                        rules.policy(),
                        retention,
                        new Questions(rules.catalogue(), rules.policy()).any()),
                formats,
                observer);
    }

    Evaluator.Moment moment(Interval focus) {
        Instant horizon = clock.historyHorizon();
        return new Evaluator.Moment(focus, horizon, horizon, context.currentSystemTimeMs());
    }

    /** The steps before have read on: it may be time to expire. */
    void progress(SourceProgress progress) {
        if (clock.take(progress)) {
            stores.expire(clock);
        }
        tellClock();
    }

    /** Where the clock stands, for whoever watches. */
    void tellClock() {
        observer.watermarkStands(context.taskId().partition(), clock.standing());
    }

    /** Topics may have come or gone. */
    void refreshClock() {
        Instant before = clock.time();
        if (clock.refresh()) {
            stores.expire(clock);
        }
        if (!clock.time().equals(before)) {
            tellClock();
        }
    }

    /** Withdraws the alerts of a subject that has turned out to be another, and what it told those who asked it. */
    void supersede(Subject subject, String because, Record<String, AppEvent> record) {
        Instant at = record.value().getEventTime();
        Evaluator.Moment moment = moment(new Interval(at, at));
        stores.view(subject)
                .ifPresent(history -> publish(
                        evaluator.supersede(subject, because, history, moment), record.timestamp(), record.headers()));
        inquiries.leave(subject, record.timestamp());
    }

    /**
     * Sends revisions out.
     *
     * @param headers of the fact that brought them about; none when time did
     */
    void publish(List<Routed.Raised> revisions, long timestamp, Headers headers) {
        for (Routed.Raised revision : revisions) {
            Alert alert = revision.alert();
            counts.add(Counts.REVISIONS, 1);
            context.forward(new Record<>(alert.getAlertId(), revision, timestamp, headers));
            if (alert.getRevision() == 1) {
                counts.add(Counts.RAISED + alert.getDetection() + " " + alert.getSeverity(), 1);
            }
            observer.alertPublished(alert);
        }
    }

    /** Sends on what an evaluation asked of other subjects, each question once for the events of a day. */
    void ask(Subject subject, Map<Question, AppEvent> wanted, long timestamp) {
        wanted.forEach((question, act) -> {
            if (stores.inquiries().isToBeAsked(subject, question, act)) {
                context.forward(Questions.record(question, subject, act).withTimestamp(timestamp));
            }
        });
    }

    /** One bad fact stays one bad fact; trouble of Kafka or of a store is everybody's and ends the process. */
    void quarantine(String counter, String stage, RuntimeException error, Record<String, AppEvent> record) {
        if (error instanceof KafkaException) {
            throw error;
        }
        counts.add(counter, 1);
        context.forward(QuarantineRecords.failed(record.value(), stage, error, record.timestamp()));
    }
}
