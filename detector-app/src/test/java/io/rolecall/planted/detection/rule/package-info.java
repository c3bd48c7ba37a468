/** Violations of the architecture, planted to try its rules. */
@NullMarked
package io.rolecall.planted.detection.rule;

import org.jspecify.annotations.NullMarked;
