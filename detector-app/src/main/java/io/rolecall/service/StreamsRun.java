package io.rolecall.service;

import io.rolecall.ops.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the Kafka Streams application, from start to end, with what ended it. */
final class StreamsRun {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRun.class);

    /** Below the 30 s that Kubernetes grants by default before it kills. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final BrokerChecks checks;
    private final Health health;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch runningOrEnded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    StreamsRun(KafkaStreams streams, BrokerChecks checks, Health health) {
        this.streams = streams;
        this.checks = checks;
        this.health = health;
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setStateListener(this::changed);
    }

    KafkaStreams streams() {
        return streams;
    }

    /** Returns when the global store is read; what goes wrong is thrown on after everything is closed. */
    void start() {
        try {
            streams.start();
        } catch (RuntimeException e) {
            failed(e);
            close();
            throw e;
        }
    }

    boolean awaitRunning(Duration atMost) throws InterruptedException {
        boolean settled = runningOrEnded.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended.getCount() == 0) {
            throwFailure();
            return false;
        }
        return settled;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
        throwFailure();
    }

    void close() {
        boolean stopped = streams.close(
                CloseOptions.timeout(STOP_WITHIN).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped) {
            LOG.atWarn()
                    .addKeyValue("seconds", STOP_WITHIN.toSeconds())
                    .log("Did not stop in time; what was not committed is done again at the next start");
        }
        end();
    }

    private void end() {
        ended.countDown();
        runningOrEnded.countDown();
    }

    /** Kafka Streams retries by itself what may pass; what comes here does not, and another thread would meet it again. */
    private StreamThreadExceptionResponse failed(Throwable error) {
        if (failure.compareAndSet(null, error)) {
            health.failed(checks.message(error));
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void changed(KafkaStreams.State now, KafkaStreams.State before) {
        health.onChange(now, before);
        LOG.atInfo().addKeyValue("state", now).addKeyValue("before", before).log("State changed");
        if (now == KafkaStreams.State.RUNNING) {
            if (runningOrEnded.getCount() > 0) {
                inBackground(this::checkInternalTopics);
            }
            runningOrEnded.countDown();
        } else if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            end();
        }
    }

    /** Not to be asked by a thread of Kafka Streams, which would wait for the broker meanwhile. */
    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "rolecall-broker-checks");
        thread.setDaemon(true);
        thread.start();
    }

    /** They did not exist before; without a right on them the service would run, and fill the disks of the brokers. */
    private void checkInternalTopics() {
        checks.missingOnInternalTopics().ifPresent(message -> {
            failed(new ServiceFailedException(message, null));
            close();
        });
    }

    private void throwFailure() {
        Throwable error = failure.get();
        if (error instanceof ServiceFailedException known) {
            throw known;
        }
        if (error != null) {
            throw new ServiceFailedException(message(error), error);
        }
    }

    private String message(Throwable error) {
        return checks.refusal(error).orElseGet(() -> checks.message(error));
    }
}
