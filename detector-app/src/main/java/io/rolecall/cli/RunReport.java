package io.rolecall.cli;

import io.rolecall.topology.Summary;
import java.io.PrintWriter;
import java.util.List;

/**
 * What was read in a run.
 *
 * @param files what became of the elements of each file, in the order read
 * @param notRead files and members of archives of other types
 * @param unreadable inputs that could not be read or not to their end, each with the cause
 */
record RunReport(List<FileCount> files, List<String> notRead, List<String> unreadable) {

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
    }

    /** Prints the counts by file and together, and what was not read. */
    void print(PrintWriter err, Summary total) {
        for (FileCount file : files) {
            err.println(file.name() + ": " + Counts.sentence(file.summary()));
        }
        printNotRead(err, "no log file");
        err.println("total of " + files.size() + (files.size() == 1 ? " file: " : " files: ") + Counts.sentence(total));
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
