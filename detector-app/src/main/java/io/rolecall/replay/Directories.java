package io.rolecall.replay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a directory needs beside its files. */
final class Directories {

    private Directories() {}

    /** Makes new names last: a file that is synced may still lose its name. */
    static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system opens directories; those that do not keep names with the files.
        }
    }
}
