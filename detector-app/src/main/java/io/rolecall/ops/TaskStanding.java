package io.rolecall.ops;

import io.rolecall.ops.WorkProgress.Input;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a task's progress.
 *
 * @param answered when it could last be asked
 * @param moved when something of its input was last processed, or nothing waited
 * @param input what the broker last said of its input
 */
record TaskStanding(Instant answered, Instant moved, Input input) {

    static TaskStanding begins(Instant now) {
        return new TaskStanding(now, now, new Input(0, 0));
    }

    TaskStanding answering(Instant now) {
        return new TaskStanding(now, moved, input);
    }

    /**
     * The broker has said something of its input.
     *
     * @param unheard how long the broker was silent before; negative when it was not
     */
    TaskStanding with(Input said, Instant now, Duration unheard) {
        boolean goesOn = said.unread() == 0 || said.read() != input.read();
        Instant last = unheard.isNegative() ? moved : moved.plus(unheard);
        return new TaskStanding(answered, goesOn ? now : last, said);
    }
}
