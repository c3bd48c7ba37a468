package io.rolecall.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of the partitions of a plan, for gathering on several machines.
 *
 * @param index which share, from 1
 * @param count how many shares there are, from 1
 */
public record Shard(int index, int count) {

    /** Everything. */
    public static final Shard WHOLE = new Shard(1, 1);

    /** As many as anybody has machines. */
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,3})/([1-9]\\d{0,3})");

    /**
     * Reads {@code i/n}.
     *
     * @throws IllegalArgumentException when it is none, or i is larger than n
     */
    public static Shard parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
            if (shard.index <= shard.count) {
                return shard;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no share; allowed: i/n with i from 1 to n, for example 2/3");
    }

    /** Whether the share has the partition of this place in the plan, from 0. */
    boolean takes(int place) {
        return place % count == index - 1;
    }

    boolean isFirst() {
        return index == 1;
    }

    public boolean isWhole() {
        return count == 1;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
