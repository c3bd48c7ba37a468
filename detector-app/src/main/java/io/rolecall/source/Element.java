package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event, freed from its wrappers.
 *
 * @param fields its fields
 * @param wrappers names of the wrappers it came out of, outermost first, each followed by a slash; empty without any
 * @param cloudApp whether it came out of a CloudAppEvents record
 */
record Element(EventFields fields, String wrappers, boolean cloudApp) {

    JsonNode json() {
        return fields.object();
    }
}
