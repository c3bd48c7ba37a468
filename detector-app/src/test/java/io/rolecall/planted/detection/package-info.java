/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.detection;

import org.jspecify.annotations.NullMarked;
