package io.rolecall.state;

import io.rolecall.schema.state.DayBits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sets of UTC days as bits relative to the epoch, so that they merge in any order; only blocks with days are stored, so that a time
 * far off costs no more than another.
 */
final class DayBlocks {

    private static final int DAYS_A_BLOCK = 32;

    private DayBlocks() {}

    /** With one more day; the same list when it is there already. */
    static List<DayBits> with(List<DayBits> blocks, long day) {
        int block = (int) Math.floorDiv(day, DAYS_A_BLOCK);
        int bit = 1 << Math.floorMod(day, DAYS_A_BLOCK);
        List<DayBits> changed = new ArrayList<>(blocks);
        int at = 0;
        while (at < changed.size() && changed.get(at).getBlock() < block) {
            at++;
        }
        if (at == changed.size() || changed.get(at).getBlock() > block) {
            changed.add(at, new DayBits(block, bit));
            return changed;
        }
        int known = changed.get(at).getDays();
        if ((known & bit) != 0) {
            return blocks;
        }
        changed.set(at, new DayBits(block, known | bit));
        return changed;
    }

    static boolean has(List<DayBits> blocks, long day) {
        int block = (int) Math.floorDiv(day, DAYS_A_BLOCK);
        int bit = 1 << Math.floorMod(day, DAYS_A_BLOCK);
        for (DayBits known : blocks) {
            if (known.getBlock() == block) {
                return (known.getDays() & bit) != 0;
            }
        }
        return false;
    }

    /** Without the days before one; the same list when there are none. */
    static List<DayBits> from(List<DayBits> blocks, long day) {
        int block = (int) Math.floorDiv(day, DAYS_A_BLOCK);
        int kept = -1 << Math.floorMod(day, DAYS_A_BLOCK);
        List<DayBits> changed = new ArrayList<>();
        for (DayBits known : blocks) {
            int days =
                    known.getBlock() < block ? 0 : known.getBlock() > block ? known.getDays() : known.getDays() & kept;
            if (days != 0) {
                changed.add(new DayBits(known.getBlock(), days));
            }
        }
        return changed.equals(blocks) ? blocks : changed;
    }

    static SortedSet<LocalDate> dates(List<DayBits> blocks) {
        SortedSet<LocalDate> dates = new TreeSet<>();
        for (DayBits block : blocks) {
            for (int bit = 0; bit < DAYS_A_BLOCK; bit++) {
                if ((block.getDays() >>> bit & 1) != 0) {
                    dates.add(LocalDate.ofEpochDay((long) block.getBlock() * DAYS_A_BLOCK + bit));
                }
            }
        }
        return dates;
    }
}
