/**
 * A month of a small tenant, generated from a seed: raw log records of all four sources around three attacks and their benign
 * near misses, with the alerts that must come of them written by the script and not by the detector.
 */
@NullMarked
package io.rolecall.sandbox.story;

import org.jspecify.annotations.NullMarked;
