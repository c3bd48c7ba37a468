package io.rolecall.config;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** Why a file could not be read, in words for people. */
public final class FileErrors {

    private FileErrors() {}

    /** What went wrong, in words for a terminal. */
    public static String cause(Throwable error) {
        if (error instanceof EOFException) {
            return "the file breaks off";
        }
        if (error instanceof NoSuchFileException) {
            return "no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (error instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "something of that name is in the way";
        }
        if (error instanceof NotDirectoryException) {
            return "it is no folder";
        }
        return ErrorWords.isFullDisk(error) ? "the disk is full" : ErrorWords.of(error);
    }

    /** The end of a command whose configuration, policy, networks or scenario file cannot be read at all. */
    public static ConfigurationException unreadable(Path file, IOException error) {
        return new ConfigurationException(
                List.of(new Problem(file.toString(), 0, "", "cannot be read: " + cause(error))));
    }
}
