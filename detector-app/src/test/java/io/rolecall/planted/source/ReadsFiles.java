package io.rolecall.planted.source;

import io.rolecall.planted.source.file.PlantedFiles;

final class ReadsFiles {

    static String name() {
        return PlantedFiles.name();
    }
}
