package io.rolecall.topology;

import io.rolecall.schema.SourceMark;
import io.rolecall.schema.SourceProgress;
import io.rolecall.state.Counts;
import io.rolecall.state.EventDays;
import io.rolecall.state.SourceTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far one decode task has read its partitions of raw logs: of each the largest event time decoded, which is kept in the store of
 * counters, and whether it is read to its end and quiet.
 */
final class ReadingProgress {

    /**
     * A partition that is written to all the time is hardly ever seen at its very end: one that was, so lately, is taken to be still
     * there.
     */
    private static final Duration END_REMEMBERED = Duration.ofMinutes(1);

    /** A step behind that has moved to another instance does not know any more which partitions are quiet. */
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final String READ_UP_TO = "read-up-to ";

    private final String application;
    private final Sources sources;
    private final Counts counts;
    private final Duration idleAfter;
    private final int partition;
    private final Map<String, Reading> readings = new HashMap<>();
    private final Map<String, SourceTopic> topics = new HashMap<>();
    private List<SourceMark> told = List.of();
    private long toldAtMillis;

    /** What is remembered of one topic's partition since it was first seen by the task. */
    private static final class Reading {
        private final String topicId;
        private long lastOffset = -1;
        private long lastEventMillis;
        private long lastAtEndMillis;

        Reading(String topicId, long nowMillis) {
            this.topicId = topicId;
            this.lastEventMillis = nowMillis;
            this.lastAtEndMillis = Long.MIN_VALUE / 2;
        }
    }

    /**
     * Of one task.
     *
     * @param application id of the application
     * @param partition the number that its partitions have
     * @param idleAfter how long one at its end must have been quiet to hold nothing back
     */
    ReadingProgress(
            String application, Sources sources, Counts counts, Duration idleAfter, int partition, long openedMillis) {
        this.application = application;
        this.sources = sources;
        this.counts = counts;
        this.idleAfter = idleAfter;
        this.partition = partition;
        sources.opened(sources.rawLogs(), partition);
        look();
        topics.values().forEach(topic -> reading(topic, openedMillis));
    }

    /**
     * A record has been processed.
     *
     * @param newest largest event time decoded from it; empty when nothing was decoded
     */
    void read(String topic, long offset, Optional<Instant> newest, long nowMillis) {
        SourceTopic known = topics.get(topic);
        if (known == null) {
            look();
            known = topics.get(topic);
        }
        if (known == null) {
            return; // the brokers have not been asked
        }
        Reading reading = reading(known, nowMillis);
        reading.lastOffset = offset;
        if (newest.isPresent()) {
            reading.lastEventMillis = nowMillis;
            advance(known, newest.orElseThrow());
        }
    }

    /** Which topics there are is looked up now and then, and not at every record. */
    private void look() {
        topics.clear();
        sources.rawLogs().forEach(topic -> topics.put(topic.name(), topic));
    }

    private void advance(SourceTopic topic, Instant newest) {
        long nanos = EventDays.nanos(newest);
        if (readUpTo(topic).filter(known -> nanos <= known).isEmpty()) {
            counts.set(counter(topic), nanos);
        }
    }

    /** The marks, if they are others than those told before, or these were told long ago. To be called by the stream thread. */
    Optional<SourceProgress> news(long nowMillis) {
        look();
        List<SourceMark> marks = new ArrayList<>();
        for (SourceTopic topic : topics.values()) {
            if (partition < topic.partitions()) {
                marks.add(mark(topic, nowMillis));
            }
        }
        marks.sort(Comparator.comparing(SourceMark::getTopic));
        boolean again = nowMillis - toldAtMillis >= TOLD_AGAIN_AFTER.toMillis();
        if (marks.isEmpty() || (marks.equals(told) && !again)) {
            return Optional.empty();
        }
        told = marks;
        toldAtMillis = nowMillis;
        return Optional.of(new SourceProgress(application, marks));
    }

    private SourceMark mark(SourceTopic topic, long nowMillis) {
        return SourceMark.newBuilder()
                .setTopic(topic.name())
                .setTopicId(topic.id())
                .setPartition(partition)
                .setReadUpTo(readUpTo(topic).orElse(null))
                .setHolds(!isIdle(topic, nowMillis))
                .build();
    }

    private boolean isIdle(SourceTopic topic, long nowMillis) {
        Reading reading = reading(topic, nowMillis);
        if (sources.isReadToEnd(topic, partition, reading.lastOffset)) {
            reading.lastAtEndMillis = nowMillis;
        }
        return nowMillis - reading.lastAtEndMillis <= END_REMEMBERED.toMillis()
                && nowMillis - reading.lastEventMillis >= idleAfter.toMillis();
    }

    /** Nanoseconds since the epoch. */
    private Optional<Long> readUpTo(SourceTopic topic) {
        return counts.find(counter(topic));
    }

    /** By the id: a topic that was deleted and made anew begins anew. */
    private String counter(SourceTopic topic) {
        return READ_UP_TO + topic.name() + " " + topic.id();
    }

    private Reading reading(SourceTopic topic, long nowMillis) {
        Reading reading = readings.get(topic.name());
        if (reading == null || !reading.topicId.equals(topic.id())) {
            reading = new Reading(topic.id(), nowMillis);
            readings.put(topic.name(), reading);
        }
        return reading;
    }
}
