package io.rolecall.topology;

import io.rolecall.detection.Interval;
import io.rolecall.event.Subject;
import io.rolecall.state.Counts;
import io.rolecall.state.PutOff;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What time brings about, once a second of wall clock: evaluations that were put off, and revisions that were held back. */
final class CorrelationTick {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CorrelationTick.class);

    private static final int MOST_SUBJECTS = 1_000;

    /** Of a walk over all subjects, however many evaluations were put off. */
    private static final int SMALLEST_SLICE = 250;

    private final Correlation task;
    private final NetworkTable networks;
    private final QuarantineNotices notices;

    CorrelationTick(Correlation task, NetworkTable networks, QuarantineNotices notices) {
        this.task = task;
        this.networks = networks;
        this.notices = notices;
    }

    void run(long nowMillis) {
        task.formats().write();
        task.refreshClock();
        Map<Subject, PutOff> putOff = task.pending().take(MOST_SUBJECTS);
        putOff.forEach((subject, waiting) -> evaluate(subject, waiting, nowMillis));
        task.walk().follow(networks.table().version());
        task.walk()
                .step(
                        Math.max(MOST_SUBJECTS - putOff.size(), SMALLEST_SLICE),
                        subject -> evaluate(subject, PutOff.ofAll(Interval.ALL), nowMillis));
        task.publish(task.book().emitDue(nowMillis), nowMillis, new RecordHeaders());
        quarantineNetworks(nowMillis);
        notices.tell(nowMillis);
    }

    private void evaluate(Subject subject, PutOff waiting, long nowMillis) {
        Evaluator.Outcome outcome = task.evaluator().after(subject, waiting.operations(), task.moment(waiting.focus()));
        outcome.unread().forEach(unread -> task.pending().putOff(subject, new PutOff(unread, waiting.operations())));
        task.ask(subject, outcome.wanted(), nowMillis);
        task.publish(outcome.revisions(), nowMillis, new RecordHeaders());
        outcome.failures().forEach(error -> failed(subject, error));
        try {
            task.inquiries().update(subject, nowMillis);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(subject, e);
        }
    }

    private void failed(Subject subject, RuntimeException error) {
        LOG.atError()
                .addKeyValue("subject", subject.kind())
                .setCause(StackOnly.of(error))
                .log("A history cannot be evaluated again; its alerts stay as they are");
        LOG.atDebug().addKeyValue("subject", subject.key()).setCause(error).log("The history and the error");
        task.counts().add(Counts.EVALUATIONS_FAILED, 1);
    }

    /** Every instance reads the whole network topic: what is wrong with it is told once, by the first task. */
    private void quarantineNetworks(long nowMillis) {
        if (task.context().taskId().partition() == 0) {
            networks.refused().stream()
                    .filter(entry -> task.pending().isFirst(entry.position()))
                    .forEach(entry -> task.context()
                            .forward(QuarantineRecords.of(entry, QuarantineRemedies.NETWORKS, nowMillis)));
        }
    }
}
