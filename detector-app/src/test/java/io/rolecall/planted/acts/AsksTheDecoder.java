package io.rolecall.planted.acts;

import io.rolecall.planted.source.Decodes;

final class AsksTheDecoder {

    static boolean reads(String text) {
        return Decodes.any(text);
    }
}
