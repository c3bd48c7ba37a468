package io.rolecall.cli;

/** Exit codes of the commands (contract section 2). */
public final class ExitCode {

    public static final int DONE = 0;
    /** {@code --fail-on}, {@code --fail-on-diff} or {@code detections test} found something, or {@code explain} knows nothing of what was asked. */
    public static final int FOUND = 1;

    public static final int WRONG_USAGE = 2;
    public static final int BAD_CONFIGURATION = 3;
    /** An input could not be read, while the others still were; or {@code scan} found no element in any. */
    public static final int UNREADABLE_INPUT = 4;

    /** It failed while running, or did not stop cleanly. */
    public static final int FAILED = 5;

    private ExitCode() {}
}
