package io.rolecall.sandbox;

import io.rolecall.sandbox.story.StoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a demo shows and how fast.
 *
 * @param story the story that is fed
 * @param pause before every act of an attack, so that it can be followed
 * @param day least time for a day of the story
 * @param directory where it has its temporary directory; empty for the system's own
 * @param keepRunning whether broker and service stay up until the process is ended
 * @param verbose whether every incident and every revision of the alerts is shown
 */
record DemoSettings(
        StoryOptions story,
        Duration pause,
        Duration day,
        Optional<Path> directory,
        boolean keepRunning,
        boolean verbose) {

    /** Enough background that the attacks are needles in hay, and little enough that a laptop is not kept busy. */
    private static final int NOISE_PER_DAY = 300;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final double LONGEST_NANOS = 3_600e9;
    private static final Duration DAY = Duration.ofMillis(300);

    /**
     * The whole month.
     *
     * @param speed how much faster than usual, above 0
     * @throws IllegalArgumentException when it is not
     */
    static DemoSettings of(double speed, boolean keepRunning, boolean verbose) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
        return new DemoSettings(
                StoryOptions.defaults().withNoisePerDay(NOISE_PER_DAY),
                slower(PAUSE, speed),
                slower(DAY, speed),
                Optional.empty(),
                keepRunning,
                verbose);
    }

    private static Duration slower(Duration usual, double speed) {
        return Duration.ofNanos((long) Math.min(usual.toNanos() / speed, LONGEST_NANOS));
    }
}
