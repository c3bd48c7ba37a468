package io.rolecall.ops;

import io.rolecall.ops.WorkProgress.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that the work stands still, once with what is behind it and what mends it, and that it goes on. */
final class StandstillLog {

    private static final Logger LOG = LoggerFactory.getLogger(StandstillLog.class);

    private final WorkProgress progress;
    private final LongSupplier restoring;
    private final Supplier<List<String>> obstacles;
    private boolean told;

    /**
     * Says it of this work.
     *
     * @param restoring records of changelogs still to be read: while there are some, the work waits for what it should wait for
     * @param obstacles asks what is behind it, each with its remedy; not asked for while all is well
     */
    StandstillLog(WorkProgress progress, LongSupplier restoring, Supplier<List<String>> obstacles) {
        this.progress = progress;
        this.restoring = restoring;
        this.obstacles = obstacles;
    }

    /** Looks, and says what is new; to be called by one thread. */
    void tell() {
        Optional<Trouble> trouble = progress.trouble();
        if (trouble.isEmpty()) {
            if (told) {
                LOG.atInfo().log("The work goes on");
            }
            told = false;
        } else if (!told && restoring.getAsLong() == 0) {
            told = true;
            LOG.atWarn()
                    .addKeyValue("reason", trouble.get().reason())
                    .addKeyValue("behindIt", obstacles.get())
                    .log(
                            "The work stands still; /readyz says so until it goes on. What to do: docs/operations.md#rolecallstandstill");
        }
    }
}
