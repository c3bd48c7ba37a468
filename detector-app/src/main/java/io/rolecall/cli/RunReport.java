package io.rolecall.cli;

import io.rolecall.inprocess.Summary;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was read in a run.
 *
 * @param files what became of the elements of each file, in the order read
 * @param notRead files and members of archives of other types
 * @param unreadable inputs that could not be read or not to their end, each with the cause
 * @param undecidedDates files with local dates whose order nothing decided
 */
record RunReport(List<FileCount> files, List<String> notRead, List<String> unreadable, List<String> undecidedDates) {

    /**
     * Elements of one file.
     *
     * @param name name as the user knows it
     * @param summary its share of the counts
     */
    record FileCount(String name, Summary summary) {}

    RunReport {
        files = List.copyOf(files);
        notRead = List.copyOf(notRead);
        unreadable = List.copyOf(unreadable);
        undecidedDates = List.copyOf(undecidedDates);
    }

    /** Prints the counts by file, which add up to the total, and what was not read. */
    void print(PrintWriter err, Summary total) {
        for (FileCount file : addingUpTo(total)) {
            err.println(file.name() + ": " + Sums.sentence(file.summary()));
        }
        printNotRead(err, "no log file");
        undecidedDates.forEach(name -> err.println("warning: " + name
                + ": nothing in it tells whether dates like 05/06/2026 have the day or the month first; read month first"
                + " (--date-order day-first or month-first decides)"));
        if (!undecidedDates.isEmpty()) {
            err.println("dates of undecided order: " + undecidedDates.size()
                    + (undecidedDates.size() == 1 ? " file" : " files") + ", read month first");
        }
        err.println("total of " + files.size() + (files.size() == 1 ? " file: " : " files: ") + Sums.sentence(total));
    }

    /**
     * The counts by file with what came to light only after the last file: acts that had to wait for what names their application
     * and then turned out to repeat others. They are told of the last files.
     */
    private List<FileCount> addingUpTo(Summary total) {
        long late = total.duplicate()
                - files.stream().mapToLong(file -> file.summary().duplicate()).sum();
        Deque<FileCount> adding = new ArrayDeque<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            Summary summary = files.get(i).summary();
            long more = Math.max(0, Math.min(late, summary.decoded()));
            late -= more;
            adding.addFirst(new FileCount(files.get(i).name(), Sums.withDuplicates(summary, more)));
        }
        return List.copyOf(adding);
    }

    /**
     * Prints what was not read.
     *
     * @param otherwise why a file of another type was not
     */
    void printNotRead(PrintWriter err, String otherwise) {
        notRead.forEach(name -> err.println(name + ": not read (" + otherwise + ")"));
        unreadable.forEach(trouble -> err.println(trouble + ": could not be read"));
    }

    /** The exit code as far as reading goes. */
    int exitCode() {
        return unreadable.isEmpty() ? ExitCode.DONE : ExitCode.UNREADABLE_INPUT;
    }
}
