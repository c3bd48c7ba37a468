package io.rolecall.sandbox;

import io.rolecall.cli.Console;
import java.io.PrintWriter;
import java.util.List;

/**
 * The terminal of a demo: results on standard output, what is going on on standard error. On a terminal one line at the bottom
 * moves with the progress. Safe for use by several threads.
 */
final class DemoScreen {

    private static final String CLEAR = "\r\u001b[2K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean live;
    private String moving = "";

    DemoScreen(Console console) {
        this.out = console.out();
        this.err = console.err();
        this.live = console.errIsTerminal();
    }

    /** Results. */
    synchronized void show(List<String> lines) {
        clear();
        lines.forEach(out::println);
        out.flush();
        draw();
    }

    /** A line of what is going on. */
    synchronized void tell(String line) {
        clear();
        err.println(line);
        draw();
    }

    /** Moves the progress; without a terminal nobody sees it. */
    synchronized void progress(String line) {
        if (live) {
            clear();
            moving = line;
            draw();
        }
    }

    /** Takes the moving line away. */
    synchronized void endProgress() {
        clear();
        moving = "";
    }

    private void clear() {
        if (!moving.isEmpty()) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private void draw() {
        err.print(moving);
        err.flush();
    }
}
