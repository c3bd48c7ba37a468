package io.rolecall.service;

import io.rolecall.ops.Health;
import io.rolecall.ops.StopBound;
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

    private static final StopBound.Step STREAMS = new StopBound.Step(
            "the streams",
            "what they had not committed is done again at the next start, and their tasks move on when the session of their"
                    + " consumers has timed out",
            Duration.ofSeconds(4));

    private final KafkaStreams streams;
    private final BrokerChecks checks;
    private final Health health;
    private final StopBound bound;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch runningOrEnded = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    StreamsRun(KafkaStreams streams, BrokerChecks checks, Health health, StopBound bound) {
        this.streams = streams;
        this.checks = checks;
        this.health = health;
        this.bound = bound;
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

    /** Returns when the streams have ended, or their share of the bound is over. Once it is over, closing again waits for nothing. */
    void close() {
        bound.call(
                STREAMS,
                () -> streams.close(CloseOptions.timeout(bound.left(STREAMS.reserved()))
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)));
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
            inBackground(this::endInTime);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What failed ends by itself; where a thread of it hangs, whoever waits for the end is not kept longer than by any other stop. */
    private void endInTime() {
        bound.begin();
        try {
            if (!ended.await(bound.left(STREAMS.reserved()).toNanos(), TimeUnit.NANOSECONDS)) {
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    /** Not to be done by a thread of Kafka Streams, which would wait meanwhile. */
    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "rolecall-background");
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
