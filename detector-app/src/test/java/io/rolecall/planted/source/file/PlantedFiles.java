package io.rolecall.planted.source.file;

public final class PlantedFiles {

    public static String name() {
        return "files";
    }
}
