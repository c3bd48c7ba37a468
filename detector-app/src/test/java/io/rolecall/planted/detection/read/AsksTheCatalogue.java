package io.rolecall.planted.detection.read;

import io.rolecall.planted.detection.Catalogue;

final class AsksTheCatalogue {

    static String name() {
        return Catalogue.name();
    }
}
