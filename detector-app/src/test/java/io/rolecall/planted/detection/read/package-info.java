/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.detection.read;

import org.jspecify.annotations.NullMarked;
