package io.rolecall.source;

import io.rolecall.detection.Catalogue;
import io.rolecall.source.split.NeededOperations;

/** What the shipped detections and the investigation of their alerts need. */
public final class Needed {

    public static final NeededOperations BY_DETECTIONS =
            NeededOperations.of(Catalogue.shipped().operations());

    private Needed() {}
}
