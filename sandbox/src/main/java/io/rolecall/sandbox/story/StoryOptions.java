package io.rolecall.sandbox.story;

import java.time.Instant;

/**
 * What a story depends on; equal options give equal bytes.
 *
 * @param days length in days, {@value #FEWEST_DAYS} to {@value #MOST_DAYS}; the script fills the first thirty, is compressed when
 *     there are fewer, and is followed by background alone when there are more
 * @param noisePerDay background events a day, 0 or more; the script's own come on top
 * @param seed decides ids, names, addresses and times
 * @param signInPercent share of sign-ins in the background, 0 to 100
 * @param all whether every detection fires: the scenes of the whole catalogue are played beside the three attacks
 * @param people how many people the background is of, {@value #FEWEST_PEOPLE} or more; the script is always of the first of them
 */
public record StoryOptions(int days, int noisePerDay, long seed, int signInPercent, boolean all, int people) {

    public static final int FEWEST_DAYS = 3;
    public static final int MOST_DAYS = 365;
    public static final int FEWEST_PEOPLE = 60;

    /** Midnight (UTC) of the first day. Fixed, so that a story is a function of its options. */
    static final Instant START = Instant.parse("2025-03-03T00:00:00Z");

    /** Days that the script was written for. */
    private static final int SCRIPT_DAYS = 30;

    /** @throws IllegalArgumentException when a value is out of range */
    public StoryOptions {
        if (days < FEWEST_DAYS || days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "days must be between " + FEWEST_DAYS + " and " + MOST_DAYS + ", not " + days);
        }
        if (noisePerDay < 0) {
            throw new IllegalArgumentException("noise per day must not be negative: " + noisePerDay);
        }
        if (signInPercent < 0 || signInPercent > 100) {
            throw new IllegalArgumentException("sign-in percent must be between 0 and 100, not " + signInPercent);
        }
        if (people < FEWEST_PEOPLE) {
            throw new IllegalArgumentException("people must not be fewer than " + FEWEST_PEOPLE + ": " + people);
        }
        if (all && days < SCRIPT_DAYS) {
            throw new IllegalArgumentException(
                    "the whole catalogue needs at least " + SCRIPT_DAYS + " days, not " + days);
        }
    }

    /** Thirty days with two thousand background events each, a little more than half of them sign-ins. */
    public static StoryOptions defaults() {
        return new StoryOptions(30, 2_000, 1, 55, false, FEWEST_PEOPLE);
    }

    public StoryOptions withDays(int value) {
        return new StoryOptions(value, noisePerDay, seed, signInPercent, all, people);
    }

    public StoryOptions withNoisePerDay(int value) {
        return new StoryOptions(days, value, seed, signInPercent, all, people);
    }

    public StoryOptions withSeed(long value) {
        return new StoryOptions(days, noisePerDay, value, signInPercent, all, people);
    }

    public StoryOptions withSignInPercent(int value) {
        return new StoryOptions(days, noisePerDay, seed, value, all, people);
    }

    /**
     * The same with the scenes of the whole catalogue, or without.
     *
     * @throws IllegalArgumentException when the story is too short for them
     */
    public StoryOptions withAll(boolean value) {
        return new StoryOptions(days, noisePerDay, seed, signInPercent, value, people);
    }

    public StoryOptions withPeople(int value) {
        return new StoryOptions(days, noisePerDay, seed, signInPercent, all, value);
    }

    /** Whether the script's days are drawn together. */
    boolean isCompressed() {
        return days < SCRIPT_DAYS;
    }

    /** Midnight of a day of the script, compressed when the story is shorter than the script. */
    Instant scriptDay(int day) {
        int compressed = isCompressed() ? day * days / SCRIPT_DAYS : day;
        return START.plusSeconds(86_400L * compressed);
    }
}
